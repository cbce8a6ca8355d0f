"""The demonstration under a policy that has secondments."""

import pytest

from astcoord.core.clock import today
from astcoord.demo import scene, secondments
from staff.secondments.lifecycle import ProposalStatus
from staff.secondments.models import GrantStatement, Proposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print"), pytest.mark.one_database]


def test_secondments_are_on_show_in_every_state() -> None:
    secondments.tell(scene.build(today(), "norfolk"))
    shown = set(Proposal.objects.values_list("status", flat=True))
    assert set(ProposalStatus.values) == shown
    assert GrantStatement.objects.filter(paid_on__isnull=False).exists()


def test_without_secondments_there_is_nothing_of_them() -> None:
    secondments.tell(scene.build(today(), "croydon"))
    assert not Proposal.objects.exists()

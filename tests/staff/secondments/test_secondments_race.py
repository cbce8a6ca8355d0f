"""The last place is approved twice at the same moment: needs a database that really runs two transactions at once."""

import pytest
from django.db import connection

from staff.secondments.actions import deciding
from staff.secondments.lifecycle import ProposalStatus
from staff.secondments.models import Proposal
from tests.cast import make_cast
from tests.placements.letters.test_letters_race import at_once
from tests.staff.secondments.telling import endorsed, norfolk, round_of

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]


def test_r_2_16_two_approvals_at_once_do_not_make_one_too_many() -> None:
    cast = make_cast()
    norfolk(cast, most_secondments=1)
    row = round_of(cast)
    waiting = [endorsed(cast, row, name=f"{name} Penhaligon") for name in ("Ada", "Bea")]
    at_once(lambda: deciding.approve(proposal=waiting.pop(), by=cast.coordinator), times=2)
    found = sorted(Proposal.objects.values_list("status", flat=True))
    assert found == [ProposalStatus.APPROVED, ProposalStatus.WAITING]

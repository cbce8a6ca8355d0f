"""Signatures that arrive at the same moment: one for each party, and the contract is complete once."""

from typing import Any

import pytest

from astcoord.core.models.history import Transition
from astcoord.core.problems import Refused
from placements.agreement.actions import contracts
from placements.placement.models import Placement
from staff.accounts.models import User
from tests.cast import Cast, make_cast
from tests.conftest import NOW
from tests.placements import stories
from tests.services.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None, clock: Any) -> Cast:
    clock.move_to(NOW)  # no worker takes part, so the story may stand in its own year
    return make_cast()


def sign(placement: Placement, party: str, person: User) -> str:
    """One session's click: everything is looked up afresh, as a request does."""
    fresh = Placement.objects.get(pk=placement.pk)
    by = User.objects.get(pk=person.pk)
    contracts.sign(placement=fresh, version_number=1, party=party, by=by, declared=True)
    return party


def test_r_8_12_two_sessions_signing_the_same_slot_make_one_signature(cast: Cast) -> None:
    placement = stories.issued(cast)
    results = at_once(4, lambda: sign(placement, "host_head", cast.host_head))
    assert results.count("host_head") == 1, results
    assert sum(isinstance(result, Refused) for result in results) == 3
    assert stories.in_force(placement).signatures.count() == 1


def test_r_8_12_the_last_two_signatures_at_once_complete_the_contract_once(cast: Cast) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "host_head", "ast")
    left = iter([("coordinator", cast.coordinator), ("home_head", cast.home_head)])
    results = at_once(2, lambda: sign(placement, *next(left)))
    assert set(results) == {"coordinator", "home_head"}
    placement.refresh_from_db()
    assert placement.status == "signed"
    assert Transition.objects.about(placement).filter(target="signed").count() == 1

"""How a placement begins."""

from datetime import date
from decimal import Decimal

import pytest

from astcoord.core.problems import Refused
from placements.agreement.actions import placements
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def test_opening_makes_ten_items_six_papers_and_takes_over_the_people(cast: Cast) -> None:
    placement = stories.opened(cast)

    assert [item.number for item in placement.protocol.all()] == list(range(1, 11))
    assert placement.papers.count() == 6
    assert [p.name for p in placement.supported.all()] == ["Juno Pettifer", "Sorrel Ambleforth"]
    assert placement.request.status == "placed"
    assert (placement.days, placement.weekday) == (Decimal(6), 1)
    assert placement.starts_on == date(2026, 11, 3)
    assert placement.status == "planned"


def test_r_1_6_a_placement_at_the_asts_own_school_is_inreach(cast: Cast) -> None:
    request = RequestFactory(host=cast.home, created_by=cast.home_head, status="agreed")
    match = MatchFactory(request=request, post=cast.post, status="agreed", proposed_by=cast.coordinator)

    with pytest.raises(Refused, match="inreach"):
        placements.open_placement(match=match, by=cast.home_head)

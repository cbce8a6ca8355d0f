"""The demonstration loads on any day, under any authority’s policy, and only where nothing of somebody else’s is."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError

from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.planning.lifecycle import PlanStatus
from placements.planning.models import Plan, PlanDecision
from tests.demo.loading import load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("day", "preset"),
    [
        (datetime(2026, 9, 3, 9, tzinfo=UTC), "croydon"),
        (datetime(2027, 2, 3, 9, tzinfo=UTC), "leicester"),
        (datetime(2027, 8, 4, 9, tzinfo=UTC), "leeds"),
    ],
)
def test_it_loads_at_the_start_in_the_middle_and_in_the_summer(clock, day, preset):
    """Days and presets go together: a group that decides in the middle of the year, half-term blocks in the summer."""
    clock.move_to(day)
    load(preset=preset)
    statuses = set(Placement.objects.values_list("status", flat=True))
    assert statuses >= {PlacementStatus.ACTIVE, PlacementStatus.RETURN_DONE, PlacementStatus.AWAITING_SIGNATURES}
    plan = Plan.objects.real().get()
    assert plan.status == PlanStatus.PART_ACCEPTED
    assert plan.lines.count() > 8
    assert PlanDecision.objects.filter(line__plan=plan, outcome=PlanDecision.Outcome.ACCEPTED).count() == 2


def test_it_refuses_a_database_that_holds_somebody_elses_schools(cast):
    cast.policy.authority_name = "Another authority"
    cast.policy.save()
    with pytest.raises(CommandError, match="empty"):
        load()

"""The demonstration: made by the same actions that people use, every state on show, on any day of the year."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from astcoord.core import home
from astcoord.core.clock import today
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.demo.management.commands.load_demo import SHOWN
from placements.changes.models import Amendment
from placements.days.models import OutreachDay
from placements.letters.models import LetterRound
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.planning.lifecycle import PlanStatus
from placements.planning.models import Plan, PlanDecision
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from staff.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def load(**options):
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def test_every_state_of_the_main_road_is_on_show_and_a_second_run_changes_nothing():
    words = load()
    assert "bryony.quill@marlshire.example" in words
    assert set(OutreachRequest.objects.values_list("status", flat=True)) == set(RequestStatus.values) - {
        RequestStatus.AGREED
    }
    assert set(Placement.objects.values_list("status", flat=True)) >= {
        PlacementStatus.PLANNED,
        PlacementStatus.PRELIMINARY_HELD,
        PlacementStatus.PROTOCOL_AGREED,
        PlacementStatus.CONTRACT_ISSUED,
        PlacementStatus.AWAITING_SIGNATURES,
        PlacementStatus.ACTIVE,
        PlacementStatus.FINAL_EVALUATION,
        PlacementStatus.COMPLETED,
        PlacementStatus.ENDED_EARLY,
        PlacementStatus.CLOSED,
    }
    assert set(Match.objects.values_list("status", flat=True)) >= {
        MatchStatus.PROPOSED,
        MatchStatus.AGREED,
        MatchStatus.REFUSED,
    }
    assert LetterRound.objects.get().status == "sent"
    counted = (User, OutreachRequest, Placement, OutreachDay, Plan, Match)
    counts = [m.objects.count() for m in counted]
    load()
    assert counts == [m.objects.count() for m in counted]


@pytest.mark.parametrize(
    "day",
    [datetime(2026, 9, 3, 9, tzinfo=UTC), datetime(2027, 2, 3, 9, tzinfo=UTC), datetime(2027, 8, 4, 9, tzinfo=UTC)],
)
def test_it_loads_at_the_start_in_the_middle_and_in_the_summer(clock, day):
    clock.move_to(day)
    load()
    assert Placement.objects.filter(status=PlacementStatus.ACTIVE).exists()
    plan = Plan.objects.real().get()
    assert plan.status == PlanStatus.PART_ACCEPTED
    assert plan.lines.count() > 8
    assert PlanDecision.objects.filter(line__plan=plan, outcome=PlanDecision.Outcome.ACCEPTED).count() == 2


def test_an_extension_is_in_force_and_another_waits_for_signatures():
    load()
    assert dict(Amendment.objects.values_list("status", "kind")) == {"in_force": "extension", "signing": "extension"}
    assert Amendment.objects.get(status="signing").version.signatures.count() == 2


def test_the_plan_says_who_why_and_what_is_not_met_and_a_what_if_answers():
    load()
    plan = Plan.objects.real().get()
    assert plan.explained_at
    assert plan.unmet.count() >= 2
    assert len(plan.left_out) == 2
    assert plan.notes.filter(request__isnull=False).count() == plan.lines.count() + plan.unmet.count()
    tried = Plan.objects.get(parent=plan)
    assert tried.is_what_if
    assert tried.explained_at
    assert tried.unmet.count() < plan.unmet.count()


def test_it_refuses_a_database_that_holds_somebody_elses_schools(cast):
    cast.policy.authority_name = "Another authority"
    cast.policy.save()
    with pytest.raises(CommandError, match="empty"):
        load()


def test_each_person_shown_who_can_do_something_has_something_to_do():
    load()
    waiting = {
        name: [task.title for task in home.tasks_for(User.objects.get(name=name), today())] for _, name, _ in SHOWN
    }
    assert "Say whether you can help a school" in waiting["Wren Castellow"]
    assert "Say whether you can help a school" in waiting["Rosalind Tarn"]
    assert "Say whether your AST may help a school" in waiting["Tamsin Ashgrove"]
    assert any(title.startswith("Confirm the request") for title in waiting["Rowan Oakhanger"])
    assert "Sign the contract" in waiting["Honor Trevanion"]
    assert {name for name, titles in waiting.items() if not titles} == {"Petra Underhill", "Greta Larkwood"}


def test_nothing_of_the_story_is_left_in_the_outbox():
    load()
    assert set(Message.objects.values_list("status", flat=True)) <= {MessageStatus.SENT, MessageStatus.CANCELLED}

"""The demonstration: made by the same actions that people use, every state on show."""

import pytest
import time_machine

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
from placements.planning.models import Plan
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from tests.conftest import NOW
from tests.demo.loading import load
from tests.worlds import put_back, quickly_printed

pytestmark = pytest.mark.usefixtures("db", "quick_print")


@pytest.fixture(scope="module")
def words(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for this file; what the command said."""
    with django_db_blocker.unblock(), quickly_printed(), put_back():
        with time_machine.travel(NOW, tick=True):
            said = load()
        yield said


@pytest.fixture
def db(words):
    """This file's own: a savepoint of the demonstration."""
    with put_back():
        yield


def test_every_state_of_the_main_road_is_on_show_and_a_second_run_changes_nothing(words):
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
        PlacementStatus.RETURN_DUE,
        PlacementStatus.RETURN_DONE,
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


def test_an_extension_is_in_force_and_another_waits_for_signatures():
    assert dict(Amendment.objects.values_list("status", "kind")) == {"in_force": "extension", "signing": "extension"}
    assert Amendment.objects.get(status="signing").version.signatures.count() == 2


def test_the_plan_says_who_why_and_what_is_not_met_and_a_what_if_answers():
    plan = Plan.objects.real().get()
    assert plan.explained_at
    assert plan.unmet.count() >= 2
    assert len(plan.left_out) == 2
    assert plan.notes.filter(request__isnull=False).count() == plan.lines.count() + plan.unmet.count()
    tried = Plan.objects.get(parent=plan)
    assert tried.is_what_if
    assert tried.explained_at
    assert tried.unmet.count() < plan.unmet.count()


def test_each_person_shown_who_can_do_something_has_something_to_do():
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
    assert set(Message.objects.values_list("status", flat=True)) <= {MessageStatus.SENT, MessageStatus.CANCELLED}

"""The demonstration: made by the same actions that people use, every state on show."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from astcoord.core import home
from astcoord.core.clock import today
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.models.policy import Policy
from astcoord.core.models.saved_views import SavedView
from astcoord.demo.management.commands.load_demo import SHOWN
from evaluation.feedback.models import SessionFeedback
from placements.changes.models import Amendment
from placements.days.models import OutreachDay
from placements.letters.models import LetterRound
from placements.matching.models import Match
from placements.notes.models import CaseNote
from placements.offers.models import HelpOffer
from placements.placement.models import Placement
from placements.planning.models import Plan
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from staff.mailings.models import Mailing
from staff.posts.models import PostAbsence
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


NOT_SHOWN = {
    "request": {"agreed"},  # passes in the moment in which the placement is made
    "letter round": {"built", "sending", "cancelled"},  # the worker's, and a slip
    "match": {"cancelled", "expired", "undone"},
    "deployment plan": {"queued", "running", "accepted", "cancelled", "failed", "superseded", "timed_out"},
    "amendment": {"asked", "draft", "refused", "withdrawn"},
    "outreach day": {"confirmed"},
    "diary entry": {"draft"},
    "evaluation": {"draft", "returned"},
    "impact review": {"draft", "commented", "returned", "waived"},
    "return visit": {"scheduled", "done", "reported"},
    "time variation": {"half_agreed", "refused", "withdrawn", "expired"},
    "inreach agreement": {"refused", "ended"},
    "AST post": {"seconded"},
}
"""States that the demonstration leaves out: on the way, of the moment, or undone. A placement is shown in every one."""
ROADS_OF_THEIR_OWN = {"group meeting", "half-way review", "logic model", "offer", "QA visit", "secondment proposal"}
"""Its policy has none: `test_leeds.py` and the files beside it, each named after a preset, show them."""


def test_every_state_is_on_show_but_those_left_out_on_purpose():
    """Placements in every state of the machine, evaluated and returned to."""
    missing = {}
    for model in apps.get_models():
        machine = getattr(model, "machine", None)
        if hasattr(machine, "states"):
            shown = set(model.objects.values_list("status", flat=True))
            left_out = set(machine.states.values) - shown
            if left_out and machine.name not in ROADS_OF_THEIR_OWN:
                missing[machine.name] = left_out
    assert missing == NOT_SHOWN
    assert LetterRound.objects.get().status == "sent"


def test_the_office_keeps_notes_a_view_a_message_and_an_ast_away(client):
    """What section 20 is of: each is on show where the office looks."""
    assert [SavedView.objects.get().for_all, CaseNote.objects.count(), Mailing.objects.get().count] == [True, 3, 3]
    away = PostAbsence.objects.get()
    assert OutreachDay.objects.get(status="cancelled").on == away.starts_on
    assert SessionFeedback.objects.exists()
    client.force_login(User.objects.get(name="Bryony Quill"))
    week = client.get(reverse("home")).content.decode()
    assert "Ask the head which weekday suits" in week


def test_the_authority_adopted_return_visits_before_the_first_contract():
    first, second, _aims = Policy.objects.order_by("valid_from")
    assert (first.return_visit_terms, second.return_visit_terms) == (0, 1)
    assert second.created_by.name == "Bryony Quill"


def test_a_second_run_changes_nothing(words):
    assert "bryony.quill@marlshire.example" in words
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


def elsewhere(folder: Path, *arguments: str) -> bytes:
    """A command on another machine, which has an empty database and nothing else of ours."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    place = {"VAR_DIR": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "astcoord.settings.development"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=keep | place,
        capture_output=True,
        check=True,
        timeout=300,
    ).stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_r_17_14_a_whole_authority_restored_on_another_machine_is_exported_again_identically(tmp_path):
    """From whichever database this runs on to an empty SQLite, by the commands that operators use."""
    call_command("backup", str(tmp_path / "saved.zip"))
    call_command("export_all", str(tmp_path / "here"))

    said = elsewhere(tmp_path, "restore", str(tmp_path / "saved.zip"))
    assert b"Everybody signs in again" in said
    again = elsewhere(tmp_path, "backup", "-")
    elsewhere(tmp_path, "export_all", str(tmp_path / "there"))

    here = contents(tmp_path / "here")
    assert sum(name.startswith("papers/") for name in here) > 20
    assert contents(tmp_path / "there") == here
    assert again.startswith(b"PK"), "the standard output is the file"


def test_two_asts_have_said_what_they_could_do():
    assert HelpOffer.objects.standing(today()).count() == 2
    assert HelpOffer.objects.exclude(note="").count() == 1

"""The termly meeting: its pack, its agenda, and decisions that come back on their day (R-20.8)."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from evaluation.termly import actions, reads
from evaluation.termly.models import Decision, TermlyMeeting
from placements.days.models import LedgerEntry
from placements.notes.models import CaseNote
from schools.calendar.models import Term
from tests.cast import Cast
from tests.factories import PostFactory, RequestFactory

pytestmark = pytest.mark.django_db

MEETS = date(2027, 1, 12)
"""After the autumn term of the cast's year."""


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    client.force_login(cast.coordinator)
    return client


@pytest.fixture
def meeting(cast: Cast) -> TermlyMeeting:
    made = actions.MEETINGS.save(by=cast.coordinator, on=MEETS, place="Shire Hall", agenda="Phonics\n\nCover at home")
    assert isinstance(made, TermlyMeeting)
    return made


def words(response: Any) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def given(cast: Cast, days: str) -> None:
    """Days that the AST has given in the autumn."""
    on = Term.objects.get(slug="autumn-2026").starts_on + timedelta(days=20)
    placement = cast.placement(status="active")
    LedgerEntry.objects.create(
        post=cast.post, year=cast.year, kind="delivery", days=days, on=on, placement=placement, by=cast.coordinator
    )


def test_r_20_8_a_meeting_is_packed_into_one_pdf(
    cast: Cast, office: Client, meeting: TermlyMeeting, quick_print: Any
) -> None:
    """Page and paper are made from the same facts."""
    given(cast, "2.5")
    idle = PostFactory(user__name="Li")
    unmet = RequestFactory(host=cast.host, status="waiting", days=4)
    ready = cast.placement(status="planned")
    actions.decide(meeting=meeting, text="Ask Li", due_on=MEETS, owner=cast.administrator, by=cast.coordinator)
    page = office.get(meeting.get_absolute_url())
    said = words(page)
    tables = {table.code: table for table in page.context["sheet"].tables}
    assert list(tables) == ["agenda", "days", "reviews", "placements", "unmet", "decisions"]
    assert tables["agenda"].rows == ((1, "Phonics"), (2, "Cover at home"))
    by_name = {row[0]: row[2] for row in tables["days"].rows}
    assert by_name[cast.post.name] == "2.5"
    assert by_name[idle.name] == "0", "who gave none stands there, too"
    assert unmet.reference in {row[0] for row in tables["unmet"].rows}
    assert ready.reference in {row[0] for row in tables["placements"].rows}
    for table in tables.values():
        assert table.title in said
    paper = office.get(meeting.get_absolute_url(), {"export": "pdf"})
    assert paper["Content-Type"] == "application/pdf"
    assert AuditEvent.objects.filter(verb="Exported: termly-meeting-2027-01-12").count() == 1
    file = office.get(meeting.get_absolute_url(), {"export": "days"})
    assert "2.5" in file.getvalue().decode()


def test_r_20_8_a_decision_is_a_dated_task_in_the_week(cast: Cast, office: Client, meeting: TermlyMeeting) -> None:
    url = reverse("evaluation:termly_meeting_decide", args=[meeting.pk])
    sent = {"text": "Ask for cover", "owner": cast.administrator.pk, "due_on": today().isoformat()}
    done = office.post(url, sent, follow=True)
    assert "The decision is saved" in words(done)
    assert "Ask for cover" in words(done)
    mine = Client()
    mine.force_login(cast.administrator)
    home = words(mine.get(reverse("home")))
    assert "1 note of your own" in home
    note = CaseNote.objects.get()
    mine.post(reverse("placements:note_end", args=[note.pk]))
    assert [row[3] for row in reads.pack(meeting, cast.coordinator, today()).tables[-1].rows] != ["Open"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": " "}, "Enter what was decided"),
        ({"due_on": ""}, "Enter the day"),
        ({"due_on": "2026-10-01"}, "must be today or later"),
        ({"owner": "host_head"}, "Select who does it from the list"),
    ],
)
def test_r_20_8_a_decision_without_a_day_or_an_owner_is_none(
    cast: Cast, office: Client, meeting: TermlyMeeting, changes: dict[str, str], said: str
) -> None:
    changes = {**changes, **({"owner": cast.host_head.pk} if "owner" in changes else {})}
    sent = {"text": "Ask", "owner": cast.administrator.pk, "due_on": today().isoformat(), **changes}
    shown = words(office.post(reverse("evaluation:termly_meeting_decide", args=[meeting.pk]), sent))
    assert said in shown, shown[shown.find("There is a problem") :][:200]
    assert not CaseNote.objects.exists()


def test_r_20_8_the_agenda_begins_with_the_usual_and_can_be_changed(office: Client, meeting: TermlyMeeting) -> None:
    assert "Days given last term" in office.get(reverse("evaluation:termly_meeting_add")).content.decode()
    url = reverse("evaluation:termly_meeting_change", args=[meeting.pk])
    office.post(url, {"on": MEETS.isoformat(), "place": "Shire Hall", "agenda": "Only this"})
    meeting.refresh_from_db()
    assert meeting.items == ["Only this"]
    assert "Enter what is to be talked about" in words(office.post(url, {"on": MEETS.isoformat(), "agenda": " \n "}))


def test_r_20_8_two_meetings_on_a_day_are_one_too_many(cast: Cast, meeting: TermlyMeeting) -> None:
    with pytest.raises(Refused, match="on this day already"):
        actions.MEETINGS.save(by=cast.administrator, on=MEETS, agenda="Other")


def test_r_20_8_a_meeting_with_decisions_stays(cast: Cast, meeting: TermlyMeeting) -> None:
    actions.decide(meeting=meeting, text="Ask", due_on=MEETS, owner=cast.administrator, by=cast.coordinator)
    with pytest.raises(Refused, match="it stays"):
        actions.MEETINGS.remove(row=meeting, by=cast.coordinator)
    with pytest.raises(PermissionDenied):
        actions.decide(meeting=meeting, text="Ask", due_on=MEETS, owner=cast.administrator, by=cast.officer)
    assert Decision.objects.count() == 1


def test_r_20_8_a_meeting_taken_away_meanwhile_takes_no_decision(cast: Cast, meeting: TermlyMeeting) -> None:
    gone = TermlyMeeting(pk=meeting.pk)
    actions.MEETINGS.remove(row=meeting, by=cast.administrator)
    with pytest.raises(Refused, match="meanwhile"):
        actions.decide(meeting=gone, text="Ask", due_on=MEETS, owner=cast.administrator, by=cast.coordinator)
    assert not CaseNote.objects.exists()


def test_r_20_8_without_a_term_that_is_over_no_days_are_said(cast: Cast, office: Client) -> None:
    early = actions.MEETINGS.save(by=cast.coordinator, on=date(2026, 9, 2), agenda="Hello")
    codes = [table.code for table in office.get(early.get_absolute_url()).context["sheet"].tables]
    assert codes == ["agenda", "reviews", "placements", "unmet"]


def test_r_20_8_the_pack_asks_the_same_for_thirty(cast: Cast, office: Client, meeting: TermlyMeeting) -> None:
    office.get(meeting.get_absolute_url())
    counts = []
    for batch in (1, 29):
        PostFactory.create_batch(batch)
        RequestFactory.create_batch(batch, host=cast.host, status="waiting", days=4)
        for _ in range(batch):
            cast.placement(status="planned")
            actions.decide(meeting=meeting, text="Ask", due_on=MEETS, owner=cast.administrator, by=cast.coordinator)
        with CaptureQueriesContext(connection) as asked:
            office.get(meeting.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 15, "\n".join(each["sql"][:120] for each in asked)

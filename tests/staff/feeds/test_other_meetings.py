"""Meetings besides those of a placement in people's own calendars, and beside the messages about them (R-18.3)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from evaluation.termly import actions as termly
from staff.briefings import actions as briefings
from staff.peers.lifecycle import PeerStatus
from staff.peers.models import PeerObservation
from staff.quality import actions as quality
from tests import ical
from tests.cast import Cast
from tests.factories import PostFactory
from tests.staff.feeds.test_feeds import fetched, path_of

pytestmark = pytest.mark.django_db

FIRST, THEN = date(2026, 11, 10), date(2026, 11, 12)


def beside(kind: str, email: str) -> dict[str, Any]:
    """The one entry beside the newest message of a kind to somebody."""
    message = Message.objects.filter(kind=kind, to_email=email).latest("pk")
    (event,) = ical.read(message.calendar)["events"]
    return dict(event)


def test_r_18_3_a_briefing_moved_and_cancelled_reaches_whoever_comes(client: Client, cast: Cast) -> None:
    said = {"title": "Becoming an AST", "hours": "4pm", "place": "Shire Hall", "places": 1, "by": cast.coordinator}
    row = briefings.save(on=FIRST, **said)
    head = cast.host_head
    briefings.book(briefing=row, school=cast.host, attends="head", name=head.name, email=head.email, by=head)
    ((uid, before),) = fetched(client, path_of(head)).items()
    assert (before["first"], before["status"]) == ("2026-11-10", "CONFIRMED")
    assert beside("briefing-booked", head.email)["uid"] == uid
    briefings.save(on=THEN, briefing=row, **said)
    moved = fetched(client, path_of(head))[uid]
    assert (moved["first"], beside("briefing-moved", head.email)["first"]) == ("2026-11-12", "2026-11-12")
    assert moved["sequence"] > before["sequence"]
    briefings.cancel(briefing=row, reason="The hall is closed", by=cast.coordinator)
    gone = fetched(client, path_of(head))[uid]
    assert (gone["status"], beside("briefing-cancelled", head.email)["status"]) == ("CANCELLED", "CANCELLED")
    assert gone["sequence"] > moved["sequence"]


def test_r_18_3_a_qa_visit_moved_and_cancelled_reaches_ast_head_and_visitor(client: Client, cast: Cast) -> None:
    Policy.objects.update(qa_visits=True)
    by = cast.coordinator
    visit = quality.plan(post=cast.post, kind="teaching", on=FIRST, visitor=cast.consultant, by=by)
    people = (cast.ast, cast.home_head, cast.consultant)
    assert {len(fetched(client, path_of(person))) for person in people} == {1}
    assert fetched(client, path_of(cast.host_head)) == {}
    before = beside("qa-planned", cast.ast.email)
    assert cast.ast.name not in str(before)
    quality.move(visit=visit, on=THEN, visitor=cast.consultant, by=by)
    moved = beside("qa-planned", cast.home_head.email)
    assert (moved["uid"], moved["first"]) == (before["uid"], "2026-11-12")
    visit.refresh_from_db()
    quality.cancel(visit=visit, reason="Illness", by=by)
    gone = beside("qa-cancelled", cast.ast.email)
    assert (gone["uid"], gone["status"]) == (before["uid"], "CANCELLED")
    assert before["sequence"] < moved["sequence"] < gone["sequence"]
    assert fetched(client, path_of(cast.ast))[gone["uid"]]["status"] == "CANCELLED"


def test_r_18_3_the_termly_meeting_is_the_offices_alone(client: Client, cast: Cast) -> None:
    termly.MEETINGS.save(by=cast.coordinator, on=FIRST, place="Shire Hall", agenda="Phonics")
    (event,) = fetched(client, path_of(cast.coordinator)).values()
    assert (event["title"], event["first"]) == ("Termly meeting", "2026-11-10")
    assert fetched(client, path_of(cast.ast)) == {}


def test_r_18_3_an_observation_is_in_the_calendars_of_the_two(client: Client, cast: Cast) -> None:
    other = PostFactory()
    PeerObservation.objects.create(
        observer=cast.post,
        observed=other,
        asked_by=cast.ast,
        asked_on=date(2026, 10, 6),
        kind="subject",
        status=PeerStatus.BOOKED,
        focus="ZQFOCUS",
        on=FIRST,
    )
    (event,) = fetched(client, path_of(cast.ast)).values()
    assert other.user.name in event["title"]
    assert "ZQFOCUS" not in str(event)
    assert fetched(client, path_of(cast.coordinator)) == {}

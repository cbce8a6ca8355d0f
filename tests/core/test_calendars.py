"""Calendar files, written by one library and read by another: nothing that people type breaks them (RFC 5545)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astcoord.core import calendars, delivery, emails
from astcoord.core.calendars import Entry
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message
from placements.days import dates
from placements.days.actions import days as actions
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from schools.register.models import School
from tests import ical
from tests.cast import Cast
from tests.placements.active import active

pytestmark = pytest.mark.django_db

AWKWARD = [
    "Library; room 4, by the stairs",
    "Ysgol Llanfairpwllgwyngyll – y neuadd, ‘10 o’r gloch’ " * 4,
    "图书馆二楼会议室" * 12,
    'back\\slash, comma; semicolon: colon "quoted"\nsecond line\r\nthird',
    "END:VEVENT\r\nBEGIN:VALARM",
]


def entry(**fields: Any) -> Entry:
    given: dict[str, Any] = {"about": School(pk=7), "on": date(2026, 11, 3), "title": "Outreach"}
    return Entry(**{**given, **fields})


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_words_arrive_as_they_were_typed(text: str) -> None:
    event = ical.read(calendars.attachment([entry(title=text, place=text, text=text)]))["events"][0]
    for name in ("title", "place", "text"):
        assert event[name].splitlines() == text.splitlines()


@given(
    st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=90), max_size=6)
)
def test_whatever_is_typed_makes_one_event_each(texts: list[str]) -> None:
    file = calendars.feed(
        [entry(about=School(pk=pk), title=text, place=text) for pk, text in enumerate(texts, 1)], name="n"
    )
    for line in file.split(b"\r\n"):
        assert len(line) <= 75
    assert file.count(b"\r\nBEGIN:VEVENT") == len(texts)


def test_a_file_takes_days_out_or_puts_them_in_but_not_both() -> None:
    assert ical.read(calendars.attachment([entry()]))["method"] == "PUBLISH"
    assert ical.read(calendars.attachment([entry(cancelled=True)]))["method"] == "CANCEL"
    with pytest.raises(ValueError, match="one file"):
        calendars.attachment([entry(), entry(what="x", cancelled=True)])


def test_r_18_2_messages_about_days_come_with_the_days(cast: Cast) -> None:
    placement = active(cast)
    planned = actions.plan_series(
        placement=placement, dates=[date(2026, 11, 3), date(2026, 11, 10)], days=1, venue="host", by=cast.ast
    )
    told = Message.objects.get(kind="day-planned", to_email=cast.host_head.email)
    first = ical.by_uid(told.calendar)
    assert sorted(event["first"] for event in first.values()) == ["2026-11-03", "2026-11-10"]
    actions.change_day(day=planned[0], on=date(2026, 11, 17), days=1, venue="host", by=cast.ast)
    moved = ical.by_uid(Message.objects.get(kind="day-changed", to_email=cast.host_head.email).calendar)
    ((uid, event),) = moved.items()
    assert event["first"] == "2026-11-17"
    assert event["sequence"] > first[uid]["sequence"]
    actions.cancel_day(day=planned[0], side="ast", reason="Ill", by=cast.ast)
    gone = ical.read(Message.objects.get(kind="day-cancelled", to_email=cast.host_head.email).calendar)
    assert (gone["method"], gone["events"][0]["uid"]) == ("CANCEL", uid)
    assert gone["events"][0]["sequence"] > event["sequence"]


def test_the_file_goes_with_the_message_as_calendars_want_it(cast: Cast, mailoutbox: list[Any]) -> None:
    placement = active(cast)
    actions.plan_day(placement=placement, on=date(2026, 11, 3), days=1, by=cast.ast)
    delivery.deliver_all()
    message = next(m for m in mailoutbox if m.to == [f"{cast.host_head.name} <{cast.host_head.email}>"])
    parts = [part for part in message.message().walk() if part.get_content_type() == "text/calendar"]
    assert len(parts) == 1
    assert parts[0].get_param("method") == "PUBLISH"
    assert parts[0].get_filename() == "calendar.ics"
    assert ical.read(parts[0].get_payload(decode=True))["events"][0]["first"] == "2026-11-03"


def test_names_are_kept_out_of_what_people_typed_as_the_place(cast: Cast) -> None:
    placement: Placement = active(cast)
    day = OutreachDay.objects.create(placement=placement, on=date(2026, 11, 3), days=1)
    named = [replace(dates.for_host(day), place="with Juno Pettifer, room 2")]
    message = emails.send(
        "placements/days/emails/day-planned.txt",
        to=Reader.of(cast.host_head),
        key="k",
        about=placement,
        placement=placement,
        first=day.on,
        calendar=named,
    )
    assert "Pettifer" not in message.calendar
    assert "room 2" in message.calendar

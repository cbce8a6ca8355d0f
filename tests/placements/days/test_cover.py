"""The AST's own school hears when cover is needed: on the page, on paper, by message (R-18.4). So do the supported."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core.models.messages import Message
from placements.days.actions import days as actions
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from placements.supported import links
from staff.accounts.models import RoleAssignment
from tests.cast import Cast
from tests.placements.active import active

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
FIRST, SECOND = date(2026, 11, 3), date(2026, 11, 10)


@pytest.fixture
def placement(cast: Cast) -> Placement:
    return active(cast)


@pytest.fixture
def day(cast: Cast, placement: Placement) -> OutreachDay:
    return actions.plan_day(placement=placement, on=FIRST, days=1, by=cast.ast)


def as_(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def told(kind: str, email: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind, to_email=email).order_by("pk"))


def test_r_18_4_the_home_head_is_told_of_a_day_moved(cast: Cast, day: OutreachDay) -> None:
    (planned,) = told("cover-dates", cast.home_head.email)
    assert "3 November 2026" in planned.body
    assert "What is needed from you: See to cover\nBy when: before 3 November 2026\n" in planned.body
    assert planned.calendar
    actions.change_day(day=day, on=SECOND, days=1, venue="host", by=cast.ast)
    moved = told("cover-dates", cast.home_head.email)[-1]
    assert moved.subject == "The outreach day of Wren Castellow on 3 November 2026 has changed"
    assert "10 November 2026" in moved.body
    actions.cancel_day(day=day, side="host", reason="Inspection", by=cast.host_head)
    last = told("cover-dates", cast.home_head.email)[-1]
    assert "no cover is needed" in last.body
    assert "Inspection" not in last.body


def test_what_all_readers_of_a_message_share_is_asked_once(cast: Cast, placement: Placement) -> None:
    with CaptureQueriesContext(connection) as queries:
        actions.plan_day(placement=placement, on=FIRST, days=1, by=cast.coordinator)
    assert Message.objects.exclude(calendar="").count() == 3  # host head, AST, home head
    asked = [query["sql"] for query in queries.captured_queries]
    assert sum("core_auditevent" in sql and "MAX(" in sql for sql in asked) == 1


def test_a_school_between_heads_is_told_at_its_own_address(cast: Cast, placement: Placement) -> None:
    RoleAssignment.objects.filter(user=cast.home_head).delete()
    actions.plan_day(placement=placement, on=FIRST, days=1, by=cast.ast)
    assert len(told("cover-dates", cast.home.email)) == 1


def test_n13_people_supported_are_told_by_a_link_of_their_own(client: Client, cast: Cast, placement: Placement) -> None:
    juno, sorrel = placement.supported.order_by("pk")
    juno.email, sorrel.email = "juno@marlshire.example", "sorrel@marlshire.example"
    sorrel.withdrew_on = date(2026, 10, 6)
    juno.save()
    sorrel.save()
    day = actions.plan_day(placement=placement, on=FIRST, days=1, by=cast.ast)
    (message,) = told("supported-days", juno.email)
    assert told("supported-days", sorrel.email) == []
    assert links.address(juno)[:40] in message.body
    assert "Juno" not in message.subject + message.body
    assert client.get(urlsplit(links.address(juno)).path).status_code == 200
    actions.cancel_day(day=day, side="ast", reason="Ill", by=cast.ast)
    assert "will not be working with you" in told("supported-days", juno.email)[-1].body


def test_whoever_does_it_is_not_told_and_nobody_twice(cast: Cast, placement: Placement) -> None:
    actions.plan_day(placement=placement, on=FIRST, days=1, by=cast.ast)
    to = list(Message.objects.filter(kind__in=["day-planned", "cover-dates"]).values_list("to_email", flat=True))
    assert sorted(to) == sorted([cast.host_head.email, cast.home_head.email])


def test_r_18_4_the_dates_stand_on_the_home_heads_page(client: Client, cast: Cast, day: OutreachDay) -> None:
    page = as_(client, cast.home_head).get(reverse("placements:cover_dates")).content.decode()
    for words in ("3 November 2026", "Wren Castellow", "Fernleigh Primary School", "Not planned yet"):
        assert words in page
    file = b"".join(client.get(reverse("placements:cover_dates") + "?export=csv").streaming_content).decode()
    assert "Wren Castellow" in file
    for head in (cast.host_head, cast.outsider):
        other = as_(client, head).get(reverse("placements:cover_dates")).content.decode()
        assert "Wren Castellow" not in other
    assert as_(client, cast.ast).get(reverse("placements:cover_dates")).status_code == 403


@pytest.mark.paper
def test_r_18_4_the_dates_can_be_printed(client: Client, cast: Cast, day: OutreachDay) -> None:
    day.placement.cover = ("floating",)
    day.placement.save()
    paper = as_(client, cast.home_head).get(reverse("placements:cover_dates_pdf")).content
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    for words in ("Days to cover", "Wren Castellow", "Tuesday 3 November 2026", "Floating teacher"):
        assert words in " ".join(text.split())


def test_the_page_of_days_to_cover_costs_the_same_for_thirty(
    client: Client, cast: Cast, placement: Placement, django_assert_max_num_queries: Any
) -> None:
    as_(client, cast.home_head)
    OutreachDay.objects.create(placement=placement, on=FIRST, days=1)
    with django_assert_max_num_queries(12) as one:
        client.get(reverse("placements:cover_dates"))
    more = [FIRST + timedelta(days=number) for number in range(1, 30)]
    OutreachDay.objects.bulk_create(OutreachDay(placement=placement, on=on, days=1) for on in more)
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(reverse("placements:cover_dates"))


def test_an_early_end_calls_several_days_off_in_one_message_each(cast: Cast, placement: Placement) -> None:
    planned = actions.plan_series(placement=placement, dates=[FIRST, SECOND], days=1, by=cast.ast)
    actions.cancel_days(days=planned, side="ast", reason="Moved away", by=cast.ast)
    (message,) = told("day-cancelled", cast.host_head.email)
    assert message.subject == "2 outreach days at Fernleigh Primary School are cancelled"
    assert "3 November 2026" in message.body
    assert "10 November 2026" in message.body
    (cover,) = [m for m in told("cover-dates", cast.home_head.email) if "no cover" in m.body]
    assert cover.subject == "2 outreach days of Wren Castellow are cancelled"
    assert OutreachDay.objects.filter(status="cancelled", cancelled_reason="Moved away").count() == 2

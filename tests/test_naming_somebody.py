"""Whoever types a supported person's name into a text that others read is told so, once (section G, issue 10)."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from evaluation.diary.models import DiaryEntry
from placements.days.models import DayPart, OutreachDay
from placements.matching.actions import propose
from placements.placement.models import Meeting, Placement
from placements.requests.models import OutreachRequest, RequestedStaff
from tests.cast import Cast
from tests.evaluation.diary.test_diary_pages import ANSWER
from tests.evaluation.stories import NOVEMBER
from tests.factories import RequestFactory
from tests.placements.active import active
from tests.placements.days.test_days import plan
from tests.placements.days.test_parts_pages import send

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WARNING = "This names Juno Pettifer. Readers who may not know supported staff by name"
TO_COME = date(2026, 12, 1)
HIDDEN = re.compile(r'<input type="hidden" name="form_told" value="([^"]*)"')


@pytest.fixture
def placement(cast: Cast, clock: Any) -> Placement:
    clock.move_to(NOVEMBER)
    found = active(cast)
    Placement.objects.filter(pk=found.pk).update(created_at="2026-10-01T09:00Z")
    return found


def as_(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def told(page: Any) -> str:
    """The fields of which the form says that it has told."""
    found = HIDDEN.search(page.content.decode())
    return found[1] if found else ""


Sends = Callable[[Cast, Placement], tuple[Any, str, dict[str, Any], type[models.Model]]]


def a_day(cast: Cast, placement: Placement) -> Any:
    sent = {"on": "2026-12-01", "days": "1", "venue": "host", "note": "J. Pettifer has Year 4"}
    return cast.ast, reverse("placements:day_plan", args=[placement.pk]), sent, OutreachDay


def the_diary(cast: Cast, placement: Placement) -> Any:
    sent = {**ANSWER, "priorities": "Juno’s class", "staff": [placement.supported.first().pk]}
    return cast.ast, reverse("evaluation:write_up", args=[placement.pk]), sent, DiaryEntry


def a_meeting(cast: Cast, placement: Placement) -> Any:
    sent = {"held_on": "2026-11-24", "present": ["host_head", "ast"], "notes": "Mrs Pettifer leads."}
    return cast.coordinator, reverse("evaluation:meeting_record", args=[placement.pk]), sent, Meeting


@pytest.mark.parametrize("room", [a_day, the_diary, a_meeting])
def test_g_a_form_that_names_somebody_says_so_once_and_loses_nothing(
    client: Client, cast: Cast, placement: Placement, room: Sends
) -> None:
    user, url, sent, model = room(cast, placement)
    before = model._default_manager.count()
    page = as_(client, user).post(url, sent)
    text = page.content.decode()
    assert page.status_code == 200
    assert WARNING in text, re.findall(r"error[^<]*<[^>]*>[^<]*", text)
    assert model._default_manager.count() == before
    for typed in (value for value in sent.values() if isinstance(value, str) and " " in value):
        assert typed in text.replace("&#x27;", "'")
    again = client.post(url, {**sent, "form_told": told(page)})
    assert again.status_code == 302
    assert model._default_manager.count() == before + 1


def test_g_changed_it_is_taken_at_once(client: Client, cast: Cast, placement: Placement) -> None:
    user, url, sent, model = a_day(cast, placement)
    page = as_(client, user).post(url, sent)
    assert client.post(url, {**sent, "note": "Year 4", "form_told": told(page)}).status_code == 302
    assert model._default_manager.get().note == "Year 4"


def test_g_every_long_answer_is_told_of_at_once(client: Client, cast: Cast, placement: Placement) -> None:
    user, url, sent, _ = the_diary(cast, placement)
    page = as_(client, user).post(url, {**sent, "talk_said": "Pettifer agreed"})
    assert set(told(page).split()) >= {"priorities", "talk_said"}
    assert page.content.decode().count(WARNING) >= 4, "at both fields and in the summary"


def test_g_the_parts_of_a_day_which_are_stored_in_one_go(client: Client, cast: Cast, placement: Placement) -> None:
    day = plan(cast, placement, TO_COME)
    lesson = {"kind_1": "model_lesson", "taught_1": "Juno’s set", "watchers_1": [placement.supported.first().pk]}
    page = send(as_(client, cast.ast), day, **lesson)
    assert WARNING in page.content.decode()
    assert not DayPart.objects.exists()
    assert "The plan is saved." in send(client, day, **lesson, form_told=told(page)).content.decode()


def test_g_the_head_and_the_office_are_told_of_their_request(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head)
    RequestedStaff.objects.create(request=asked, name="Juno Pettifer", selection="self", head_agrees=True)
    url = reverse("placements:request_return", args=[asked.pk])
    page = as_(client, cast.coordinator).post(url, {"questions": "What has Juno tried?"})
    assert WARNING in page.content.decode()
    asked.refresh_from_db()
    assert asked.status != "returned"
    client.post(url, {"questions": "What has Juno tried?", "form_told": told(page)})
    asked.refresh_from_db()
    assert (asked.status, asked.questions) == ("returned", "What has Juno tried?")
    assert OutreachRequest.objects.get().questions


@pytest.mark.parametrize("text", ["Juno Pettifer would be away", "Ask Pettifer"])
def test_g_nobody_learns_from_a_form_whether_a_name_is_right(client: Client, cast: Cast, text: str) -> None:
    """The home head, who may not know them, is answered the same for a right name as for a wrong one."""
    asked = RequestFactory(host=cast.host, created_by=cast.host_head)
    RequestedStaff.objects.create(request=asked, name="Juno Pettifer", selection="self", head_agrees=True)
    match = propose(request=asked, post=cast.post, days=Decimal(6), by=cast.coordinator)
    as_(client, cast.ast).post(reverse("placements:match_ast", args=[match.pk]), {"reply": "yes"})
    url = reverse("placements:match_home", args=[match.pk])
    assert as_(client, cast.home_head).post(url, {"reply": "no", "reason": text}).status_code == 302
    assert match.answers.filter(reason=text).exists()


def test_g_why_a_placement_ended(client: Client, cast: Cast, placement: Placement) -> None:
    url = reverse("placements:placement_end", args=[placement.pk])
    sent = {"ended_on": "2026-11-23", "ended_reason": "Juno is ill", "ended_category": "time", "side": "host"}
    page = as_(client, cast.coordinator).post(url, sent)
    assert WARNING in page.content.decode()
    placement.refresh_from_db()
    assert placement.status == "active"
    client.post(url, {**sent, "form_told": told(page)})
    placement.refresh_from_db()
    assert (placement.status == "active", placement.ended_reason) == (False, "Juno is ill")


def test_g_what_was_there_before_and_is_left_alone_is_not_told_of(
    client: Client, cast: Cast, placement: Placement
) -> None:
    day = plan(cast, placement, TO_COME)
    OutreachDay.objects.filter(pk=day.pk).update(note="Juno knows")
    url = reverse("placements:day_change", args=[day.pk])
    sent = {"on": day.on.isoformat(), "days": "0.5", "venue": "host", "note": "Juno knows"}
    assert as_(client, cast.ast).post(url, sent).status_code == 302


def test_g_sent_twice_with_its_keys_it_counts_once(client: Client, cast: Cast, placement: Placement) -> None:
    user, url, sent, model = a_day(cast, placement)
    key = re.compile(r'name="form_key" value="([\w-]{22})"')
    drawn = key.search(as_(client, user).get(url).content.decode())
    assert drawn
    page = client.post(url, {**sent, "form_key": drawn[1]})
    second = key.search(page.content.decode())
    assert second
    assert second[1] != drawn[1]
    for _ in range(2):
        assert client.post(url, {**sent, "form_key": second[1], "form_told": told(page)}).status_code == 302
    assert model._default_manager.count() == 1

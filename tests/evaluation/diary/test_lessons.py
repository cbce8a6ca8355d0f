"""Model lessons are counted wherever they are written: in a day's plan, in its diary, each once (R-6.5)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core import home
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from evaluation.diary import actions as diary
from evaluation.diary.models import DiaryEntry
from placements.days.models import DayPart, LessonTold, OutreachDay
from placements.days.reads.lessons import repeated, supply_risks
from placements.personal import forgetting
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.diary.test_diary_pages import ANSWER, page
from tests.evaluation.stories import HALF, TELLING, TUESDAY, WHOLE, write_up
from tests.placements.active import elsewhere

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
TITLE = "Ask what repeated model lessons are for"


def planned_lesson(placement: Placement, on: date, taught: str = "Year 4") -> OutreachDay:
    """A day whose plan has a model lesson for the class, as `same_class` counts it."""
    day = OutreachDay.objects.create(placement=placement, on=on, days=WHOLE)
    DayPart.objects.create(day=day, number=1, kind="model_lesson", minutes=60, taught=taught, same_class="y4")
    return day


def tasks_of(cast: Cast) -> dict[str, Any]:
    return {task.title: task for task in home.tasks_for(cast.coordinator, today())}


def test_r_6_5_given_a_third_when_logged_in_the_diary_then_a_supply_risk_warning(
    client: Client, cast: Cast, placement: Placement
) -> None:
    client.force_login(cast.ast)
    url = reverse("evaluation:write_up", args=[placement.pk])
    sent = {**ANSWER, "activities": [], "other_activities": ["model_lesson"], "days": "0.5"}
    for weeks, taught in ((2, "Year 4"), (1, "year 4 ")):
        on = TUESDAY - weeks * WEEK
        client.post(url, {**sent, "on": on.isoformat(), "lesson_classes": f"{taught}\r\nYear 5"})
    assert DiaryEntry.objects.count() == 2
    assert supply_risks(placement) == []
    assert TITLE not in tasks_of(cast)
    client.post(url, {**sent, "lesson_classes": "Y4"})
    [risk] = supply_risks(placement)
    assert (risk.rule, risk.warning) == ("R-6.5", True)
    assert "has 3 model lessons in this placement" in risk.message
    assert tasks_of(cast)[TITLE].count == 1
    client.force_login(cast.coordinator)
    assert "may be supply" in client.get(placement.get_absolute_url()).content.decode()
    assert placement.reference in client.get(tasks_of(cast)[TITLE].url).content.decode()


def test_r_6_5_planned_and_told_is_one_lesson(cast: Cast, placement: Placement) -> None:
    planned_lesson(placement, TUESDAY)
    write_up(cast, placement, classes=("YEAR 4",))
    planned_lesson(placement, TUESDAY + WEEK)
    assert repeated([placement.pk], 3) == []
    assert [each.lessons for each in repeated([placement.pk], 2)] == [2]
    write_up(cast, placement, TUESDAY - WEEK, HALF, classes=("Year 4", "year 4"))
    assert [each.lessons for each in repeated([placement.pk], 3)] == [3]


def test_r_6_5_two_placements_are_not_counted_together(cast: Cast, placement: Placement) -> None:
    write_up(cast, placement, TUESDAY, HALF)
    write_up(cast, placement, TUESDAY - WEEK, HALF)
    write_up(cast, elsewhere(cast), TUESDAY - 2 * WEEK, HALF)
    assert repeated(Placement.objects.all(), 3) == []


def test_r_6_5_a_model_lesson_has_a_class(client: Client, cast: Cast, placement: Placement) -> None:
    client.force_login(cast.ast)
    url = reverse("evaluation:write_up", args=[placement.pk])
    sent = {**ANSWER, "activities": [], "other_activities": ["model_lesson"]}
    text = client.post(url, sent).content.decode()
    assert 'href="#id_lesson_classes"' in text
    assert "Enter the class that had the model lesson" in text
    for bad in ("?!", "x" * 61, "\n".join(f"Year {n}" for n in range(9))):
        assert "There is a problem" in client.post(url, {**sent, "lesson_classes": bad}).content.decode()
    assert not OutreachDay.objects.exists()
    client.post(url, {**ANSWER, "activities": ["willing_teachers"], "lesson_classes": "Year 4"})
    assert DiaryEntry.objects.count() == 1
    assert not LessonTold.objects.exists()


def test_r_6_5_the_plan_has_said_the_class_already(cast: Cast, placement: Placement) -> None:
    planned_lesson(placement, TUESDAY)
    entry = write_up(cast, placement, classes=())
    assert entry.status == "submitted"
    with pytest.raises(Refused, match="Enter the class"):
        write_up(cast, placement, TUESDAY - WEEK, classes=())


def test_r_6_5_a_correction_counts_anew_and_the_page_says_which(
    client: Client, cast: Cast, placement: Placement
) -> None:
    entry = write_up(cast, placement, classes=("Year 4",))
    assert "Year 4" in page(client, cast.host_head, "entry", entry.pk)
    assert "Year 4" not in page(client, cast.home_head, "entry", entry.pk)
    client.force_login(cast.ast)
    assert "Year 4</textarea>" in client.get(reverse("evaluation:entry_correct", args=[entry.pk])).content.decode()
    diary.correct_entry(entry=entry, telling=replace(TELLING, classes=("Year 6",)), by=cast.ast)
    assert [lesson.taught for lesson in entry.day.lessons_told.all()] == ["Year 6"]
    event = AuditEvent.objects.about(entry).get(verb="diary entry: corrected")
    assert (event.before["classes"], event.after["classes"]) == (["Year 4"], ["Year 6"])


def test_section_g_a_name_in_a_class_is_forgotten(client: Client, cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement, classes=("Juno Pettifer’s class", "Sorrel’s class"))
    assert "A colleague’s class" in page(client, cast.consultant, "entry", entry.pk)
    forgetting.forget_people(placement.request)
    kept = LessonTold.objects.order_by("pk")
    assert [(each.taught, each.same_class) for each in kept] == [("A colleague’s class", "")] * 2

"""What the plan of a day needs, as facts in and problems out (R-10.1, R-6.3, R-6.5)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astcoord.core.problems import Problem
from placements.days.models import OutreachDay
from placements.days.rules import parts as rules
from placements.days.rules.parts import Part
from placements.supported.models import SupportedStaff

HALF, WHOLE = Decimal("0.5"), Decimal(1)
ON = date(2026, 11, 3)
PEOPLE = [SupportedStaff(pk=1), SupportedStaff(pk=2), SupportedStaff(pk=3, withdrew_on=date(2026, 11, 2))]
MEETING, PLANNING = Part("meeting", 30), Part("own_planning", 30)
WORK = Part("work", 120)


def lesson(**more: object) -> Part:
    return Part(**{"kind": "model_lesson", "minutes": 60, "taught": "Year 4", "watchers": (1,), "row": 1, **more})


def problems(parts: Sequence[Part], days: Decimal = WHOLE, *, reserved: bool = False) -> list[Problem]:
    return rules.plan_problems(parts, OutreachDay(on=ON, days=days), PEOPLE, reserved=reserved)


def codes(*parts: Part, days: Decimal = WHOLE, reserved: bool = False) -> list[str]:
    return [p.code for p in problems(parts, days, reserved=reserved)]


@pytest.mark.parametrize("days", ["0.25", "0.5", "0.75", "1"])
def test_r_10_1_the_usual_plans_are_in_order(days: str) -> None:
    assert problems(rules.usual(Decimal(days)), Decimal(days)) == []


def test_r_10_1_non_contact_and_planning_time_are_required() -> None:
    assert codes(WORK, PLANNING) == ["non-contact"]
    assert codes(WORK, MEETING) == ["planning"]
    assert codes(WORK, MEETING, Part("together", 20)) == []
    assert codes() == ["nothing"]
    assert {p.rule for p in problems([WORK])} == {"R-10.1"}


def test_r_10_1_direct_work_under_half_is_a_warning_and_blocks_nothing() -> None:
    found = problems([Part("work", 59), MEETING, PLANNING])
    assert [(p.code, p.warning) for p in found] == [("direct", True)]
    assert "takes 59 minutes of 1 hour 59 minutes" in found[0].message
    assert codes(Part("work", 60), MEETING, PLANNING) == []
    assert codes(lesson(), MEETING, PLANNING) == []


@pytest.mark.parametrize("minutes", [-1, 0, 481, 10**9])
def test_r_10_1_minutes_are_those_of_a_day(minutes: int) -> None:
    assert codes(Part("work", minutes, row=1), MEETING, PLANNING)[0] == "minutes"


def test_r_10_1_the_parts_fit_into_the_day() -> None:
    eight_hours = (Part("work", 420), MEETING, PLANNING)
    assert codes(*eight_hours) == []
    assert codes(*eight_hours, Part("talk", 1)) == ["too-long"]
    assert codes(*eight_hours, days=HALF) == ["too-long"]
    assert "holds 4 hours at most" in problems(eight_hours, HALF)[0].message


def test_r_6_3_a_model_lesson_without_a_watcher_is_refused_with_what_to_do() -> None:
    found = problems([lesson(watchers=(), row=3), MEETING, PLANNING])
    assert [(p.rule, p.field, p.warning) for p in found] == [("R-6.3", "watchers_3", False)]
    assert "Select who watches, or enter the role of another member of staff" in found[0].message
    for nobody in ("", "  ", "-", "…", "4"):
        assert codes(lesson(watchers=(), other_watcher=nobody), MEETING, PLANNING) == ["unwatched"]
    assert codes(lesson(watchers=(), other_watcher="the teaching assistant"), MEETING, PLANNING) == []


def test_r_6_3_a_model_lesson_names_the_class() -> None:
    for nothing in ("", "   ", "?!"):
        assert codes(lesson(taught=nothing), MEETING, PLANNING) == ["class"]


def test_r_6_3_only_people_of_the_placement_watch() -> None:
    assert codes(lesson(watchers=(1, 99)), MEETING, PLANNING) == ["foreign"]


def test_r_6_12_whoever_withdrew_watches_no_more() -> None:
    assert codes(lesson(watchers=(3,)), MEETING, PLANNING) == ["withdrawn"]


def test_r_8_9_a_day_kept_for_review_without_review_is_warned_of() -> None:
    assert codes(WORK, MEETING, PLANNING, reserved=True) == ["no-review"]
    assert codes(WORK, MEETING, PLANNING, Part("review", 30), reserved=True) == []


def test_r_6_5_a_plan_used_for_another_day_has_no_model_lesson() -> None:
    copied = rules.without_lessons([lesson(), MEETING])
    assert copied == [Part("work", 60, row=1), MEETING]


@pytest.mark.parametrize("text", ["Year 4", " YEAR  4 ", "year-4", "Y4", "yr 4", "Yr. 4", "y 4", "ＹＥＡＲ ４"])
def test_r_6_5_a_class_is_one_however_it_is_written(text: str) -> None:
    assert rules.same_class(text) == "y4"


@pytest.mark.parametrize("text", ["Year 5", "Year 4b", "4", "Years 3 and 4"])
def test_r_6_5_another_class_is_another(text: str) -> None:
    assert rules.same_class(text) != "y4"


@given(st.text(max_size=60))
def test_r_6_5_any_text_is_counted_in_the_columns_length(text: str) -> None:
    assert len(rules.same_class(text)) <= 60
    assert rules.same_class(f" {text}\t") == rules.same_class(text)


def test_a_plan_is_made_before_the_day_and_over_no_one_elses() -> None:
    today = date(2026, 11, 3)
    assert rules.too_late(today, today, is_open=True) == []
    assert [p.code for p in rules.too_late(date(2026, 11, 2), today, is_open=True)] == ["past"]
    assert [p.code for p in rules.too_late(today, today, is_open=False)] == ["closed"]
    assert rules.overtaken(2, 2) == []
    assert [p.code for p in rules.overtaken(1, 2)] == ["overtaken"]


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "no time"), (1, "1 minute"), (60, "1 hour"), (135, "2 hours 15 minutes")]
)
def test_minutes_in_words(minutes: int, words: str) -> None:
    assert rules.span(minutes) == words

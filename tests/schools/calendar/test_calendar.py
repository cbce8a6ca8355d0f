"""The calendar's answers, usual dates for any year, dates from a file."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from astcoord.core.problems import Refused
from schools.calendar import reads as calendar
from schools.calendar import rules
from schools.calendar.actions import save_year
from schools.calendar.imports import half_of, read_terms
from schools.calendar.lifecycle import Season
from schools.calendar.models import AcademicYear, Closure, HalfTerm, Term
from schools.calendar.years import Half, YearPlan, default_year, first_year_of, slug_on, stored_year
from tests import SHARED_DATA

REAL = SHARED_DATA / "term_dates.csv"


def school_day(day: date) -> bool:
    return calendar.between(day, day).school_day(day)


@pytest.fixture
def year(db: None) -> AcademicYear:
    return save_year(default_year("2026-27"), by=None)


def test_england_has_bank_holidays() -> None:
    days = calendar.bank_holidays(2027)
    assert {date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 3), date(2027, 12, 27)} <= set(days)
    assert date(2027, 1, 4) not in days


def test_usual_dates_of_one_year() -> None:
    plan = default_year("2026-27")
    assert [(half.first.isoformat(), half.last.isoformat()) for half in plan.halves] == [
        ("2026-09-01", "2026-10-23"),
        ("2026-11-02", "2026-12-18"),
        ("2027-01-04", "2027-02-12"),
        ("2027-02-22", "2027-03-25"),
        ("2027-04-12", "2027-05-28"),
        ("2027-06-07", "2027-07-21"),
    ]


@settings(deadline=None, max_examples=60)
@given(st.integers(2001, 2060))
def test_usual_dates_hold_for_every_year(start: int) -> None:
    plan = default_year(f"{start}-{(start + 1) % 100:02}")
    assert rules.calendar_problems(*plan.as_days()) == []
    spans = calendar.SchoolCalendar(
        tuple((half.first, half.last) for half in plan.halves), tuple((day, day) for day in plan.insets)
    )
    assert 186 <= len(spans.school_days(plan.first, plan.last)) <= 190
    assert all(calendar.working_day(half.first) and calendar.working_day(half.last) for half in plan.halves)
    assert len(set(plan.insets)) == 5


@pytest.mark.parametrize("slug", ["2026", "2026-28", "26-27", "2026/27", "summer"])
def test_what_is_no_year(slug: str) -> None:
    with pytest.raises(ValueError, match="write it like 2026-27"):
        first_year_of(slug)


def test_a_year_has_three_terms_of_two_halves(year: AcademicYear) -> None:
    assert [term.slug for term in Term.objects.all()] == ["autumn-2026", "spring-2027", "summer-2027"]
    assert [half.slug for half in HalfTerm.objects.all()][:3] == ["autumn-2026-1", "autumn-2026-2", "spring-2027-1"]
    assert HalfTerm.objects.first().name == "Autumn term 2026, first half"
    assert len(calendar.between(year.starts_on, year.ends_on).school_days(year.starts_on, year.ends_on)) == 190


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 6), True),
        (date(2026, 10, 10), False),
        (date(2026, 10, 27), False),
        (date(2027, 5, 3), False),
        (date(2026, 9, 1), False),
        (date(2026, 9, 3), True),
        (date(2027, 8, 10), False),
        (date(2031, 10, 6), False),
    ],
    ids=["Tuesday", "Saturday", "half-term", "bank holiday", "INSET", "first with pupils", "summer", "unknown year"],
)
def test_school_days(year: AcademicYear, day: date, expected: bool) -> None:
    assert school_day(day) is expected


def test_which_term(year: AcademicYear) -> None:
    in_break = date(2026, 10, 27)
    assert calendar.term_on(in_break).slug == "autumn-2026"
    assert calendar.term_on(date(2026, 12, 25)) is None
    assert calendar.year_on(date(2026, 12, 25)) == year
    assert calendar.known(date(2027, 8, 31))
    assert not calendar.known(date(2027, 9, 1))


def test_weeks_of_a_half_term_are_those_with_school(year: AcademicYear) -> None:
    half = HalfTerm.objects.get(slug="autumn-2026-1")
    weeks = calendar.between(half.starts_on, half.ends_on).weeks(half.starts_on, half.ends_on)
    assert len(weeks) == 8
    assert (weeks[0], weeks[-1]) == (date(2026, 8, 31), date(2026, 10, 19))


def test_the_first_working_day_of_a_term_may_be_a_training_day(year: AcademicYear) -> None:
    assert calendar.first_working_day(Term.objects.get(slug="spring-2027")) == date(2027, 1, 4)


def test_many_days_cost_one_query(year: AcademicYear, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):
        found = calendar.between(year.starts_on, year.ends_on)
        assert len(found.weeks(year.starts_on, year.ends_on)) >= 38


def test_a_term_without_halves_teaches_throughout(db: None) -> None:
    year = AcademicYear.objects.create(slug="2026-27", starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    Term.objects.create(
        year=year,
        season="autumn",
        slug="autumn-2026",
        name="Autumn",
        starts_on=date(2026, 9, 7),
        ends_on=date(2026, 12, 18),
    )
    assert school_day(date(2026, 10, 27))


def moved(plan: YearPlan, number: int, **changes: date) -> YearPlan:
    """The plan with one half-term changed."""
    halves = list(plan.halves)
    old = halves[number]
    halves[number] = Half(old.season, old.number, changes.get("first", old.first), changes.get("last", old.last))
    return YearPlan(plan.slug, plan.first, plan.last, tuple(halves), plan.insets)


@pytest.mark.parametrize(
    ("number", "changes", "words"),
    [
        (0, {"last": date(2026, 8, 31)}, "ends on 31 August 2026, before it starts on 1 September 2026"),
        (1, {"first": date(2026, 10, 23)}, "a half-term must start after the one before it has ended"),
        (5, {"last": date(2027, 9, 3)}, "must lie within the year"),
    ],
)
def test_dates_that_cannot_be_are_refused_and_nothing_is_half_saved(
    year: AcademicYear, number: int, changes: dict[str, date], words: str
) -> None:
    before = list(HalfTerm.objects.values_list("slug", "starts_on", "ends_on"))
    with pytest.raises(Refused, match=words):
        save_year(moved(default_year("2026-27"), number, **changes), by=None)
    assert list(HalfTerm.objects.values_list("slug", "starts_on", "ends_on")) == before


def test_years_may_not_share_a_day(year: AcademicYear) -> None:
    plan = default_year("2027-28")
    with pytest.raises(Refused, match="overlaps with the year 2026-27"):
        save_year(YearPlan(plan.slug, date(2027, 8, 31), plan.last, plan.halves), by=None)


def test_every_half_term_can_move_by_weeks_at_once(year: AcademicYear) -> None:
    plan = default_year("2026-27")
    week = timedelta(days=7)
    later = tuple(Half(h.season, h.number, h.first + week, h.last + week) for h in plan.halves)
    save_year(YearPlan(plan.slug, plan.first, plan.last, later), by=None)
    stored = AcademicYear.objects.prefetch_related("terms__half_terms").get()
    assert stored_year(stored).halves == later
    assert HalfTerm.objects.count() == 6


def test_slug_on() -> None:
    assert (slug_on(date(2026, 8, 31)), slug_on(date(2026, 9, 1))) == ("2025-26", "2026-27")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Autumn 1", (Season.AUTUMN, 1)),
        ("Summer term 2", (Season.SUMMER, 2)),
        ("Term 4", (Season.SPRING, 2)),
        ("Term No 1", (Season.AUTUMN, 1)),
        ("INSET", None),
        ("Term 7", None),
    ],
)
def test_labels_of_half_terms(label: str, expected: object) -> None:
    assert half_of(label) == expected


HEAD = "la_code,la_name,academic_year,scope,label,start,end,note\n"
SIX = [
    ("Term 1", "2026-08-27,2026-10-16"),
    ("Term 2", "2026-10-26,2026-12-18"),
    ("Term 3", "2027-01-04,2027-02-12"),
    ("Term 4", "2027-02-22,2027-03-24"),
    ("Term 5", "2027-04-12,2027-05-28"),
    ("Term 6", "2027-06-07,2027-07-15"),
]


def dates_file(*lines: tuple[str, str]) -> bytes:
    return (HEAD + "".join(f"999,Marlshire,2026-27,LA,{label},{days},\n" for label, days in lines)).encode()


def test_a_six_term_year_that_starts_in_august(db: None) -> None:
    plan = read_terms(dates_file(*SIX, ("INSET", "2026-08-27,2026-08-27")), slug="2026-27", la="999")
    assert (plan.first, plan.last) == (date(2026, 8, 1), date(2027, 7, 31))
    save_year(plan, by=None)
    assert not school_day(date(2026, 8, 27))
    assert school_day(date(2026, 8, 28))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (dates_file(*SIX[:5]), "no six half-terms"),
        (dates_file(*SIX, SIX[0]), "is there twice"),
        (dates_file(("Michaelmas", "2026-09-01,2026-10-01")), "is no half-term"),
        (dates_file(("Term 1", "1 September,2026-10-01")), "is not a date"),
        (dates_file(), "no dates for authority 999"),
        (b"a,b\n1,2\n", "these columns are missing"),
        (b"", "The file is empty"),
    ],
)
def test_files_of_term_dates_that_cannot_be_used(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_terms(data, slug="2026-27", la="999")


def test_load_calendar_keeps_what_is_entered(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_calendar")
    assert AcademicYear.objects.get().slug == "2026-27"
    assert Closure.objects.count() == 5
    HalfTerm.objects.filter(slug="summer-2027-2").update(ends_on=date(2027, 7, 9))
    call_command("load_calendar", year="2026-27")
    assert HalfTerm.objects.get(slug="summer-2027-2").ends_on == date(2027, 7, 9)
    call_command("load_calendar", year="2026-27", replace=True)
    assert HalfTerm.objects.get(slug="summer-2027-2").ends_on == date(2027, 7, 21)
    assert Closure.objects.count() == 5
    assert "replaced" in capsys.readouterr().out


def test_load_calendar_says_what_is_wrong(db: None, tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_bytes(dates_file(*SIX))
    with pytest.raises(CommandError, match="write it like 2026-27"):
        call_command("load_calendar", year="2026")
    with pytest.raises(CommandError, match="needs --la"):
        call_command("load_calendar", year="2026-27", file=file)
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_calendar", year="2026-27", file=tmp_path / "absent.csv", la="999")
    call_command("load_calendar", year="2026-27", file=file, la="999")
    assert HalfTerm.objects.get(slug="autumn-2026-1").starts_on == date(2026, 8, 27)


@pytest.mark.skipif(not REAL.is_file(), reason="the shared data are not here")
@pytest.mark.parametrize(
    ("la", "slug"), [("383", "2024-25"), ("383", "2025-26"), ("926", "2024-25"), ("845", "2025-26"), ("856", "2024-25")]
)
def test_real_term_dates(db: None, la: str, slug: str) -> None:
    year = save_year(read_terms(REAL.read_bytes(), slug=slug, la=la), by=None)
    assert 180 <= len(calendar.between(year.starts_on, year.ends_on).school_days(year.starts_on, year.ends_on)) <= 195

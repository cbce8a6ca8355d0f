"""Writing up outreach days (R-10.3, R-10.4, R-10.6, R-10.8, R-12.6)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from evaluation.diary import actions as diary
from evaluation.diary.actions import DayHeld, Telling
from evaluation.diary.forms import EntryForm, TellingForm
from evaluation.diary.models import DiaryEntry
from evaluation.diary.rules import missing_from_entry
from evaluation.reviews.forms import ReviewForm
from evaluation.reviews.reads import sections_of
from placements.days import ledger
from placements.days.actions import days
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.stories import HALF, TELLING, TUESDAY, WHOLE, opened, write_up
from tests.placements.active import active, elsewhere

pytestmark = pytest.mark.django_db

JUDGING = ("grade", "rating", "score", "judg", "apprais", "performance", "quality", "mark", "ofsted", "satisf")


def fields_of(refused: Any) -> list[str]:
    return [problem.field for problem in refused.value.problems]


def test_an_unplanned_day_plans_and_delivers_in_one_go(cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement, staff=[placement.supported.first().pk])
    assert (entry.status, entry.day.status) == ("submitted", "done")
    sums = ledger.placement_sums(placement)
    assert (sums["plan"], sums["delivery"]) == (1, 1)


def test_a_planned_day_is_written_up_as_it_happened(cast: Cast, placement: Placement) -> None:
    planned = days.begin_day(placement=placement, on=TUESDAY, days=WHOLE, venue="host", by=cast.ast)
    entry = write_up(cast, placement, TUESDAY, HALF)
    assert entry.day == planned
    assert OutreachDay.objects.get().days == HALF
    assert ledger.placement_sums(placement)["plan"] == HALF


def test_r_10_4_a_day_without_priorities_is_refused(cast: Cast, placement: Placement) -> None:
    with pytest.raises(Refused) as refused:
        write_up(cast, placement, priorities=" ", activities=())
    assert fields_of(refused) == ["priorities", "activities"]
    assert not OutreachDay.objects.exists()


def test_r_10_3_a_talk_that_was_not_held_needs_a_reason(cast: Cast, placement: Placement) -> None:
    with pytest.raises(Refused) as refused:
        write_up(cast, placement, talk_held=False, talk_note="")
    assert fields_of(refused) == ["talk_reason"]
    assert write_up(cast, placement, talk_held=False, talk_note="The head was ill").talk_held is False


def test_r_10_3_the_talk_must_be_answered() -> None:
    problems = missing_from_entry(priorities="x", activities=("cpd",), talk_held=None, talk_note="")
    assert [p.field for p in problems] == ["talk_held"]


def test_r_4_3_the_cap_holds_at_the_diary_too(cast: Cast, placement: Placement) -> None:
    write_up(cast, placement, TUESDAY, HALF)
    write_up(cast, elsewhere(cast), TUESDAY - timedelta(days=1), HALF)
    with pytest.raises(Refused, match="no more than 1 day a week"):
        write_up(cast, placement, TUESDAY - timedelta(days=1), HALF)
    assert DiaryEntry.objects.count() == 2


def test_r_8_13_no_diary_day_before_the_placement_is_active(cast: Cast, november: None) -> None:
    with pytest.raises(Refused) as refused:
        write_up(cast, active(cast, status="awaiting_signatures"))
    assert [p.rule for p in refused.value.problems] == ["R-8.13"]


@pytest.mark.parametrize("on", [TUESDAY + timedelta(days=1), date(2026, 10, 29), date(2026, 11, 21)])
def test_r_10_4_the_date_is_past_within_the_contract_and_a_school_day(
    cast: Cast, placement: Placement, on: date
) -> None:
    with pytest.raises(Refused) as refused:
        write_up(cast, placement, on)
    assert "on" in fields_of(refused)


def test_a_draft_waits_and_then_goes(cast: Cast, placement: Placement) -> None:
    half_done = Telling(priorities="Fractions", talk_held=False)
    draft = diary.save_draft(placement=placement, held=DayHeld(TUESDAY, WHOLE, "host"), telling=half_done, by=cast.ast)
    assert (draft.status, draft.day.status) == ("draft", "planned")
    assert ledger.placement_sums(placement)["delivery"] == 0
    moved = DayHeld(TUESDAY - timedelta(days=1), HALF, "home")
    done = diary.submit_entry(placement=placement, held=moved, telling=TELLING, by=cast.ast, draft=draft)
    assert (done.pk, done.day.on, done.day.days, done.day.venue) == (draft.pk, moved.on, HALF, "home")
    assert OutreachDay.objects.count() == 1


def test_a_draft_moves_with_its_date_and_never_into_the_future(cast: Cast, placement: Placement) -> None:
    first = DayHeld(TUESDAY, WHOLE, "host")
    draft = diary.save_draft(placement=placement, held=first, telling=TELLING, by=cast.ast)
    moved = replace(first, on=TUESDAY - timedelta(days=7))
    diary.save_draft(placement=placement, held=moved, telling=TELLING, by=cast.ast, draft=draft)
    assert OutreachDay.objects.get().on == moved.on
    draft.refresh_from_db()
    with pytest.raises(Refused, match="today or in the past"):
        diary.save_draft(
            placement=placement, held=replace(first, on=date(2026, 12, 1)), telling=TELLING, by=cast.ast, draft=draft
        )


def test_nothing_is_written_twice(cast: Cast, placement: Placement) -> None:
    write_up(cast, placement)
    with pytest.raises(Refused, match="already a submitted entry"):
        write_up(cast, placement)
    assert ledger.placement_sums(placement)["delivery"] == 1


def test_only_the_placements_own_staff_and_objectives(cast: Cast, placement: Placement) -> None:
    foreign = elsewhere(cast, objectives=1)
    with pytest.raises(Refused) as refused:
        write_up(
            cast,
            placement,
            staff=[foreign.supported.first().pk],
            objectives=[foreign.objectives.first().pk],
        )
    assert fields_of(refused) == ["staff", "objectives"]


def test_others_do_not_write(cast: Cast, placement: Placement) -> None:
    for person in (cast.host_head, cast.home_head, cast.outsider, cast.chair):
        with pytest.raises(PermissionDenied):
            diary.submit_entry(placement=placement, held=DayHeld(TUESDAY, WHOLE, "host"), telling=TELLING, by=person)
    assert not OutreachDay.objects.exists()


def test_r_10_6_no_form_has_a_field_that_grades_anybody(cast: Cast, placement: Placement) -> None:
    review = opened(placement)
    forms = [
        EntryForm(placement=placement, today=TUESDAY),
        TellingForm(placement=placement),
        ReviewForm(review=review, sections=sections_of(review)[0]),
    ]
    for form in forms:
        for name, field in form.fields.items():
            words = f"{name} {field.label}".lower()
            assert not [w for w in JUDGING if w in words], words
    columns = {f.name for f in DiaryEntry._meta.get_fields()}
    assert not [c for c in columns if any(w in c for w in JUDGING)]


def test_r_12_6_an_entry_says_nothing_of_one_person(cast: Cast, placement: Placement) -> None:
    """Staff are named as present; no text or choice is stored for each of them."""
    through = DiaryEntry.staff.through
    assert {f.name for f in through._meta.get_fields()} == {"id", "diaryentry", "supportedstaff"}


def test_r_10_8_entries_lock_when_the_term_has_ended(cast: Cast, placement: Placement, clock: Any) -> None:
    entry = write_up(cast, placement)
    assert diary.lock_entries(TUESDAY) == 0
    clock.move_to(datetime(2027, 1, 5, 9, tzinfo=UTC))
    assert diary.lock_entries(date(2027, 1, 5)) == 1
    assert diary.lock_entries(date(2027, 1, 5)) == 0
    with pytest.raises(PermissionDenied):
        diary.correct_entry(entry=entry, telling=TELLING, by=cast.ast)


def test_r_10_8_a_correction_is_recorded(cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement)
    diary.correct_entry(entry=entry, telling=replace(TELLING, priorities="Decimals"), by=cast.ast)
    event = AuditEvent.objects.about(entry).get(verb="diary entry: corrected")
    assert event.before["priorities"] == TELLING.priorities
    assert event.after["priorities"] == "Decimals"
    with pytest.raises(PermissionDenied):
        diary.correct_entry(entry=entry, telling=TELLING, by=cast.host_head)


WRONG = "It was the week before"


def test_r_20_5_a_day_written_on_the_wrong_date_is_put_right_with_a_reason_and_a_reversal(
    cast: Cast, placement: Placement
) -> None:
    entry = write_up(cast, placement)
    right = TUESDAY - timedelta(days=7)
    held = DayHeld(right, WHOLE, "host")
    with pytest.raises(Refused, match="Enter why the date was wrong"):
        diary.correct_entry(entry=entry, held=held, telling=TELLING, by=cast.ast)
    diary.correct_entry(entry=entry, held=held, telling=TELLING, why=WRONG, by=cast.coordinator)
    entry.refresh_from_db()
    assert (entry.day.on, entry.status, OutreachDay.objects.count()) == (right, "submitted", 1)
    rows = [(row.on, row.days) for row in placement.ledger.filter(kind="delivery").order_by("pk")]
    assert rows == [(TUESDAY, WHOLE), (TUESDAY, -WHOLE), (right, WHOLE)]
    assert {row.reason for row in placement.ledger.filter(kind="delivery", reason__gt="")} == {f"corrected: {WRONG}"}
    assert AuditEvent.objects.about(entry).get(verb="diary entry: corrected").reason == WRONG
    assert Message.objects.filter(kind="diary-time-corrected").count() == 1


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 10, 27), "not a school day"),
        (TUESDAY + timedelta(days=70), "today or in the past"),
        (TUESDAY - timedelta(days=3), "not a school day"),
        (date(2026, 9, 1), "between"),
    ],
)
def test_r_20_5_the_right_date_is_within_the_rules_of_every_day(
    cast: Cast, placement: Placement, on: date, words: str
) -> None:
    entry = write_up(cast, placement)
    with pytest.raises(Refused, match=words):
        diary.correct_entry(entry=entry, held=DayHeld(on, WHOLE, "host"), telling=TELLING, why=WRONG, by=cast.ast)
    entry.refresh_from_db()
    assert entry.day.on == TUESDAY


def test_r_20_5_not_onto_a_full_week_or_another_day_of_the_same_placement(cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement)
    before = TUESDAY - timedelta(days=7)
    OutreachDay.objects.create(placement=placement, on=before, days=WHOLE)
    for on, words in ((before, "already an outreach day"), (before + timedelta(days=1), "no more than 1 day a week")):
        with pytest.raises(Refused, match=words):
            diary.correct_entry(entry=entry, held=DayHeld(on, WHOLE, "host"), telling=TELLING, why=WRONG, by=cast.ast)

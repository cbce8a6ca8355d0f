"""Corrections of entries whose term is closed (R-10.8): asked for, taken back, made, refused; what the ledger says."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from evaluation.corrections import actions
from evaluation.corrections.models import Correction
from evaluation.diary import actions as diary
from evaluation.diary.actions import DayHeld
from evaluation.diary.models import DiaryEntry
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.corrections.story import ask
from tests.evaluation.stories import HALF, TELLING, TUESDAY, WHOLE, write_up
from tests.placements.active import elsewhere

pytestmark = pytest.mark.django_db

BEFORE = TUESDAY - timedelta(days=7)


def sums(placement: Placement) -> tuple[Decimal, Decimal]:
    found = ledger.placement_sums(placement)
    return found["plan"], found["delivery"]


def test_r_10_8_a_locked_entry_is_changed_by_asking_only(cast: Cast, placement: Placement, entry: DiaryEntry) -> None:
    assert entry.status == "locked"
    with pytest.raises(PermissionDenied):
        diary.correct_entry(entry=entry, telling=TELLING, by=cast.ast)
    correction = ask(cast, entry)
    entry.refresh_from_db()
    assert (entry.status, entry.day.days, correction.outcome) == ("correction_asked", WHOLE, "open")
    assert sums(placement) == (1, 1)
    assert Message.objects.get(kind="correction-asked").to_email == cast.policy.office_email


def test_r_10_8_a_corrected_time_is_a_reversal_and_a_new_entry(
    cast: Cast, placement: Placement, entry: DiaryEntry
) -> None:
    correction = ask(cast, entry, BEFORE, HALF, priorities="Decimals")
    actions.correct(correction=correction, by=cast.coordinator)
    entry.refresh_from_db()
    assert (entry.status, entry.priorities, entry.day.on, entry.day.days) == ("corrected", "Decimals", BEFORE, HALF)
    assert sums(placement) == (HALF, HALF)
    delivered = LedgerEntry.objects.filter(day=entry.day, kind="delivery").order_by("pk")
    assert [(row.days, row.on) for row in delivered] == [(1, TUESDAY), (-1, TUESDAY), (HALF, BEFORE)]
    assert "I went home at noon" in delivered.last().reason
    event = AuditEvent.objects.about(entry).get(verb="diary entry: corrected")
    assert (event.before["priorities"], event.after["priorities"]) == (TELLING.priorities, "Decimals")
    assert (event.before["on"], event.after["on"]) == ("2026-11-24", "2026-11-17")
    assert (event.by, event.reason) == (cast.coordinator, "I went home at noon")
    told = {message.to_email for message in Message.objects.filter(kind="correction-answered")}
    assert told == {cast.ast.email}
    assert Message.objects.filter(kind="diary-time-corrected", to_email=cast.host_head.email).exists()


def test_r_10_8_a_refusal_has_a_reason_and_leaves_everything(
    cast: Cast, placement: Placement, entry: DiaryEntry
) -> None:
    correction = ask(cast, entry)
    with pytest.raises(Refused, match="why the entry stays"):
        actions.leave(correction=correction, answer=" ", by=cast.coordinator)
    actions.leave(correction=correction, answer="The school says it was a whole day", by=cast.coordinator)
    entry.refresh_from_db()
    assert (entry.status, entry.day.days, sums(placement)) == ("locked", WHOLE, (1, 1))
    assert Message.objects.get(kind="correction-answered").to_email == cast.ast.email
    assert ask(cast, entry).pk != correction.pk


def test_r_10_8_a_request_is_taken_back_and_nobody_is_told(cast: Cast, entry: DiaryEntry) -> None:
    correction = actions.withdraw(correction=ask(cast, entry), by=cast.ast)
    entry.refresh_from_db()
    assert (entry.status, correction.outcome) == ("locked", "withdrawn")
    assert not Message.objects.filter(kind="correction-answered").exists()


def test_r_10_8_of_two_at_once_the_second_is_told(cast: Cast, entry: DiaryEntry) -> None:
    correction = ask(cast, entry)
    with pytest.raises(Refused, match="no longer possible"):
        ask(cast, entry)
    actions.correct(correction=correction, by=cast.coordinator)
    for late in (
        lambda: actions.correct(correction=correction, by=cast.coordinator),
        lambda: actions.leave(correction=correction, answer="No", by=cast.coordinator),
        lambda: actions.withdraw(correction=correction, by=cast.ast),
    ):
        with pytest.raises(Refused, match="answered or taken back meanwhile"):
            late()
    again = Correction(entry=entry, before={}, asked={}, why="x", asked_by=cast.ast)
    again.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction(entry=entry, before={}, asked={}, why="x", asked_by=cast.ast).save()


def test_r_10_8_nothing_to_change_or_no_reason_is_refused(cast: Cast, entry: DiaryEntry) -> None:
    with pytest.raises(Refused) as refused:
        actions.ask(entry=entry, held=DayHeld(TUESDAY, WHOLE, "host"), telling=TELLING, why=" ", by=cast.ast)
    assert [problem.code for problem in refused.value.problems] == ["nothing", "why"]
    entry.refresh_from_db()
    assert (entry.status, Correction.objects.count()) == ("locked", 0)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2026, 11, 21), "not-a-school-day"),
        (date(2026, 10, 20), "outside-contract"),
        (date(2027, 1, 12), "future"),
    ],
)
def test_r_10_4_a_corrected_date_keeps_to_the_contract_and_the_calendar(
    cast: Cast, entry: DiaryEntry, on: date, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        ask(cast, entry, on)
    assert code in [problem.code for problem in refused.value.problems]


def test_r_4_3_the_cap_is_asked_again_when_the_correction_is_made(
    cast: Cast, placement: Placement, entry: DiaryEntry
) -> None:
    correction = ask(cast, entry, BEFORE, WHOLE)
    write_up(cast, elsewhere(cast), BEFORE + timedelta(days=1), HALF)
    with pytest.raises(Refused, match="no more than 1 day a week"):
        actions.correct(correction=correction, by=cast.coordinator)
    entry.refresh_from_db()
    assert (entry.status, entry.day.on, sums(placement)) == ("correction_asked", TUESDAY, (1, 1))
    correction.refresh_from_db()
    assert correction.is_open


def test_r_4_11_no_more_than_the_contract_holds(cast: Cast, placement: Placement, clock: Any) -> None:
    half = write_up(cast, placement, TUESDAY, HALF)
    ledger.write("contract", placement, -placement.days + 1, on=TUESDAY, by=cast.coordinator)
    write_up(cast, placement, BEFORE, HALF)
    with pytest.raises(Refused, match="The contract is for 1 day"):
        diary.correct_entry(entry=half, held=DayHeld(TUESDAY, WHOLE, "host"), telling=TELLING, by=cast.ast)


@pytest.mark.parametrize("status", ["ended_early", "completed", "closed"])
def test_r_10_8_a_placement_that_has_ended_meanwhile(
    cast: Cast, placement: Placement, entry: DiaryEntry, status: str
) -> None:
    """Its time may still be put right; what went back to the AST's year follows what was really used."""
    ended = {"ended_on": date(2026, 12, 1), "ended_reason": "x"} if status == "ended_early" else {}
    Placement.objects.filter(pk=placement.pk).update(status=status, **ended)
    ledger.set_days_under_contract(placement, WHOLE, by=cast.coordinator, reason="ended")
    remaining = ledger.balance(cast.post, cast.year).remaining
    actions.correct(correction=ask(cast, entry), by=cast.coordinator)
    assert sums(placement) == (HALF, HALF)
    assert ledger.placement_sums(placement)["contract"] == HALF
    assert ledger.balance(cast.post, cast.year).remaining == remaining + HALF
    entry.refresh_from_db()
    actions.correct(correction=ask(cast, entry, TUESDAY, WHOLE), by=cast.coordinator)
    assert ledger.placement_sums(placement)["contract"] == WHOLE
    if status == "ended_early":
        entry.refresh_from_db()
        with pytest.raises(Refused, match="The placement ended on 1 December 2026"):
            ask(cast, entry, date(2026, 12, 2))


def test_r_10_8_a_submitted_entry_is_put_right_at_once(cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement)
    held = DayHeld(BEFORE, HALF, "home")
    diary.correct_entry(entry=entry, held=held, telling=TELLING, why="It was the week before", by=cast.ast)
    entry.refresh_from_db()
    assert (entry.status, entry.day.on, entry.day.venue) == ("submitted", BEFORE, "home")
    assert sums(placement) == (HALF, HALF)
    assert Message.objects.get(kind="diary-time-corrected").to_email == cast.host_head.email


def test_r_10_8_who_may_do_what(cast: Cast, entry: DiaryEntry) -> None:
    for person in (cast.host_head, cast.home_head, cast.outsider, cast.chair, cast.officer):
        with pytest.raises(PermissionDenied):
            actions.ask(entry=entry, held=DayHeld(TUESDAY, HALF, "host"), telling=TELLING, why="x", by=person)
    correction = ask(cast, entry)
    for person in (cast.ast, cast.administrator, cast.host_head, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.correct(correction=correction, by=person)
        with pytest.raises(PermissionDenied):
            actions.leave(correction=correction, answer="No", by=person)
    for person in (cast.host_head, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.withdraw(correction=correction, by=person)
    seen = {p.name for p in (cast.ast, cast.host_head, cast.administrator) if correction in _visible(p)}
    assert seen == {cast.ast.name, cast.host_head.name, cast.administrator.name}
    for person in (cast.home_head, cast.outsider, cast.chair, cast.officer, cast.consultant):
        assert correction not in _visible(person)


def _visible(person: Any) -> Any:
    return Correction.objects.visible_to(person)

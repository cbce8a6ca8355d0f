"""Somebody who has withdrawn is named in the diary for the days before, and for no later one (R-6.12)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from astcoord.core.problems import Refused
from evaluation.diary import actions as diary
from evaluation.diary.forms import EntryForm, TellingForm
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements import active

pytestmark = pytest.mark.django_db
WORDS: dict[str, Any] = {"priorities": "A unit on fractions", "activities": ["materials"], "talk_held": True}


@pytest.fixture
def placement(cast: Cast) -> Placement:
    """Sorrel Ambleforth withdrew on 6 October."""
    found = active.active(cast, starts_on=date(2026, 9, 1))
    found.supported.filter(name__startswith="Sorrel").update(withdrew_on=date(2026, 10, 6))
    return found


def names(form: TellingForm) -> list[str]:
    return [str(label) for _, label in form.fields["staff"].choices]


def test_r_6_12_choices_are_those_who_took_part_on_the_day(placement: Placement) -> None:
    assert names(TellingForm(placement=placement, on=date(2026, 10, 7))) == ["Juno Pettifer"]
    before = ["Juno Pettifer", "Sorrel Ambleforth (until 6 October 2026)"]
    assert names(TellingForm(placement=placement, on=date(2026, 10, 6))) == before
    assert names(EntryForm(placement=placement, today=date(2026, 10, 20))) == before


def test_r_6_12_the_diary_refuses_them_for_a_later_day(cast: Cast, placement: Placement, clock: Any) -> None:
    clock.move_to("2026-10-14T16:00:00+00:00")
    everybody = [p.pk for p in placement.supported.all()]
    telling = diary.Telling(**WORDS, staff=everybody)
    with pytest.raises(Refused, match="had withdrawn by that day"):
        diary.submit_entry(
            placement=placement,
            held=diary.DayHeld(date(2026, 10, 13), Decimal(1), "host"),
            telling=telling,
            by=cast.ast,
        )

    entry = diary.submit_entry(
        placement=placement, held=diary.DayHeld(date(2026, 10, 6), Decimal(1), "host"), telling=telling, by=cast.ast
    )

    assert entry.staff.count() == 2

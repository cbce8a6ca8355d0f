"""Diary and reviews so far: November 2026, with days written up through the actions."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from evaluation.diary import actions as diary
from evaluation.diary.actions import DayHeld, Telling
from evaluation.diary.models import DiaryEntry
from evaluation.reviews import actions as reviews
from evaluation.reviews.models import ImpactReview
from evaluation.reviews.rules import Answer
from placements.placement.models import Placement
from schools.calendar.models import Term
from tests.cast import Cast

NOVEMBER = datetime(2026, 11, 24, 15, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)
HALF, WHOLE = Decimal("0.5"), Decimal(1)

TELLING = Telling(
    priorities="Planning a unit on fractions",
    activities=("willing_teachers", "model_lesson"),
    classes=("Year 4",),
    evidence="The unit plan",
    next_steps="Teach it together",
    talk_held=True,
    talk_note="Both heads of year came",
)


def write_up(cast: Cast, placement: Placement, on: date = TUESDAY, days: Decimal = WHOLE, **told: Any) -> DiaryEntry:
    """A submitted entry, whether or not the day was planned."""
    telling = Telling(**{**TELLING.__dict__, **told})
    return diary.submit_entry(placement=placement, held=DayHeld(on, days, "host"), telling=telling, by=cast.ast)


def opened(placement: Placement, on: date = TUESDAY) -> ImpactReview:
    """The autumn review, waiting for the AST."""
    return reviews.open_review(placement=placement, term=Term.objects.get(slug="autumn-2026"), today=on)


def answers(placement: Placement, progress: str = "good") -> list[Answer]:
    """One for every objective."""
    numbers = placement.objectives.values_list("number", flat=True)
    return [Answer(n, progress, "Books and the half-term test", "Go on") for n in numbers]


def submitted(cast: Cast, placement: Placement) -> ImpactReview:
    """With the host headteacher."""
    review = opened(placement)
    return reviews.submit(review=review, answers=answers(placement), summary="More pupils explain.", by=cast.ast)


def commented(cast: Cast, placement: Placement) -> ImpactReview:
    """With the co-ordinator."""
    return reviews.comment(review=submitted(cast, placement), text="We see this too.", by=cast.host_head)


def accepted(cast: Cast, placement: Placement) -> ImpactReview:
    """Done."""
    return reviews.accept(review=commented(cast, placement), by=cast.coordinator)

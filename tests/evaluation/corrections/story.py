"""A correction that the AST asks for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from evaluation.corrections import actions
from evaluation.corrections.models import Correction
from evaluation.diary.actions import DayHeld
from evaluation.diary.models import DiaryEntry
from tests.cast import Cast
from tests.evaluation.stories import HALF, TELLING, TUESDAY


def ask(cast: Cast, entry: DiaryEntry, on: date = TUESDAY, days: Decimal = HALF, **told: Any) -> Correction:
    return actions.ask(
        entry=entry,
        held=DayHeld(on, days, "host"),
        telling=replace(TELLING, **told),
        why="I went home at noon",
        by=cast.ast,
    )

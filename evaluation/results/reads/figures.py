"""Of the figures for one year, which counts and how it is shown (R-11.10)."""

from collections.abc import Sequence
from typing import Any

from evaluation.results.lifecycle import MEANINGS, Measure
from evaluation.results.models import AttainmentResult
from evaluation.results.wording import figure_words
from staff.expertise.vocabulary import Subject

NO_FIGURE = "No evidence"
UNDECIDED = "Figures differ: the office decides which counts"

What = tuple[str, str]
"""Subject and measure."""


def counting(rows: Sequence[Any]) -> AttainmentResult | None:
    """Of the figures for the same year the one that counts; none while they differ and nobody has decided."""
    chosen = [row for row in rows if row.chosen_at is not None]
    return next(iter(chosen or [row for row in rows if not row.differs]), None)


def shown(rows: Sequence[Any], counts: AttainmentResult | None) -> str:
    if counts is not None:
        return figure_words(counts.value, counts.unit)
    return UNDECIDED if rows else NO_FIGURE


def order_of(what: What, subject: str) -> tuple[Any, ...]:
    """The supported subject first, then the whole school, then the others."""
    return (what[0] != subject, what[0] != "", what[0], list(Measure.values).index(what[1]))


def label_of(what: What) -> str:
    """The measure, after its subject where it can be of several."""
    subject, measure = what
    label = str(Measure(measure).label)
    return f"{Subject(subject).label}: {label}" if len(MEANINGS[measure].subjects) > 1 else label

"""A file of results against the database, and stored in one go; importing twice changes nothing (R-11.10)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.tablefile import RowError
from astcoord.core.turns import one_after_the_other
from evaluation.results.actions import TURN
from evaluation.results.imports.reading import Reading, identity
from evaluation.results.models import AttainmentResult
from evaluation.results.wording import figure_words
from staff.accounts.models import User

AT_ONCE = 500
"""Rows in one statement: SQLite has an upper limit on values."""
Key = tuple[object, ...]


@dataclass
class Difference:
    """A file against the database: new figures, and those among them that stand beside another."""

    created: list[tuple[int, AttainmentResult]] = field(default_factory=list)
    unchanged: int = 0
    beside: list[RowError] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    """Schools that have closed since: their figures are kept."""
    repeated: int = 0
    left: int = 0
    errors: int = 0

    def counts(self) -> dict[str, int]:
        """For the last line of the command, and the audit trail."""
        return {
            "created": len(self.created),
            "unchanged": self.unchanged,
            "beside": len(self.beside),
            "repeated": self.repeated,
            "left_out": self.left,
            "errors": self.errors,
        }

    def __str__(self) -> str:
        return " ".join(f"{name}={number}" for name, number in self.counts().items())


def compare(reading: Reading) -> Difference:
    """What storing would do. Two queries, however long the file."""
    found = Difference(repeated=reading.repeated, left=len(reading.left), errors=len(reading.errors))
    stored, held = _stored({figure.year for _, figure in reading.figures})
    for line, figure in reading.figures:
        if identity(figure) in stored:
            found.unchanged += 1
            continue
        key = _same(figure)
        found.beside.extend(RowError(line, words) for words in _beside(figure, held[key]))
        held[key].append(figure)
        found.created.append((line, figure))
    schools = {figure.school for _, figure in reading.figures if figure.school and not figure.school.is_open}
    found.closed = sorted(school.name for school in schools)
    return found


@transaction.atomic
def store(reading: Reading, *, filename: str, by: User | None) -> Difference:
    """Store what is new, with the file, the row, the person and the time it came by; one audit event for the file."""
    one_after_the_other(TURN)
    found = compare(reading)
    AttainmentResult.objects.bulk_create(_with_origin(found.created, filename, by, timezone.now()), AT_ONCE)
    if found.created:
        said = {"file": filename, "year": reading.year, **found.counts()}
        audit.record("results: imported", None, by=by, after=said)
    return found


def _with_origin(
    rows: Iterable[tuple[int, AttainmentResult]], filename: str, by: User | None, now: datetime
) -> Iterator[AttainmentResult]:
    for line, figure in rows:
        figure.file_name, figure.file_row = filename[:200], line
        figure.entered_by, figure.entered_at = by, now
        yield figure


def _stored(years: set[int]) -> tuple[set[Key], dict[Key, list[AttainmentResult]]]:
    """What is there of these years: as it is stored once, and by what it is of."""
    once: set[Key] = set()
    held: dict[Key, list[AttainmentResult]] = defaultdict(list)
    for row in AttainmentResult.objects.filter(year__in=years).order_by("pk"):
        once.add(identity(row))
        held[_same(row)].append(row)
    return once, held


def _same(row: AttainmentResult) -> Key:
    return identity(row)[:5]


def _beside(figure: AttainmentResult, others: list[AttainmentResult]) -> Iterator[str]:
    """That a figure differs from one that is there, or comes from another row of the file."""
    for other in others:
        if other.value != figure.value:
            where = f"from {other.get_source_display()}" if other.pk else "from another row of this file"
            yield (
                f"{figure}: {figure_words(figure.value, figure.unit)} stands beside "
                f"{figure_words(other.value, other.unit)} {where}. Decide which one counts."
            )
            return

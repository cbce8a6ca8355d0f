"""What came of the placements that were concluded in a period: how far their objectives were reached (R-15.16, R-14.9).

What counts is what the evaluation of each placement says: the school's word, else the AST's. Sums without names.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from astcoord.core.suppression import SMALLEST_GROUP
from astcoord.core.wording import counted
from astcoord.core.words import say_later
from evaluation.evaluations.lifecycle import (
    EVALUATION_ANSWERED,
    AskedOf,
    EvaluationKind,
    EvaluationStatus,
    Reached,
)
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.reviews.wording import CONTRIBUTION
from placements.deployment.reads.chosen import Chosen
from placements.deployment.reads.periods import Period
from placements.deployment.reads.rows import Row, described, priority_labels
from placements.placement.models import Objective, Placement
from schools.register.lifecycle import Phase
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject
from staff.figures.reads.sheets import Cell, Sheet, Table

TITLE = "What came of it"
UNANSWERED = ""
WORDS = {**{str(code): str(label) for code, label in Reached.choices}, UNANSWERED: "Not answered"}
SUBJECTS, PHASES = dict(Subject.choices), dict(Phase.choices)
NOTE = say_later(
    "Counted are placements whose final evaluation the co-ordinator concluded in the period; of each objective what "
    "the host school says, or else the AST."
)
FEW = say_later("Fewer than three placements were concluded. What came of them is not shown.")
"""The report leaves the office: to officers, and to the forum (section G)."""
PART = "Told of the whole authority alone: from a part of it a small group could be worked out."
SOME = say_later("Not shown by {}: one has fewer than three placements, and could be worked out.")
FINAL = Evaluation.objects.filter(kind=EvaluationKind.FINAL)
Found = list[tuple[Row, Counter[str]]]


def sheet(reader: User, period: Period | None, chosen: Chosen, words: Sequence[tuple[str, str]]) -> Sheet:
    """All objectives, and those by subject and by phase. Seven queries."""
    if chosen.any:
        return Sheet(name="outcomes", title=TITLE, tables=(), notes=(CONTRIBUTION,), empty=PART)
    found = concluded(reader, period) if period else []
    few = 0 < len(found) < SMALLEST_GROUP
    tables = () if few else tuple(_tables(found))
    name = period.name if period else "no school year is entered"
    return Sheet(
        name=f"outcomes-{period.slug}" if period else "outcomes",
        title=TITLE,
        tables=tables,
        chosen=tuple(words),
        lead=f"{counted(len(found), 'placement')} concluded." if found else "",
        notes=(NOTE, CONTRIBUTION) if found else (CONTRIBUTION,),
        empty=FEW if few else f"No evidence yet: no final evaluation was concluded in this period ({name}).",
    )


def concluded(reader: User, period: Period) -> Found:
    """Each placement concluded in a period that this person may count, with its objectives by what is said of them."""
    placed = concluded_between(reader, period.first, period.last)
    rows = described(placed, {}, priority_labels())
    said, agreed = said_of(placed), _objectives(placed)
    return [(row, Counter(said.get(pk, UNANSWERED) for pk in agreed.get(row.pk, ()))) for row in rows]


def concluded_between(reader: User, first: date, last: date) -> QuerySet[Placement]:
    """Placements that this person may count and whose final evaluation was accepted on a day from first to last."""
    span = [timezone.make_aware(datetime.combine(*at)) for at in ((first, time.min), (last, time.max))]
    closing = FINAL.filter(
        asked_of=AskedOf.COORDINATOR, status=EvaluationStatus.ACCEPTED, accepted_at__range=(span[0], span[1])
    )
    return Placement.objects.visible_to(reader).filter(pk__in=closing.values("placement"))


def _objectives(placed: QuerySet[Placement]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = Objective.objects.filter(placement__in=placed.order_by().values("pk")).order_by()
    for placement, objective in rows.values_list("placement_id", "pk"):
        found.setdefault(placement, []).append(objective)
    return found


def said_of(placed: QuerySet[Placement]) -> dict[int, str]:
    """By objective: the host head's word where that form is handed in, else the AST's; as `evaluations.outcome`.

    Two queries.
    """
    answered = FINAL.filter(status__in=EVALUATION_ANSWERED, placement__in=placed.order_by().values("pk"))
    schools = set(answered.filter(asked_of=AskedOf.HOST_HEAD).values_list("placement_id", flat=True))
    rows = ObjectiveReached.objects.filter(evaluation__in=answered.values("pk")).order_by()
    columns = ("objective_id", "reached", "evaluation__asked_of", "evaluation__placement_id")
    return {
        objective: reached
        for objective, reached, party, placement in rows.values_list(*columns)
        if party == (AskedOf.HOST_HEAD if placement in schools else AskedOf.AST)
    }


def _tables(found: Found) -> Iterable[Table]:
    whole = _sum(found)
    if not whole.total():
        return
    by = {
        "subject": _by("subject", found, lambda row: str(SUBJECTS[row.subject])),
        "phase": _by("phase", found, lambda row: str(PHASES[row.phase])),
    }
    yield Table(
        code="csv",
        title="How far objectives were reached",
        header=("Objectives", "Number", "Share"),
        rows=tuple((label, whole[code], _share(whole[code], whole)) for code, label in WORDS.items() if whole[code]),
        total=("All", whole.total(), "100%"),
        note=" ".join(SOME.format(what) for what, table in by.items() if table is None),
    )
    yield from (table for table in by.values() if table)


def _share(part: int, whole: Counter[str]) -> str:
    return f"{round(100 * part / whole.total())}%"


def _sum(found: Iterable[tuple[Any, Counter[str]]]) -> Counter[str]:
    whole: Counter[str] = Counter()
    for _, counts in found:
        whole += counts
    return whole


def _by(code: str, found: Found, what: Callable[[Row], str]) -> Table | None:
    """None where a group is so small that it would tell of one placement (section G)."""
    groups: dict[str, list[Counter[str]]] = {}
    for row, counts in found:
        groups.setdefault(what(row), []).append(counts)
    if min(map(len, groups.values())) < SMALLEST_GROUP:
        return None
    sums = [(label, sum(counts, Counter())) for label, counts in groups.items()]
    ordered = sorted(sums, key=lambda pair: (-pair[1].total(), pair[0]))
    return Table(
        code=code,
        title=f"Objectives by {code}",
        header=(code.capitalize(), "Objectives", *WORDS.values()),
        rows=tuple(_line(label, counts) for label, counts in ordered if counts.total()),
        total=_line("All", _sum(found)),
    )


def _line(label: str, counts: Counter[str]) -> tuple[Cell, ...]:
    return (label, counts.total(), *(counts[code] for code in WORDS))

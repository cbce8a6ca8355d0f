"""Placements and their days in a period, one by one, and what they come to (R-14.1, R-14.2).

Everything is summed from one list of placements, so that totals always match the rows. An authority has thousands: rows
are narrow, and days are counted in quarters.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.db.models import Sum as SumOf

from astcoord.core.plain_rows import iso, plain, raw
from astcoord.core.words import say
from placements.allocation.problem import days as in_days
from placements.allocation.problem import quarters
from placements.days.models import LedgerEntry
from placements.deployment.reads.chosen import Chosen, Standings, by_key
from placements.deployment.reads.periods import Period
from placements.placement.lifecycle import PLACEMENT_OVER, PLACEMENT_UNDER_CONTRACT
from placements.placement.models import Placement
from placements.priorities.models import Priority
from staff.accounts.models import User
from staff.accounts.permissions import is_office

COUNTS = PLACEMENT_UNDER_CONTRACT | set(PLACEMENT_OVER)
UNLINKED, UNSAID = "none", "unsaid"
"""Codes beside the priorities' own keys: it serves none, and says why; nobody has said yet."""
Kind = LedgerEntry.Kind
Taken = tuple[int, int]
"""Quarters of a day: under contract or with a date, and delivered."""


class Row(NamedTuple):
    """One placement by codes; `why_none` where it is linked to no priority, for the office: others read sums."""

    pk: int
    ast: str
    host: str
    host_id: int
    subject: str
    phase: str
    cluster_id: int | None
    cluster: str
    standing: tuple[str, ...]
    needs: tuple[str, ...]
    served: tuple[str, ...]
    why_none: str
    taken: int
    given: int

    @property
    def reference(self) -> str:
        return f"P{self.pk:05d}"

    @property
    def days(self) -> Decimal:
        """Under contract, or with a date in a part of a year."""
        return in_days(self.taken)

    @property
    def delivered(self) -> Decimal:
        return in_days(self.given)


TAKEN, GIVEN = attrgetter("taken"), attrgetter("given")


def priority_labels() -> dict[int, str]:
    """The authority's priorities by id, in the order of the list. One query."""
    return {each.pk: str(each) for each in Priority.objects.all()}


def rows(period: Period, chosen: Chosen, reader: User, labels: Mapping[int, str]) -> list[Row]:
    """Placements with days in a period that this person may count, by school. Four queries."""
    sums = _sums(period)
    mine = Placement.objects.visible_to(reader).filter(status__in=COUNTS)
    placed = mine.filter(pk__in=_entries(period).values("placement"))
    found = described(placed, sums, labels, why=is_office(reader))
    counted = [row for row in found if row.taken > 0 or row.given > 0]
    return [row for row in counted if chosen.takes(row)] if chosen.any else counted


def _entries(period: Period) -> QuerySet[LedgerEntry]:
    """The entries of a period: of a year what belongs to it, of a part what has its date there."""
    kinds = (Kind.CONTRACT if period.whole else Kind.PLAN, Kind.DELIVERY)
    when = Q(year=period.year) if period.whole else Q(on__range=(period.first, period.last))
    return LedgerEntry.objects.filter(when, kind__in=kinds, placement__isnull=False).order_by()


def _sums(period: Period) -> dict[int, Taken]:
    """By placement, in one query."""
    delivered = Q(kind=Kind.DELIVERY)
    found = _entries(period).values_list("placement_id")
    sums = found.annotate(a=SumOf("days", filter=~delivered), b=SumOf("days", filter=delivered))
    return {pk: (quarters(taken or 0), quarters(given or 0)) for pk, taken, given in plain(sums)}


def described(
    placed: QuerySet[Placement], sums: Mapping[int, Taken], labels: Mapping[int, str], *, why: bool = False
) -> list[Row]:
    """Placements by codes, by school. Three queries."""
    linked = by_key(_links(), labels)
    standings, kinds = Standings(), Kinds()
    columns = (
        *("pk", "post__user__name", "host__name", "host_id", "subject", "host__phase", "host__cluster_id"),
        *("host__cluster__name", raw("request__evidence_kinds"), iso("starts_on"), iso("created_at")),
        *("no_priority_reason", "host__name_key"),
    )
    found = []
    for row in plain(placed.order_by("host__name_key", "pk").values_list(*columns)):
        pk, ast, host, host_id, subject, phase, cluster_id, cluster, needs, first, made, reason, _ = row
        reason = reason.strip()
        found.append(
            Row(
                *(pk, ast, host, host_id, subject, phase, cluster_id, cluster or "No cluster"),
                standings.on(host_id, (first or made)[:10]),
                kinds[needs],
                linked.get(pk) or (UNLINKED if reason else UNSAID,),
                reason if why and pk not in linked else "",
                *sums.get(pk, (0, 0)),
            )
        )
    return found


class Kinds(dict[str, tuple[str, ...]]):
    """Sets of codes as they are stored, and what they hold: the same few come again and again."""

    def __missing__(self, stored: str) -> tuple[str, ...]:
        self[stored] = tuple(stored.strip("|").split("|"))
        return self[stored]


def _links() -> Iterable[tuple[Any, ...]]:
    """Of all placements: they are two numbers each, and looking for whose they are costs more."""
    through: Any = Placement.priorities.through
    return plain(through.objects.values_list("placement_id", "priority_id"))


@dataclass(frozen=True)
class Sum:
    """What placements come to; a line of a table, or its total. `code` is what the line is of."""

    label: str
    placements: int = 0
    taken: int = 0
    given: int = 0
    code: Any = None

    @property
    def days(self) -> Decimal:
        return in_days(self.taken)

    @property
    def delivered(self) -> Decimal:
        return in_days(self.given)


def total(found: Iterable[Row]) -> Sum:
    """All of them, each once."""
    listed = list(found)
    words = say("All of these placements, each counted once")
    return Sum(words, len(listed), sum(map(TAKEN, listed)), sum(map(GIVEN, listed)))


def days_by(
    found: Iterable[Row], what: Callable[[Row], Any], label: Callable[[Any], str], *, many: bool = False
) -> list[Sum]:
    """Placements and days by something, the most days first, under the `label` of each code.

    Of `many` codes of one row each counts in full.
    """
    together: dict[Any, list[Row]] = defaultdict(list)
    for row in found:
        together[what(row)].append(row)
    if many:
        together = _each_alone(together)
    made = [
        Sum(label(code), len(listed), sum(map(TAKEN, listed)), sum(map(GIVEN, listed)), code)
        for code, listed in together.items()
    ]
    return sorted(made, key=lambda each: (-each.taken, each.label))


def _each_alone(together: Mapping[tuple[Any, ...], Sequence[Row]]) -> dict[Any, list[Row]]:
    """What is under several codes at once, under each of them."""
    alone: dict[Any, list[Row]] = defaultdict(list)
    for codes, listed in together.items():
        for code in codes:
            alone[code] += listed
    return alone


def counted_twice(found: Iterable[Row]) -> int:
    """Placements on more than one priority: the days by priority come to more than the total."""
    return sum(len(row.served) > 1 for row in found)

"""How ASTs' days are spread over priorities, needs and schools in one school year (R-14.1, R-14.2).

Everything is summed from one list of placements, so that totals always match the rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, When

from astcoord.core import shown
from astcoord.core.models.policy import Policy
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.placement.lifecycle import PLACEMENT_OVER, PLACEMENT_UNDER_CONTRACT, PlacementStatus
from placements.placement.models import Placement
from placements.priorities.reads import NO_PRIORITY, NONE_SAID
from schools.calendar.models import AcademicYear
from schools.register.lifecycle import Category, Programme
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.posts.models import Post

COUNTS = PLACEMENT_UNDER_CONTRACT | set(PLACEMENT_OVER)
NOTHING = "Neither category nor programme"
UNLINKED, UNSAID = "none", "unsaid"
"""Codes beside the priorities' own keys: it serves none, and says why; nobody has said yet."""
ZERO = Decimal(0)
Kind = LedgerEntry.Kind


@dataclass(frozen=True)
class Row:
    """One placement with days under contract or delivered in the year; `why_none` where it is linked to no priority,
    for the office: officers read sums (section G)."""

    reference: str
    pk: int
    ast: str
    host: str
    subject: str
    subject_code: str
    phase: str
    phase_code: str
    standing: str
    standing_codes: frozenset[str]
    cluster: str
    cluster_id: int | None
    priorities: tuple[str, ...]
    priority_codes: frozenset[str]
    why_none: str
    days: Decimal
    delivered: Decimal


@dataclass(frozen=True)
class Chosen:
    """What the page is narrowed to; empty means all."""

    priority: str = ""
    subject: str = ""
    phase: str = ""
    standing: str = ""
    cluster: str = ""

    def takes(self, row: Row) -> bool:
        return (
            self.subject in ("", row.subject_code)
            and self.phase in ("", row.phase_code)
            and (not self.standing or self.standing in row.standing_codes)
            and self.cluster in ("", str(row.cluster_id or ""))
            and (not self.priority or self.priority in row.priority_codes)
        )

    def takes_school(self, school: School) -> bool:
        """What of it can be asked of a school alone."""
        return self.phase in ("", school.phase) and self.cluster in ("", str(school.cluster_id or ""))


def rows(year: AcademicYear, chosen: Chosen, reader: User) -> list[Row]:
    """Placements with days under contract or delivered in a year, by school; five queries at most."""
    under = Q(ledger__kind__in=(Kind.CONTRACT, Kind.DELIVERY), ledger__year=year)
    found = (
        Placement.objects.filter(under, status__in=COUNTS)
        .distinct()
        .select_related("post__user", "host__cluster")
        .prefetch_related("host__statuses", "priorities")
        .order_by("host__name_key", "pk")
    )
    sums = _sums(year)
    made = (
        _row(placement, sums[placement.pk], why=is_office(reader)) for placement in shown.all_shown_to(reader, found)
    )
    return [row for row in made if (row.days > 0 or row.delivered > 0) and chosen.takes(row)]


def _sums(year: AcademicYear) -> dict[int, dict[str, Decimal]]:
    """Days under contract and delivered, by placement and kind."""
    entries = year.ledger.filter(kind__in=(Kind.CONTRACT, Kind.DELIVERY)).order_by()
    found: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for placement, kind, days in entries.values_list("placement_id", "kind", "days"):
        found[placement][kind] += days
    return found


def _row(placement: Placement, days: dict[str, Decimal], *, why: bool) -> Row:
    host = placement.host
    on = placement.starts_on or placement.created_at.date()
    category, programmes = host.category_on(on), host.programmes_on(on)
    labels = {**dict(Category.choices), **dict(Programme.choices)}
    codes = [code for code in (category, *programmes) if code]
    served, why_none = list(placement.priorities.all()), placement.no_priority_reason.strip()
    other = (UNLINKED, NO_PRIORITY) if why_none else (UNSAID, NONE_SAID)
    return Row(
        reference=placement.reference,
        pk=placement.pk,
        ast=placement.post.name,
        host=host.name,
        subject=placement.get_subject_display(),
        subject_code=placement.subject,
        phase=host.get_phase_display(),
        phase_code=host.phase,
        standing=", ".join(str(labels.get(code, code)) for code in codes) or NOTHING,
        standing_codes=frozenset(codes or ["none"]),
        cluster=host.cluster.name if host.cluster else "No cluster",
        cluster_id=host.cluster_id,
        priorities=tuple(map(str, served)) or other[1:],
        priority_codes=frozenset([str(each.pk) for each in served] or other[:1]),
        why_none=why_none if why and not served else "",
        days=days[Kind.CONTRACT],
        delivered=days[Kind.DELIVERY],
    )


@dataclass(frozen=True)
class Sum:
    """What placements come to; a line of a table, or its total."""

    label: str
    placements: int = 0
    days: Decimal = ZERO
    delivered: Decimal = ZERO

    def with_(self, row: Row) -> "Sum":
        return Sum(self.label, self.placements + 1, self.days + row.days, self.delivered + row.delivered)


def total(found: Iterable[Row]) -> Sum:
    """All of them, each once."""
    made = Sum("All of these placements, each counted once")
    for row in found:
        made = made.with_(row)
    return made


def days_by(found: Iterable[Row], what: Callable[[Row], Iterable[str]]) -> list[Sum]:
    """Placements and days by something, the most days first. A row counts in full under each label that it has."""
    sums: dict[str, Sum] = {}
    for row in found:
        for label in what(row):
            sums[label] = sums.get(label, Sum(label)).with_(row)
    return sorted(sums.values(), key=lambda each: (-each.days, each.label))


def counted_twice(found: Iterable[Row]) -> int:
    """Placements on more than one priority: the days by priority come to more than the total."""
    return sum(len(row.priorities) > 1 for row in found)


def served(policy: Policy) -> list[Any]:
    """Open schools of the kinds served, by name, with whether ever `supported`; one query."""
    mine = Placement.objects.filter(host=OuterRef("pk"))
    helped = Exists(mine.filter(status__in=COUNTS - {PlacementStatus.CLOSED}))
    done = Exists(mine.filter(Q(outreach_days__status="done") | Q(days_before__gt=0)))
    found = School.objects.served(policy).annotate(supported=Case(When(helped | done, then=True), default=False))
    return list(found.order_by("name_key"))


def never_supported(schools: Iterable[Any], chosen: Chosen | None = None) -> list[School]:
    """Those of `served` that have never had a placement under contract, nor a day."""
    never = (school for school in schools if not school.supported)
    return [school for school in never if chosen is None or chosen.takes_school(school)]


def use_of_budgets(year: AcademicYear) -> list[tuple[str, Any]]:
    """Each AST in post in any part of the year beside the year's balance, the least used first; three queries."""
    posts = list(Post.objects.in_post_between(year.starts_on, year.ends_on).select_related("user"))
    found = ledger.balances((p.pk for p in posts), year)
    pairs = [(post.name, found[post.pk]) for post in posts if post.pk in found]
    return sorted(pairs, key=lambda pair: (-pair[1].remaining, pair[0]))

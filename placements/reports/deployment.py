"""How ASTs' days are spread over priorities, needs and schools in one school year (R-14.1 to R-14.3).

Everything is summed from one list of placements, so that totals always match the rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from astcoord.core.models import Policy
from placements import ledger
from placements.lifecycle import PLACEMENT_UNDER_CONTRACT, PlacementStatus
from placements.models import Placement
from placements.rules import share
from schools.lifecycle import Category, Programme
from schools.models import AcademicYear, School
from staff.lifecycle import PostStatus
from staff.models import Post

COUNTS = PLACEMENT_UNDER_CONTRACT | {PlacementStatus.COMPLETED, PlacementStatus.ENDED_EARLY, PlacementStatus.CLOSED}
NO_PRIORITY = "No priority named"
NOTHING = "Neither category nor programme"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Row:
    """One placement with days under contract in the year."""

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
    priority: str
    days: Decimal


@dataclass(frozen=True)
class Chosen:
    """What the page is narrowed to; empty means all."""

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
        )


def rows(year: AcademicYear, chosen: Chosen) -> list[Row]:
    """Placements with days under contract in a year, by school; three queries."""
    under = Q(ledger__kind="contract", ledger__year=year)
    found = (
        Placement.objects.filter(under, status__in=COUNTS)
        .distinct()
        .select_related("post__user", "host__cluster")
        .prefetch_related("host__statuses")
        .order_by("host__name", "pk")
    )
    claimed = _claimed(year)
    made = (_row(placement, claimed.get(placement.pk, ZERO)) for placement in found)
    return [row for row in made if row.days > 0 and chosen.takes(row)]


def _claimed(year: AcademicYear) -> dict[int, Decimal]:
    """Days under contract by placement."""
    entries = year.ledger.filter(kind="contract").order_by().values_list("placement_id", "days")
    found: dict[int, Decimal] = defaultdict(Decimal)
    for placement, days in entries:
        found[placement] += days
    return found


def _row(placement: Placement, days: Decimal) -> Row:
    host = placement.host
    on = placement.starts_on or placement.created_at.date()
    category, programmes = host.category_on(on), host.programmes_on(on)
    labels = {**dict(Category.choices), **dict(Programme.choices)}
    codes = [code for code in (category, *programmes) if code]
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
        priority=placement.programme.strip() or NO_PRIORITY,
        days=days,
    )


def days_by(found: Iterable[Row], what: Callable[[Row], str]) -> list[tuple[str, int, Decimal]]:
    """Placements and days by something, the most days first; each placement counts once."""
    sums: dict[str, list[Any]] = defaultdict(lambda: [0, ZERO])
    for row in found:
        sums[what(row)][0] += 1
        sums[what(row)][1] += row.days
    return sorted(((label, n, days) for label, (n, days) in sums.items()), key=lambda r: (-r[2], r[0]))


def never_supported(policy: Policy) -> list[School]:
    """Open schools of the kinds served that have never had a placement under contract; one query."""
    helped = Placement.objects.filter(status__in=COUNTS - {PlacementStatus.CLOSED}).values("host")
    done = Placement.objects.filter(outreach_days__status="done").values("host")
    return list(School.objects.served(policy).exclude(pk__in=helped).exclude(pk__in=done).order_by("name"))


def use_of_budgets(year: AcademicYear) -> list[tuple[str, Any]]:
    """Each AST in post beside the year's balance, the least used first; two queries."""
    posts = list(Post.objects.in_post().select_related("user"))
    found = ledger.balances((p.pk for p in posts), year)
    pairs = [(post.name, found[post.pk]) for post in posts if post.pk in found]
    return sorted(pairs, key=lambda pair: (-pair[1].remaining, pair[0]))


def shares(policy: Policy, today: date) -> list[tuple[str, int, int, str]]:
    """ASTs in post as a share of teachers: all schools, then by phase; advisory (R-14.3). One query."""
    in_post = Count("posts", filter=Q(posts__status=PostStatus.IN_POST), distinct=True)
    found = School.objects.served(policy).annotate(asts=in_post).values_list("phase", "asts", "teacher_count")
    phases = dict(School._meta.get_field("phase").flatchoices)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for phase, asts, teachers in found:
        for label in ("All schools", str(phases.get(phase, phase))):
            sums[label][0] += asts
            sums[label][1] += teachers or 0
    order = sorted(sums, key=lambda label: (label != "All schools", label))
    return [(label, asts, teachers, share.words(asts, teachers)) for label in order for asts, teachers in [sums[label]]]

"""How many places there are, sums for officers, and the card on an AST’s page (R-2.16, section G)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from astcoord.core import policy
from astcoord.core.wording import pounds
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.reads.posts import Card
from staff.secondments.lifecycle import RUNNING, ProposalStatus
from staff.secondments.models import GrantStatement, Proposal

FEW = 3
"""Fewer than so many are not told apart in sums (section G)."""


@dataclass(frozen=True)
class Places:
    """How many there may be, how many are taken, who waits longest."""

    most: int
    taken: int
    first: Proposal | None

    @property
    def free(self) -> int:
        return max(self.most - self.taken, 0)


def places(most: int) -> Places:
    """How many places there are, and who waits longest. Two queries."""
    taken = Proposal.objects.taking_a_place().count()
    return Places(most, taken, Proposal.objects.waiting().select_related("school").first())


def sums() -> list[tuple[str, str]]:
    """What officers may know: how many, and how much was paid, without names; small numbers are not told apart."""
    counts = Proposal.objects.aggregate(
        proposed=Count("pk", filter=~Q(status__in=[ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN])),
        waiting=Count("pk", filter=Q(status=ProposalStatus.WAITING)),
        running=Count("pk", filter=Q(status__in=RUNNING)),
        passed=Count("pk", filter=Q(status__in=RUNNING, secondment__post__passed_on__isnull=False)),
    )
    lines = [
        ("Proposals received", _shown(counts["proposed"])),
        ("On the waiting list", _shown(counts["waiting"])),
        ("Seconded now", _shown(counts["running"])),
        ("Of these, assessment passed", _shown(counts["passed"])),
    ]
    return [*lines, *_paid()]


def _paid() -> list[tuple[str, str]]:
    """Grants paid in each school year, where enough secondments had one."""
    paid = GrantStatement.objects.filter(paid_on__isnull=False).order_by("term__year__starts_on")
    years = paid.values("term__year__slug").annotate(many=Count("secondment", distinct=True), amount=Sum("amount"))
    return [
        (f"Grants paid for {row['term__year__slug']}", pounds(row["amount"]) if row["many"] >= FEW else UNDER)
        for row in years
    ]


UNDER = f"Fewer than {FEW} schools: not shown"


def _shown(count: int) -> str:
    return str(count) if count == 0 or count >= FEW else f"Fewer than {FEW}"


def card(post: Post, user: User, today: date) -> Iterable[Card]:
    """On an AST’s page: the way to the secondment, for whoever may read it. One query."""
    if not policy.in_force(today).secondments:
        return
    for row in Proposal.objects.visible_to(user).filter(secondment__post=post).select_related("secondment"):
        held = row.secondment
        facts = [("State", row.get_status_display()), ("From", held.starts_on), ("Until", held.ends_on)]
        yield Card("Secondment", facts, (("See the secondment", row.get_absolute_url()),))

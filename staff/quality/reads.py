"""What QA visits say on their own page and on an AST’s page; who may visit whom; the coverage (R-3.7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from astcoord.core import policy
from astcoord.core.roles import Role
from astcoord.core.words import say, say_later
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.reads.posts import Card
from staff.quality import permissions
from staff.quality.lifecycle import WRITTEN, QaKind, QaStatus
from staff.quality.models import QaVisit
from staff.quality.querysets import with_coverage

Rows = list[tuple[str, Any]]
UNREAD = {
    "keeper": "Not written up yet",
    "ast": "You can read the report once it is shared with you",
    "head": say_later("You can read the report if the AST agrees"),
}


@dataclass(frozen=True)
class QaPage:
    """One visit, as far as this reader reads it."""

    facts: Rows
    report: Rows
    unread: str
    may_keep: bool
    may_comment: bool


def qa_page(visit: QaVisit, user: User) -> QaPage:
    """The plan for everybody who sees the visit, the report for those who read it (section G*)."""
    keeps, reads = permissions.can_keep(user, visit), permissions.reads_report(user, visit)
    who = "keeper" if keeps else "ast" if permissions.can_comment(user, visit) else "head"
    return QaPage(
        facts=[
            (say("AST"), visit.post.name),
            ("School", visit.post.home.name),
            ("What is looked at", visit.get_kind_display()),
            ("Day", visit.on),
            ("Visitor", visit.visitor.name),
        ],
        report=_report(visit) if reads else [],
        unread="" if reads or visit.status == QaStatus.CANCELLED else UNREAD[who],
        may_keep=keeps,
        may_comment=visit.status == QaStatus.SHARED and who == "ast",
    )


def _report(visit: QaVisit) -> Rows:
    rows: Rows = [
        ("Outcome", visit.outcome),
        ("What was good", visit.strengths),
        ("What is to be done", visit.actions),
    ]
    if visit.status in (QaStatus.COMMENTED, QaStatus.CLOSED):
        head = "May read this report" if visit.head_may_read else "May not read this report"
        rows += [(say("The AST’s comment"), visit.comment or "No comment"), (say("The AST’s headteacher"), head)]
    return rows


def card(post: Post, user: User, today: date) -> Iterator[Card]:
    """QA visits, without any outcome, for those who may see them. Two queries at most."""
    if not policy.in_force(today).qa_visits:
        return
    visits = QaVisit.objects.visible_to(user).filter(post=post).order_by("-on", "-pk")[:6]
    links = [(f"QA visit: {visit}", visit.get_absolute_url()) for visit in visits]
    rows: Rows = [(str(visit), visit.get_status_display()) for visit in visits]
    if permissions.can_visit(user, post) and post.is_in_post(today):
        links.append(("Plan a QA visit", reverse("staff:qa_visit_plan", args=[post.pk])))
        rows = rows or [("Visits", "None planned yet")]
    if rows:
        yield Card("QA visits", rows, tuple(links))


def newest_outcomes(user: User) -> dict[int, str]:
    """By post, what the newest report on teaching says; an officer, who reads sums only, counts all (R-3.6).

    A consultant counts those of the group. One query.
    """
    officer = user.has_role(Role.OFFICER)
    visits = QaVisit.objects.all() if officer else QaVisit.objects.visible_to(user)
    written = visits.filter(kind=QaKind.TEACHING, status__in=WRITTEN).order_by("on", "pk")
    return dict(written.values_list("post_id", "outcome"))


@dataclass(frozen=True)
class Coverage:
    """R-3.7: who has not been visited for both kinds, and of how many. `turn` says whose turn it is."""

    posts: QuerySet[Post]
    turn: str
    visited: int
    asts: int


def coverage(user: User, since: date, today: date) -> Coverage:
    """All secondary ASTs come first, for both kinds; then those of the other phases. Three queries.

    Counted are visits on or after `since` that took place; of these `posts` are the ASTs without one of either kind.
    """
    posts = with_coverage(Post.objects.in_post(today).led_by(user), QaVisit.objects.filter(on__gte=since))
    missing = posts.exclude(teaching=True, outreach=True)
    secondary = missing.filter(turn=0).exists()
    turn = 0 if secondary else 1
    asts = posts.filter(turn=turn).count()
    listed = missing.filter(turn=turn).select_related("user", "home")
    words = say("secondary ASTs") if secondary else say("ASTs of primary and other schools")
    return Coverage(listed, words, asts - listed.count(), asts)

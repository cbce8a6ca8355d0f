"""What only the co-ordinator does with an AST's year: moves days between its uses, says which one a placement draws on
(R-4.2)."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from placements.balances import emails
from placements.balances.reads import alerts, uses
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.days.rules.balance import UNALLOCATED, move_problems
from placements.placement.models import Placement
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.posts.models import Post


@transaction.atomic
def move_days(
    *, post: Post, year: AcademicYear, source: str, target: str, days: Decimal, reason: str, by: User
) -> None:
    """Set days aside for another use; `UNALLOCATED` is no use. The year's budget stays what it is (R-4.2)."""
    if not is_coordinator(by):
        raise PermissionDenied("move days between uses")
    ledger.lock(post)
    found = uses.uses_of(post, year)
    if not found or {source, target} - {each.name for each in found}:
        raise Refused([Problem("The year is not divided like that. Choose again.", "source", "R-4.2", "unknown")])
    refuse(move_problems(found, source=source, target=target, days=days, reason=reason))
    for use, change in ((source, -days), (target, days)):
        if use != UNALLOCATED:
            LedgerEntry.objects.create(
                post=post,
                year=year,
                kind=LedgerEntry.Kind.MOVE,
                category=use,
                days=change,
                on=today(),
                reason=reason.strip()[:250],
                by=by,
            )
    after = {"from": source, "to": target, "days": days}
    audit.record(f"days moved in {year}", post, by=by, reason=reason.strip(), after=after)


def tell_of_alerts(on: date) -> int:
    """Nightly: tell the AST, the home headteacher and the co-ordinator of what is new (N15); how many alerts were.

    One transaction for each AST, and each alert once a term: repeat-safe.
    """
    news = []
    for found in alerts.for_everybody(on):
        with transaction.atomic():
            told = [alert for alert in found.alerts if emails.tell(found, alert)]
        news += [f"{found.post.name}: {alert.title.lower()}. {alert.words}" for alert in told]
    emails.tell_office(news)
    return len(news)


@transaction.atomic
def draw_on(*, placement: Placement, use: str, by: User) -> Placement:
    """Which use of the year a placement draws on: deployment, unless the co-ordinator says another (R-4.2)."""
    if not is_coordinator(by):
        raise PermissionDenied(say("say what a placement draws on"))
    ledger.lock(placement.post)
    known = {name for year in AcademicYear.objects.all() for name in uses.names(year)}
    if use not in known:
        raise Refused([Problem("Select one of the uses of the year", "use", "R-4.2", "unknown")])
    before, placement.category = placement.category, use
    placement.save(update_fields=["category"])
    if before != use:
        audit.record("placement: draws on", placement, by=by, before={"use": before}, after={"use": use})
    return placement

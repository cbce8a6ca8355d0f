"""What of QA visits hangs on accounts that become one, on an AST’s post that ends or moves, on a policy (R-17.7)."""

from collections.abc import Iterator

from astcoord.core import audit, gate
from astcoord.core.consequences import Hanging
from astcoord.core.policy_events import ADOPTING, Adopting
from astcoord.core.words import say
from staff.accounts.events import Merging
from staff.accounts.models import User
from staff.posts.events import LEAVING, MOVING, TAKEN_BACK, Leaving, Moving, TakenBack
from staff.posts.models import Post
from staff.quality import emails
from staff.quality.lifecycle import OPEN, QaStatus
from staff.quality.models import QaVisit
from staff.quality.querysets import QaVisitQuerySet


def register() -> None:
    """Called when the software starts."""
    LEAVING.register("QA visits", of_leaving, carry_leaving, order=75)
    MOVING.register("QA visits", of_moving, carry_moving, order=75)
    TAKEN_BACK.register("QA visits", of_taken_back, carry_taken_back, order=75)
    ADOPTING.register("QA visits", of_adopting, order=30)


def of_adopting(event: Adopting) -> Iterator[Hanging]:
    """Visits that are not closed, where there are to be none (R-16.1). One query."""
    if event.turns("qa_visits", to=False):
        for visit in QaVisit.objects.filter(status__in=[*OPEN, QaStatus.SHARED, QaStatus.COMMENTED]).whole():
            fate = "Nobody can open it from that day. Close or cancel it before."
            yield Hanging(f"{visit.post.name}: {visit}", fate, visit.get_absolute_url(), undecided=True)


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """Visits that are planned for after the last day."""
    for visit in _after(event):
        yield Hanging(f"QA visit: {visit}", "Is cancelled", visit.get_absolute_url())


def carry_leaving(event: Leaving, by: User | None) -> None:
    """They do not take place, and those who were told of them are told."""
    for visit in _after(event):
        emails.cancelled(gate.move(visit, "cancel", by=by, reason=say("The AST’s post ends before")))


def of_taken_back(event: TakenBack) -> Iterator[Hanging]:
    """Visits that are planned to somebody who was not an AST after all."""
    for visit in _planned(event.post):
        yield Hanging(f"QA visit: {visit}", "Is cancelled", visit.get_absolute_url())


def carry_taken_back(event: TakenBack, by: User | None) -> None:
    """There is nobody to visit, and those who were told of it are told."""
    for visit in _planned(event.post):
        emails.cancelled(gate.move(visit, "cancel", by=by, reason="The first day in post was recorded by mistake"))


def of_moving(event: Moving) -> Iterator[Hanging]:
    """Visits that are planned, and reports that the AST lets the headteacher read. Two queries."""
    for visit in _planned(event.post):
        yield Hanging(f"QA visit: {visit}", "Stays planned; the new headteacher is told", visit.get_absolute_url())
    for visit in _agreed(event.post):
        yield Hanging(f"QA visit: {visit}", "The new headteacher does not read the report", visit.get_absolute_url())


def carry_moving(event: Moving, by: User | None) -> None:
    """The AST agreed for the headteacher of that time, and for nobody after (section G*)."""
    for visit in _agreed(event.post):
        visit.head_may_read = False
        visit.save(update_fields=["head_may_read"])
        audit.record("QA visit: not for the headteacher of the new school", visit, by=by)
    for visit in _planned(event.post):
        told = audit.record("QA visit: goes on at the new school", visit, by=by)
        emails.planned(visit, version=told.pk)


def merged(event: Merging) -> Iterator[Hanging]:
    """Visits that the account makes, or has made. One query."""
    for visit in QaVisit.objects.filter(visitor=event.other).whole():
        yield Hanging(f"QA visit to {visit.post.name}: {visit}", "Goes over, with who visits")


def carry_merged(event: Merging, by: User | None) -> None:
    """The visitor is the account that goes on."""
    event.move(QaVisit.objects.filter(visitor=event.other), "visitor")


def _after(event: Leaving) -> QaVisitQuerySet:
    planned = _planned(event.post)
    return planned.filter(on__gt=event.last_day) if event.last_day else planned.none()


def _planned(post: Post) -> QaVisitQuerySet:
    return QaVisit.objects.filter(post=post, status=QaStatus.PLANNED).whole()


def _agreed(post: Post) -> QaVisitQuerySet:
    return QaVisit.objects.filter(post=post, head_may_read=True).whole()

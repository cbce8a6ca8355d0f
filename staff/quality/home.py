"""What QA visits want of visitors and ASTs on the first page, and their entry in the menu."""

from collections.abc import Iterator
from datetime import date

from astcoord.core import calendars, home, policy
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui import navigation
from staff.accounts.models import User
from staff.quality import dates
from staff.quality.lifecycle import OPEN, QaStatus
from staff.quality.models import QaVisit


def register() -> None:
    """What this room puts on the first page and in the menu, where the authority has QA visits."""
    calendars.register(dates.of)
    home.register(tasks=tasks, order=64)
    hint = say("Visits to ASTs’ teaching and outreach")
    for role in (Role.COORDINATOR, Role.CONSULTANT, Role.HEADTEACHER, Role.AST):
        navigation.register(role, "QA visits", "staff:qa_visits", 74, hint=hint, setting="qa_visits")


def tasks(user: User, today: date) -> Iterator[Task]:
    """A visitor what is to be written up and shared, an AST what waits for a comment. One query each."""
    if not user.has_role(Role.COORDINATOR, Role.CONSULTANT, Role.AST) or not policy.in_force(today).qa_visits:
        return
    if user.has_role(Role.COORDINATOR, Role.CONSULTANT):
        mine = QaVisit.objects.visible_to(user).filter(visitor=user, status__in=OPEN, on__lte=today)
        for visit in mine.whole().order_by("on", "pk"):
            yield Task(f"Write up and share the QA visit to {visit.post.name}", visit.get_absolute_url(), due=visit.on)
    if user.has_role(Role.AST):
        for visit in QaVisit.objects.filter(post__user=user, status=QaStatus.SHARED):
            yield Task(f"Comment on the QA visit: {visit}", visit.get_absolute_url())

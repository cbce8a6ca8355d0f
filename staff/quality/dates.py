"""QA visits in people's own calendars (R-18.3): the AST's, the visitor's, and of what is planned the own head's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Q

from astcoord.core import calendars, policy
from astcoord.core.calendars import Entry
from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.quality.lifecycle import QaKind, QaStatus
from staff.quality.models import QaVisit


def of(user: User, today: date) -> Iterator[Entry]:
    """Where the authority has QA visits. One query."""
    roles = (Role.AST, Role.HEADTEACHER, Role.CONSULTANT, Role.COORDINATOR)
    if not user.has_role(*roles) or not policy.in_force(today).qa_visits:
        return
    mine = Q(post__user=user) | Q(visitor=user) | Q(post__home__in=user.schools_as(Role.HEADTEACHER))
    rows = QaVisit.objects.visible_to(user).filter(mine, on__gte=today - calendars.BACK).order_by("on", "pk")
    for visit in rows.select_related("post__user", "post__home"):
        found = entry(visit)
        yield found if visit.post.user_id == user.pk else replace(found, title=f"{found.title}, {visit.post.name}")


def entry(visit: QaVisit) -> Entry:
    """The day, without the AST's name: the office reads what could not be sent (section G*)."""
    return Entry(
        about=visit,
        on=visit.on,
        title=f"QA visit: {visit.get_kind_display().lower()}",
        place=visit.post.home.name if visit.kind == QaKind.TEACHING else "",
        path=visit.get_absolute_url(),
        cancelled=visit.status == QaStatus.CANCELLED,
    )

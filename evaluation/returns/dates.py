"""Return visits in people's own calendars (R-18.3): the AST's and the host school's, and at home the cover."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from astcoord.core import calendars
from astcoord.core.calendars import Entry
from astcoord.core.roles import Role
from astcoord.core.words import say
from evaluation.returns.lifecycle import ReturnStatus
from evaluation.returns.models import ReturnVisit
from staff.accounts.models import User


def of(user: User, today: date) -> Iterator[Entry]:
    """Where the AST goes back, who comes back to a head's school, and when a head's own AST is away. One query."""
    schools = user.schools_as(Role.HEADTEACHER)
    mine = Q(placement__post__user=user) if user.has_role(Role.AST) else Q(pk__in=[])
    away = Q(placement__home__in=schools, days__gt=0)
    rows = ReturnVisit.objects.filter(mine | Q(placement__host__in=schools) | away)
    for visit in rows.filter(visit_on__gte=today - calendars.BACK).with_people().order_by("visit_on", "pk"):
        if visit.visit_on is not None:
            ast = visit.placement.post.user_id == user.pk
            yield entry(visit, visit.visit_on, ast=ast, gone=visit.status == ReturnStatus.CANCELLED)


def entry(visit: ReturnVisit, on: date, *, ast: bool, gone: bool = False) -> Entry:
    """The visit on that day, for the AST or for a school; `gone` takes it out again."""
    placement = visit.placement
    return Entry(
        about=visit,
        on=on,
        title=f"Return visit: {placement.host.name if ast else placement.post.user.name}",
        place=placement.host.name,
        text=f"{say('Placement')} {placement.reference}.",
        path=visit.get_absolute_url(),
        sure=visit.status != ReturnStatus.SCHEDULED,
        cancelled=gone,
        busy=ast,
    )

"""Whether the host school has still to confirm days (R-18.5)."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.urls import reverse
from django.utils.timezone import localdate

from astcoord.core import waiting
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.waiting import Kind, Wait
from astcoord.core.wording import counted
from placements.days.models import OutreachDay
from placements.days.permissions import can_plan_day
from placements.placement.models import Placement
from staff.accounts.reads import heads_or_school


def register() -> None:
    waiting.register(
        Kind(
            code="days",
            model=Placement,
            rows=lambda user: Placement.objects.visible_to(user).with_people(),
            waits=_waits,
            may=can_plan_day,
            page=lambda placement, _: placement.get_absolute_url(),
        )
    )


def _waits(placement: Placement) -> Iterator[Wait]:
    """One for all days to come that wait; since the day on which the first of them was planned, or last changed.

    A page that has asked already whether there are any (`has_days_to_confirm`) is not made to ask again.
    """
    if not getattr(placement, "has_days_to_confirm", True):
        return
    planned = placement.outreach_days.to_confirm(today()).order_by("on")
    days = dict(planned.values_list("pk", "on"))
    if not days:
        return
    about = ContentType.objects.get_for_model(OutreachDay)
    told = AuditEvent.objects.filter(about_type=about, about_id__in=list(days)).order_by()
    last = [row["last"] for row in told.values("about_id").annotate(last=Max("at"))]
    yield Wait(
        party="host_head",
        who="the host headteacher",
        since=localdate(min(last)) if last else today(),
        what=f"a yes to {counted(len(days), 'outreach day')} of {placement.post.user.name}",
        wanted="Confirm the days on which you expect the visit",
        path=reverse("placements:days_confirm"),
        readers=tuple(heads_or_school(placement.host, today())),
        by=min(days.values()),
        before=True,
    )

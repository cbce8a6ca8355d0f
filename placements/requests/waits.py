"""Whether a headteacher has still to confirm what somebody else asked for (R-5.7, R-18.5)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate

from astcoord.core import waiting
from astcoord.core.clock import today
from astcoord.core.models.history import Transition
from astcoord.core.waiting import Kind, Wait
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.accounts.reads import heads_or_school


def register() -> None:
    waiting.register(
        Kind(
            code="request",
            model=OutreachRequest,
            rows=lambda user: OutreachRequest.objects.visible_to(user).select_related("host"),
            waits=_waits,
            may=_may,
            page=lambda request, _: request.get_absolute_url(),
        )
    )


def _may(user: User, request: OutreachRequest) -> bool:
    """The office, and whoever asked for the school."""
    return is_office(user) or request.created_by_id == user.pk


def _waits(request: OutreachRequest) -> Iterator[Wait]:
    if request.status != RequestStatus.AWAITING_CONFIRMATION:
        return
    asked = Transition.objects.about(request).filter(target=RequestStatus.AWAITING_CONFIRMATION).last()
    yield Wait(
        party="host_head",
        who=f"the headteacher of {request.host.name}",
        since=localdate(asked.at if asked else request.created_at),
        what=f"a yes to request {request.reference}, {request.get_subject_display()}",
        wanted="Check the request, and confirm it or change it",
        path=reverse("placements:request_check", args=[request.pk]),
        readers=tuple(heads_or_school(request.host, today())),
    )

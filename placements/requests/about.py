"""What a request is about, as its own page and others show it (R-20.11)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.ui import about
from astcoord.ui.about import Line
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from schools.register.about import line_of as school_line
from staff.accounts.models import User
from staff.accounts.permissions import heads
from staff.accounts.querysets import OFFICE_AND_OFFICER, is_in_group


def register() -> None:
    about.register(OutreachRequest, _of_request, order=10)


def line_of(request: OutreachRequest, user: User) -> Line:
    """One that was sent; one query, none for its head, its consultant, and office and officers, who read all."""
    opens = user.has_role(*OFFICE_AND_OFFICER) or heads(user, request.host_id)
    opens = opens or (request.status != RequestStatus.DRAFT and is_in_group(user, [request.subject], request, "host"))
    opens = opens or OutreachRequest.objects.visible_to(user).filter(pk=request.pk).exists()
    url = reverse("placements:request_detail", args=[request.pk]) if opens else ""
    return Line("Request", f"{request.reference}, {request.get_subject_display().lower()}", url)


def _of_request(request: OutreachRequest, user: User) -> Iterator[Line]:
    if request.status != RequestStatus.DRAFT:
        yield line_of(request, user)
    yield school_line("School", request.host, user)

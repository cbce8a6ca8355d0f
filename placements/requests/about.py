"""What a request is about, as its own page and others show it (R-20.11)."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from astcoord.core.finding import list_url
from astcoord.core.roles import AUTHORITY
from astcoord.core.wording import date_words
from astcoord.ui import about
from astcoord.ui.about import Card, Line
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from schools.register.about import line_of as school_line
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import heads
from staff.accounts.querysets import OFFICE_AND_OFFICER, is_in_group

MOST = 5
"""Requests of one school on its page; the list has all."""
NEVER_SENT = Q(status=RequestStatus.WITHDRAWN, submitted_at=None)


def register() -> None:
    about.register(OutreachRequest, _of_request, order=10)
    about.register_cards(School, _cards_of_school, order=20)


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


def _cards_of_school(school: School, user: User) -> Iterator[Card]:
    """What the school asked for last, on its page (R-20.6). One query."""
    sent = OutreachRequest.objects.visible_to(user).filter(host=school).exclude(NEVER_SENT)
    lines = tuple(_line(each) for each in sent.order_by("-pk")[:MOST])
    office = user.has_role(*AUTHORITY)
    if not (lines or office or heads(user, school.pk)):
        return
    page = list_url("placements:queue", group="all", school=str(school.urn)) if office else ""
    if heads(user, school.pk):
        page = reverse("placements:requests")
    yield Card("Requests", lines, (("All its requests", page),) if page else (), "It has not asked for help yet.")


def _line(each: OutreachRequest) -> tuple[str, str, str]:
    when = f", {date_words(localdate(each.submitted_at))}" if each.submitted_at else ""
    words = f"{each.reference}, {each.get_subject_display().lower()}"
    return words, f"{each.get_status_display()}{when}", each.get_absolute_url()

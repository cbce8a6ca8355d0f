"""Working through a view of the queue: where a request stands in it, and which comes next (R-20.3)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from astcoord.core import policy as policies
from astcoord.core.access import Request
from placements.requests.filters import RequestFilter
from placements.requests.models import OutreachRequest
from placements.requests.querysets import RequestQuerySet
from placements.requests.tables import VIEW, QueueTable

LONGEST = 1000
"""Characters of a view that are read: more is no view of ours."""


@dataclass(frozen=True)
class Place:
    """Number `at` of `total` in a view, with the keys on either side; `view` is the list's query, to be passed on."""

    view: str
    at: int
    total: int
    before: int | None
    after: int | None

    @property
    def words(self) -> str:
        return f"{self.at} of {self.total}"

    @property
    def list_url(self) -> str:
        return queue_url(self.view)

    def url(self, pk: int) -> str:
        """The page of another request of the view."""
        return f"{reverse('placements:request_detail', args=[pk])}?{urlencode({VIEW: self.view})}"

    @property
    def before_url(self) -> str:
        return self.url(self.before) if self.before else ""

    @property
    def after_url(self) -> str:
        return self.url(self.after) if self.after else ""


def queue_url(query: str) -> str:
    """The queue, narrowed and sorted as the query says."""
    return f"{reverse('placements:queue')}?{query}" if query else reverse("placements:queue")


def rows_of(request: Request) -> RequestQuerySet:
    """Requests as the queue has them: what the reader may see, the most urgent first."""
    days = policies.in_force().request_days_to_decide
    return OutreachRequest.objects.visible_to(request.user).with_turns(days).most_urgent_first()


def place_of(request: Request, pk: int) -> Place | None:
    """Where the request stands in the view that the page was opened from; None outside one. One query."""
    view = request.GET.get(VIEW)
    if view is None or len(view) > LONGEST:
        return None
    asked = QueryDict(view)
    filterset = RequestFilter(asked, queryset=rows_of(request), request=request)
    ordered = QueueTable(filterset.qs, order_by=asked.getlist("sort")).data.data
    keys = list(ordered.values_list("pk", flat=True))
    if pk not in keys:
        return None
    at = keys.index(pk)
    return Place(view, at + 1, len(keys), keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None)


def carried(request: Request) -> str:
    """What a link adds to its address so that the next page still knows the view; "" outside one."""
    view = request.GET.get(VIEW)
    return "" if view is None else f"?{urlencode({VIEW: view})}"


def onward(request: Request, asked: OutreachRequest, place: Place | None) -> HttpResponse:
    """After a decision: the next of the view, or the view itself when that was the last; else the request again."""
    if place is None:
        return redirect("placements:request_detail", asked.pk)
    if place.after:
        return redirect(place.after_url)
    messages.info(request, "That was the last request of this view.")
    return redirect(place.list_url)

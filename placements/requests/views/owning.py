"""Requests are handed over in the office, and put under the right school (R-20.3)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from astcoord.core.access import Request, access
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import counted
from astcoord.ui.submit import form_page, sent, submit
from placements.requests.actions import owning
from placements.requests.filters import RequestFilter
from placements.requests.forms.owning import HandOverForm, SchoolForm
from placements.requests.models import OutreachRequest
from placements.requests.views.walk import queue_url, rows_of

MOST = 100
"""Requests that one page offers to hand over; a narrower view shows the others."""


@access(OFFICE)
def hand_over_several(request: Request) -> HttpResponse:
    """Requests of the view that this was opened from, to tick, and who takes them."""
    found = RequestFilter(request.GET, queryset=rows_of(request), request=request).qs
    keys = list(found.values_list("pk", flat=True)[:MOST])
    offered = rows_of(request).filter(pk__in=keys).select_related("host", "owner")
    back = queue_url(request.GET.urlencode())
    form = HandOverForm(sent(request), requests=offered, initial={"requests": keys if len(keys) == 1 else []})
    if done := submit(form, lambda data: owning.hand_over(by=request.user, **data)):
        owner = form.cleaned_data["owner"] or "nobody"
        messages.success(request, f"{counted(done.result, 'request')} handed over to {owner}.")
        return redirect(back)
    lead = f"Only the first {MOST} of the view are offered: narrow it to see the others." if len(keys) == MOST else ""
    return form_page(request, form, title="Hand over requests", back=("Requests", back), lead=lead)


@access(Role.COORDINATOR)
def correct_school(request: Request, pk: int) -> HttpResponse:
    """It stands under the wrong school: which is the right one, and what went wrong."""
    asked = get_object_or_404(OutreachRequest.objects.visible_to(request.user).select_related("host"), pk=pk)
    form = SchoolForm(sent(request))
    if submit(form, lambda data: owning.correct_school(request=asked, by=request.user, **data)):
        messages.success(request, "The school is corrected, and both headteachers know.")
        return redirect("placements:request_detail", asked.pk)
    lead = (
        "The request keeps its place in the queue. If another headteacher confirmed it, the right school’s has to "
        "confirm it first. The headteachers of both schools are told."
    )
    caption = f"Request {asked.reference}, {asked.host.name}"
    back = ("Back", "placements:request_detail", asked.pk)
    return form_page(request, form, title="Correct the school", caption=caption, back=back, lead=lead)

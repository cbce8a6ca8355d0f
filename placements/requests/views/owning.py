"""Requests are handed over in the office, and put under the right school (R-20.3)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from astcoord.core.access import Request, access
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import counted
from astcoord.ui import bulk
from astcoord.ui.submit import form_page, sent, submit
from placements.requests.actions import owning
from placements.requests.forms.owning import HandOverForm, SchoolForm
from placements.requests.models import OutreachRequest
from placements.requests.views.walk import rows_of

QUEUE = "placements:queue"


@access(OFFICE)
def hand_over_several(request: Request) -> HttpResponse:
    """The requests that were ticked, and who takes them."""
    keys = bulk.chosen(request, QUEUE)
    if not keys:
        return bulk.nothing_chosen(request, QUEUE, "Tick the requests that you want to hand over, or “All”.")
    chosen = rows_of(request).filter(pk__in=keys).select_related("host", "owner")
    form = HandOverForm(sent(request), initial=bulk.joined(keys), count=len(keys))
    back = bulk.back_to_list(request, "Requests", QUEUE)
    if done := submit(form, lambda data: owning.hand_over(requests=chosen, owner=data["owner"], by=request.user)):
        owner = form.cleaned_data["owner"] or "nobody"
        messages.success(request, f"{counted(done.result, 'request')} handed over to {owner}.")
        return redirect(back[1])
    template = "placements/requests/hand_over.html"
    return form_page(request, form, title="Hand over requests", back=back, template=template, chosen=chosen)


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

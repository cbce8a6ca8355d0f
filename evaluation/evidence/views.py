"""Evidence of a placement: the list, attaching, taking a copy, taking away (R-10.5)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from astcoord.core.access import Request, access, public
from astcoord.core.roles import OFFICE, Role
from astcoord.core.uploads import as_file, limited, too_large
from astcoord.core.wording import date_words
from astcoord.core.words import say
from astcoord.ui.submit import sent, submit
from evaluation.evidence import actions, permissions, reads
from evaluation.evidence.forms import EvidenceForm
from evaluation.evidence.models import Evidence
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.papers.rules import LARGEST
from placements.placement.models import Placement
from placements.placement.views import find, placement_form
from placements.supported.models import SupportedStaff
from placements.supported.views.own import WHY, by_own_link

READERS = (Role.AST, Role.HEADTEACHER, Role.CONSULTANT, OFFICE)


@access(*READERS)
@require_safe
def evidence_list(request: Request, pk: int) -> HttpResponse:
    """What has been attached, under its objective."""
    placement = find(request, pk)
    if not permissions.reads_evidence(request.user, placement):
        raise PermissionDenied
    page = reads.evidence_page(placement, request.user)
    return render(request, "evaluation/evidence/evidence.html", {"placement": placement, "page": page})


@limited(LARGEST)
@access(Role.AST)
def evidence_add(request: Request, pk: int) -> HttpResponse:
    """Attach something to objectives."""
    return _attach(request, find(request, pk), None)


@limited(LARGEST)
@access(Role.AST)
def evidence_add_day(request: Request, pk: int) -> HttpResponse:
    """Attach something to a day's diary entry; `pk` is the day's."""
    visible = OutreachDay.objects.filter(placement__in=Placement.objects.visible_to(request.user))
    day = get_object_or_404(visible.exclude(status=DayStatus.CANCELLED), pk=pk)
    return _attach(request, find(request, day.placement_id), day)


@access(*READERS)
@require_GET
def evidence_file(request: Request, pk: int) -> HttpResponse:
    """A copy of one file, as a file to save."""
    found = get_object_or_404(Evidence.objects.visible_to(request.user).held().select_related("placement"), pk=pk)
    if not found.name:
        raise Http404
    actions.record_download(found, by=request.user)
    return as_file(found.content(), found.name, found.content_type)


@public(WHY)
@require_safe
@by_own_link
def evidence_for_person(request: HttpRequest, token: str, person: SupportedStaff, pk: int) -> HttpResponse:
    """A file of a day on which somebody who is supported took part, by their own link."""
    found = get_object_or_404(Evidence.objects.of_person(person).held().select_related("placement"), pk=pk)
    if not found.name:
        raise Http404
    actions.record_download(found, by=None)
    return as_file(found.content(), found.name, found.content_type)


@access(Role.AST, OFFICE)
@require_POST
def evidence_remove(request: Request, pk: int) -> HttpResponse:
    """Take something away for good."""
    visible = Evidence.objects.visible_to(request.user).held().select_related("placement__post")
    found = get_object_or_404(visible, pk=pk)
    actions.remove(evidence=found, by=request.user)
    messages.success(request, "It has been removed.")
    return redirect("evaluation:evidence", found.placement_id)


def _attach(request: Request, placement: Placement, day: OutreachDay | None) -> HttpResponse:
    if not permissions.can_attach(request.user, placement):
        raise PermissionDenied
    told: Any = getattr(day, "diary", None)
    initial = {"objectives": [each.pk for each in told.objectives.all()]} if told else {}
    form = EvidenceForm(
        sent(request), request.FILES or None, placement=placement, on_day=day is not None, initial=initial
    )
    if request.method == "POST" and too_large(request):
        form.say_too_large()
    elif submit(form, lambda data: _store(form, placement, day, data, request)):
        messages.success(request, "It is attached.")
        return redirect("evaluation:evidence", placement.pk)
    return placement_form(
        request,
        placement,
        form,
        "Attach evidence",
        heading=f"Attach evidence of {date_words(day.on)}" if day else "Attach evidence",
        back=("Back to the evidence", "evaluation:evidence", placement.pk),
        lead=say(
            "The host headteacher, the subject’s consultant and the AST co-ordinator can open it, and so can those "
            "who took part in the day. Downloads are recorded. It is deleted a year after the placement is over."
        ),
    )


def _store(
    form: EvidenceForm, placement: Placement, day: OutreachDay | None, data: dict[str, Any], request: Request
) -> Evidence:
    return actions.attach(
        placement=placement,
        title=data["title"],
        attached=form.attached(),
        by=request.user,
        day=day,
        objectives=[each.pk for each in data["objectives"]],
        no_child=data["no_child"],
    )

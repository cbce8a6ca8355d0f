"""The initial consultation of a placement or of an agreement on inreach: read, filled in, printed (R-8.18)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from astcoord.core import documents
from astcoord.core.access import Request, signed_in
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.submit import form_page, sent, submit
from placements.activities.models import InreachAgreement
from placements.consultations import actions, permissions, reads
from placements.consultations.documents import FORM, form_facts
from placements.consultations.forms import FORMS
from placements.consultations.lifecycle import Side
from placements.consultations.models import Consultation
from placements.consultations.permissions import About
from placements.placement.models import Placement
from placements.placement.views import find
from placements.supported.redaction import redactor

READERS = (Role.AST, Role.HEADTEACHER, Role.CONSULTANT, *OFFICE)
Find = Callable[[Request, int], About]


def outreach(request: Request, pk: int) -> Placement:
    """A placement that this person reads whole."""
    return find(request, pk)


def inreach(request: Request, pk: int) -> InreachAgreement:
    """An agreement on inreach that this person may see, or 404; officers and governors read none (section G)."""
    if not request.user.has_role(*READERS):
        raise PermissionDenied
    visible = InreachAgreement.objects.visible_to(request.user).select_related("post__user", "post__home")
    return get_object_or_404(visible, pk=pk)


@signed_in
@require_safe
def detail(request: Request, pk: int, about_of: Find) -> HttpResponse:
    """Both parts, and who fills in which."""
    about = about_of(request, pk)
    parts = reads.parts_of(reads.consultation_of(about), _tell(request, about))
    context = {
        "about": about,
        "caption": _caption(about),
        "parts": [(part, _url(about, "part", part.side) if _may(request, about, part.side) else "") for part in parts],
        "pdf": _url(about, "pdf"),
    }
    return render(request, "placements/consultations/consultation.html", context)


@signed_in
def fill_in(request: Request, pk: int, about_of: Find, side: str) -> HttpResponse:
    """One part."""
    about = about_of(request, pk)
    if side not in FORMS:
        raise Http404
    if not _may(request, about, side):
        raise PermissionDenied
    form = FORMS[side](sent(request), instance=reads.consultation_of(about) or Consultation())
    if submit(form, lambda data: actions.fill_in(about=about, side=side, by=request.user, answers=data)):
        messages.success(request, "Saved. Nobody has to sign it.")
        return redirect(_url(about))
    lead = say("School and AST each fill in their part before they begin. Nobody signs it.")
    title = f"Initial consultation: {Side(side).label.lower()}"
    return form_page(request, form, title=title, caption=_caption(about), lead=lead, back=("Back", _url(about)))


@signed_in
@require_safe
def form_pdf(request: Request, pk: int, about_of: Find) -> HttpResponse:
    """Every answer on paper; `?blank` for the empty form."""
    about = about_of(request, pk)
    facts = form_facts(about, _tell(request, about), blank="blank" in request.GET)
    title = "Initial consultation"
    return documents.as_download(documents.preview(FORM, title=title, facts=facts, on=timezone.now()), title)


def _tell(request: Request, about: About) -> Callable[[str], str]:
    return redactor(request.user, about) if isinstance(about, Placement) else lambda text: text


def _may(request: Request, about: About, side: str) -> bool:
    return permissions.can_fill(request.user, about, side)


def _caption(about: About) -> str:
    if isinstance(about, Placement):
        return f"{about.reference}: {about.post.user.name} at {about.host.name}"
    return f"Inreach: {about.post.user.name}, {about.post.home.name}"


def _url(about: About, page: str = "", *more: Any) -> str:
    kind = "outreach" if isinstance(about, Placement) else "inreach"
    name = f"placements:{kind}_consultation{'_' if page else ''}{page}"
    return reverse(name, args=[about.pk, *more])

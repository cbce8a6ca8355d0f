"""Upload the register, look at what would change, confirm. Nothing of a school is stored before that."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access
from astcoord.core.roles import OFFICE
from astcoord.core.uploads import limited
from astcoord.ui.once import sent_at_will
from astcoord.ui.submit import form_page, sent
from astcoord.ui.uploads import submit_file
from schools.register.forms import LARGEST_UPLOAD, RegisterForm
from schools.register.imports.register import Reading, read_register
from schools.register.imports.store import compare, store
from schools.register.models import PendingImport, School

SHOWN = 50
"""Rows of each kind on one page of the preview."""

COUNTED = {
    "created": "Schools that are new",
    "updated": "Schools that will change",
    "unchanged": "Schools that stay as they are",
    "closed": "Schools that have closed",
    "skipped": "Rows of other authorities",
    "errors": "Rows that will be left out",
}


@limited(LARGEST_UPLOAD)
@sent_at_will
@access(OFFICE)
def upload(request: Request) -> HttpResponse:
    """Choose the register's file; it is read at once and refused if it is not the register's."""
    form = RegisterForm(sent(request), request.FILES or None, initial={"la": _usual_authority()})
    if done := submit_file(request, form, lambda data: read_register(data["file"], la=data["la"])):
        kept = _keep(done.result, form.cleaned_data["file"].name, request.user.pk)
        return redirect("schools:import_preview", pk=kept.pk)
    lead = (
        "You see what would change before anything is stored. Contacts, clusters and statuses that you have entered "
        "stay as they are. The file of the whole country takes some seconds to read."
    )
    back = ("Schools", "schools:list")
    return form_page(request, form, title="Import schools from the register", back=back, lead=lead)


@access(OFFICE)
def preview(request: Request, pk: int) -> HttpResponse:
    """What the file would change; confirmed by POST, and compared afresh then."""
    pending = get_object_or_404(PendingImport, pk=pk, by_pk=request.user.pk)
    reading = Reading.from_json(pending.reading)
    if request.method == "POST":
        with transaction.atomic():
            get_object_or_404(PendingImport.objects.select_for_update(), pk=pk).delete()
            counts = store(reading, by=request.user).counts()
        words = "Schools: {created} added, {updated} changed ({closed} of them closed), {unchanged} as before."
        messages.success(request, words.format(**counts))
        return redirect("schools:list")
    context = {"pending": pending, **_what_would_change(request, reading)}
    return render(request, "schools/register/import_preview.html", context)


@access(OFFICE)
@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Forget an upload."""
    get_object_or_404(PendingImport, pk=pk, by_pk=request.user.pk).delete()
    messages.success(request, "The file was put aside. Nothing was stored.")
    return redirect("schools:list")


def _what_would_change(request: Request, reading: Reading) -> dict[str, Any]:
    """Counts, and every row of each kind, page by page (R-17.2)."""
    difference = compare(reading)
    context: dict[str, Any] = {
        "reading": reading,
        "difference": difference,
        "counts": [(COUNTED[name], number) for name, number in difference.counts().items()],
        "replaced_words": f"{reading.replaced} characters of the file could not be read and show as \ufffd.",
    }
    lists: tuple[tuple[str, Sequence[Any]], ...] = (
        ("errors", reading.errors),
        ("closed", difference.closed),
        ("updated", difference.updated),
        ("created", difference.created),
    )
    for name, rows in lists:
        context[f"{name}_page"] = Paginator(rows, SHOWN).get_page(request.GET.get(name))
    return context


def _keep(reading: Reading, filename: str, user_pk: int) -> PendingImport:
    """Keep what was read until it is confirmed; older uploads of this person, and anybody's of yesterday, go."""
    yesterday = timezone.now() - timedelta(days=1)
    PendingImport.objects.filter(by_pk=user_pk).delete()
    PendingImport.objects.filter(at__lt=yesterday).delete()
    return PendingImport.objects.create(by_pk=user_pk, filename=filename[:200], reading=reading.as_json())


def _usual_authority() -> str:
    """The authority of most schools that are stored."""
    most = School.objects.exclude(la_code="").values("la_code").annotate(n=Count("pk")).order_by("-n").first()
    return most["la_code"] if most else ""

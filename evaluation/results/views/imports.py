"""A file of results: chosen, looked at, stored or put aside. Nothing is stored before that (R-11.10, R-17.2)."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access
from astcoord.core.loading import LARGEST_UPLOAD
from astcoord.core.models.loading import PendingUpload
from astcoord.core.roles import OFFICE
from astcoord.core.uploads import limited
from astcoord.core.wording import counted
from astcoord.ui.once import sent_at_will
from astcoord.ui.submit import form_page, sent
from astcoord.ui.uploads import submit_file
from evaluation.results.forms import ResultsFileForm
from evaluation.results.imports.reading import File, Reading, open_file, read_file, unread_words
from evaluation.results.imports.store import compare, store
from evaluation.results.views.figures import LIST

KIND = "results"
SHOWN = 50
"""Rows of each kind on one page of the preview."""
LEAD = (
    "You see what would be stored before anything is. The file may be a published table of key stage 2 or 4, in any of "
    "the layouts that these have had, or have a row for each figure, as the list of results gives it as a file.",
    "A figure that differs from one that is there is stored beside it, and you decide which one counts.",
)


def _mine(request: Request, pk: int, *, lock: bool = False) -> PendingUpload:
    rows = PendingUpload.objects.filter(by_pk=request.user.pk, kind=KIND)
    return get_object_or_404(rows.select_for_update() if lock else rows, pk=pk)


@limited(LARGEST_UPLOAD)
@sent_at_will
@access(OFFICE)
def results_import(request: Request) -> HttpResponse:
    """Choose the file; it is read at once, and refused if it is of no layout or of another year."""
    form = ResultsFileForm(sent(request), request.FILES or None)
    if done := submit_file(request, form, lambda data: _read(data["file"], data["year"])):
        kept = _keep(*done.result, form.cleaned_data["file"].name, request.user.pk)
        return redirect("evaluation:results_import_preview", pk=kept.pk)
    return form_page(request, form, title="Load a file of results", lead=LEAD, back=LIST)


def _read(source: object, year: int | None) -> tuple[File, int | None]:
    """The file as it is, once it is known that it can be read."""
    file = open_file(source)  # type: ignore[arg-type]
    read_file(file, year)
    return file, year


@access(OFFICE)
def results_import_preview(request: Request, pk: int) -> HttpResponse:
    """What the file would change; confirmed by POST, and read and compared afresh then."""
    if request.method == "POST":
        with transaction.atomic():
            pending = _mine(request, pk, lock=True)
            found = store(_again(pending), filename=pending.filename, by=request.user)
            pending.delete()
        said = f"{counted(len(found.created), 'figure')} stored, {found.unchanged} there already."
        messages.success(request, said)
        return redirect("evaluation:results")
    pending = _mine(request, pk)
    reading = _again(pending)
    found = compare(reading)
    counts = [
        ("Figures that are new", len(found.created)),
        ("Figures that are there already", found.unchanged),
        ("New figures that differ from another", len(found.beside)),
        ("Rows that say again what another says", found.repeated),
        ("Lines on rows and figures that are left out", found.left),
        ("Rows and figures with mistakes", found.errors),
    ]
    lists = (("errors", reading.errors), ("beside", found.beside), ("left", reading.left))
    context = {
        "pending": pending,
        "counts": counts,
        "found": found,
        "unread": unread_words(reading),
        **{f"{name}_page": Paginator(rows, SHOWN).get_page(request.GET.get(name)) for name, rows in lists},
    }
    return render(request, "evaluation/results/import_preview.html", context)


@access(OFFICE)
@require_POST
def results_import_cancel(request: Request, pk: int) -> HttpResponse:
    """Forget an upload."""
    _mine(request, pk).delete()
    messages.success(request, "The file was put aside. Nothing was stored.")
    return redirect("evaluation:results")


def _again(pending: PendingUpload) -> Reading:
    """What the file says, judged by what is there now."""
    rows = [(line, cells, broken) for line, cells, broken in pending.rows]
    return read_file(File(pending.columns, rows), pending.mapping.get("year"))


def _keep(file: File, year: int | None, filename: str, user_pk: int) -> PendingUpload:
    """Keep it until it is confirmed; this person's older one goes, and anybody's of yesterday."""
    PendingUpload.objects.filter(by_pk=user_pk, kind=KIND).delete()
    PendingUpload.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
    said = {"columns": list(file.columns), "rows": [list(row) for row in file.rows], "mapping": {"year": year}}
    return PendingUpload.objects.create(kind=KIND, by_pk=user_pk, filename=filename[:200], **said)

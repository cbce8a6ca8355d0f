"""The pages of a kind of file: choose it, say which column is what, see all that would change, store.

Nothing is stored before the last step, the refused rows come back as a file, and an upload is its sender's alone
(R-17.2). `pages` gives the addresses of one kind.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import loading
from astcoord.core.access import Request, access, only_where
from astcoord.core.models.loading import PendingUpload
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from astcoord.core.tablefile import ACCEPT, RowError
from astcoord.core.uploads import limited
from astcoord.core.wording import counted
from astcoord.ui.export import csv_response
from astcoord.ui.forms import GovForm
from astcoord.ui.once import sent_at_will
from astcoord.ui.submit import form_page, sent, submit
from astcoord.ui.uploads import TableFileForm, submit_file

PER_PAGE = 50
NONE = "Not in the file"
CHOOSE = "Choose a column"
PUT_ASIDE = "The file was put aside. Nothing was stored."


class GoodRowsForm(GovForm):
    """Store what is good; where rows are refused, only when the person says so."""

    good_rows = forms.BooleanField(required=False)
    submit_label = "Store these rows"

    def __init__(self, *args: Any, errors: int, changes: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not errors:
            del self.fields["good_rows"]
            return
        self.fields["good_rows"].label = f"Store the good rows now, and leave out the {counted(errors, 'row')} below"


@dataclass(frozen=True)
class Pages:
    """What the pages of one kind say. `prefix` begins the names of its addresses, `back` is where they lead from."""

    kind: loading.Kind[Any]
    prefix: str
    space: str
    roles: frozenset[Role]
    title: str
    lead: tuple[str, ...]
    back: tuple[str, str]
    thing: str
    """What one row changes, for counting: “school”."""
    form: type[GoodRowsForm] = GoodRowsForm
    setting: str = ""
    """Of the policy: where it is switched off, there are no such pages."""
    done: Callable[[loading.Outcome], str] = field(default=lambda outcome: f"{len(outcome.changes)} rows were stored.")

    def name(self, step: str = "") -> str:
        return f"{self.space}:{self.prefix}{step}"

    def mine(self, request: Request) -> QuerySet[PendingUpload]:
        """Uploads of this kind that this person has sent."""
        return PendingUpload.objects.filter(by_pk=request.user.pk, kind=self.kind.name)


class FileForm(TableFileForm):
    """The file."""

    largest = loading.LARGEST_UPLOAD
    submit_label = "Continue"
    file = forms.FileField(
        label="File",
        help_text="CSV (with commas, semicolons or tabs) or a workbook (.xlsx, .xls, .ods), with a row of headings",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )


class ColumnsForm(GovForm):
    """Which column of the file is what; each at most once."""

    submit_label = "Continue"

    def __init__(self, *args: Any, pages: Pages, pending: PendingUpload, **kwargs: Any) -> None:
        self.kind = pages.kind
        kwargs["initial"] = pending.mapping or loading.guess(pages.kind, pending.columns)
        super().__init__(*args, **kwargs)
        named = [(column, _with_example(pending, i)) for i, column in enumerate(pending.columns)]
        for wanted in pages.kind.columns:
            self.fields[wanted.field] = forms.ChoiceField(
                label=wanted.label,
                help_text=wanted.help,
                choices=[("", CHOOSE if wanted.required else NONE), *named],
                required=wanted.required,
                error_messages={"required": f"Choose the column with {wanted.label}"},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for wanted in self.kind.columns:
            column = data.get(wanted.field)
            if column and column in taken:
                self.add_error(wanted.field, f"“{column}” is {taken[column]} already: choose another column")
            elif column:
                taken[column] = wanted.label
        return data

    def mapping(self) -> dict[str, str]:
        """The file's column by our field."""
        return {name: column for name, column in self.cleaned_data.items() if column}


def _with_example(pending: PendingUpload, place: int) -> str:
    example = next((cells[place] for _, cells, broken in pending.rows if not broken and cells[place]), "")
    return f"{pending.columns[place]} (such as {example[:40]})" if example else pending.columns[place]


def pages(about: Pages, at: str) -> list[URLPattern]:
    """The addresses of one kind under `at`, which ends with a slash."""

    def switched(view: Any) -> Any:
        return only_where(about.setting)(view) if about.setting else view

    def opens(view: Any) -> Any:
        return access(about.roles)(switched(view))

    @limited(loading.LARGEST_UPLOAD)
    @sent_at_will
    @opens
    def upload(request: Request) -> HttpResponse:
        return _upload(request, about)

    @opens
    @require_safe
    def template(request: Request) -> HttpResponseBase:
        rows = [[column.example for column in about.kind.columns]]
        header = [column.label for column in about.kind.columns]
        return csv_response(f"{about.kind.name}-template", header, rows, by=request.user)

    @opens
    def columns(request: Request, pk: int) -> HttpResponse:
        return _columns(request, about, pk)

    @opens
    def preview(request: Request, pk: int) -> HttpResponse:
        return _preview(request, about, pk)

    @opens
    @require_safe
    def refused(request: Request, pk: int) -> HttpResponseBase:
        pending = get_object_or_404(about.mine(request), pk=pk)
        why = {error.line: error.message for error in _judged(about, pending).errors}
        header, rows = loading.refused_rows(pending.columns, pending.rows, why)
        return csv_response(f"{about.kind.name}-to-correct", header, rows, by=request.user)

    @access(about.roles)
    @require_POST
    @switched
    def cancel(request: Request, pk: int) -> HttpResponse:
        pending = get_object_or_404(about.mine(request), pk=pk)
        words = (
            "The rest of the file was put aside." if pending.refused else "The file was put aside. Nothing was stored."
        )
        pending.delete()
        messages.success(request, words)
        return redirect(about.back[1])

    return [
        path(at, upload, name=about.prefix),
        path(f"{at}template/", template, name=f"{about.prefix}_template"),
        path(f"{at}<int:pk>/columns/", columns, name=f"{about.prefix}_columns"),
        path(f"{at}<int:pk>/", preview, name=f"{about.prefix}_preview"),
        path(f"{at}<int:pk>/refused/", refused, name=f"{about.prefix}_refused"),
        path(f"{at}<int:pk>/cancel/", cancel, name=f"{about.prefix}_cancel"),
    ]


def _upload(request: Request, about: Pages) -> HttpResponse:
    form = FileForm(sent(request), request.FILES or None)
    kind = about.kind
    if done := submit_file(request, form, lambda data: loading.read_rows(kind, data["file"], most_rows=kind.most_rows)):
        filename = form.cleaned_data["file"].name
        kept = loading.keep(kind, done.result, filename=filename, by_pk=request.user.pk)
        return redirect(about.name("_columns"), pk=kept.pk)
    after = ("Download a template for this file", about.name("_template"))
    lead = (*about.lead, f"A file may have up to {kind.most_rows:,} rows.")
    return form_page(request, form, title=about.title, back=about.back, lead=lead, after=after)


def _columns(request: Request, about: Pages, pk: int) -> HttpResponse:
    pending = get_object_or_404(about.mine(request).filter(refused={}), pk=pk)
    form = ColumnsForm(sent(request), pages=about, pending=pending)
    if submit(form, lambda _: _choose(form, about, pending)):
        return redirect(about.name("_preview"), pk=pk)
    lead = (
        "We have guessed which column of your file is what. Look through it and correct it. Your choice is remembered "
        "for the next file."
    )
    back = ("Choose another file", about.name())
    return form_page(request, form, title="Say which column is what", caption=pending.filename, back=back, lead=lead)


def _choose(form: ColumnsForm, about: Pages, pending: PendingUpload) -> None:
    mapping = form.mapping()
    refuse(about.kind.lacks(mapping))
    pending.mapping = mapping
    pending.save(update_fields=["mapping"])
    loading.remember(about.kind, mapping)


def _preview(request: Request, about: Pages, pk: int) -> HttpResponse:
    pending = get_object_or_404(about.mine(request), pk=pk)
    if not pending.mapping:
        return redirect(about.name("_columns"), pk=pk)
    outcome = _judged(about, pending)
    form = about.form(sent(request), errors=len(outcome.errors), changes=len(outcome.changes))
    if not pending.refused and (done := submit(form, lambda data: _store(request, about, pk, dict(data)))):
        messages.success(request, about.done(done.result))
        return redirect(about.name("_preview"), pk=pk) if done.result.errors else redirect(about.back[1])
    things = f"{about.thing[0].upper()}{about.thing[1:]}s"
    counts = [
        (f"{things} that will change", len(outcome.changes)),
        (f"{things} that stay as they are", outcome.unchanged),
        ("Rows that cannot be used", len(outcome.errors)),
    ]
    context = {
        "about": about,
        "pending": pending,
        "form": form,
        "counts": counts[2:] if pending.refused else counts,
        "changes": Paginator(outcome.changes, PER_PAGE).get_page(request.GET.get("page")),
        "errors": Paginator(outcome.errors, PER_PAGE).get_page(request.GET.get("wrong")),
        "back_url": reverse(about.name()) if pending.refused else reverse(about.name("_columns"), args=[pk]),
        "back_text": "Choose another file" if pending.refused else "Say again which column is what",
        "refused_url": reverse(about.name("_refused"), args=[pk]),
        "cancel_url": reverse(about.name("_cancel"), args=[pk]),
    }
    return render(request, "ui/load_preview.html", context)


def _judged(about: Pages, pending: PendingUpload) -> loading.Outcome:
    """What storing would do now, or why the rows that are left were refused."""
    if pending.refused:
        left = sorted((int(line), why) for line, why in pending.refused.items())
        return loading.Outcome(errors=[RowError(line, why) for line, why in left])
    outcome = about.kind.judge(loading.entries(pending.columns, pending.rows, pending.mapping))
    return _with_broken(outcome, pending)


def _with_broken(outcome: loading.Outcome, pending: PendingUpload) -> loading.Outcome:
    outcome.errors = sorted([*outcome.errors, *loading.broken(pending.rows)], key=lambda error: error.line)
    return outcome


@transaction.atomic
def _store(request: Request, about: Pages, pk: int, chosen: dict[str, Any]) -> loading.Outcome:
    """Store the good rows; all or none unless the person has said so. The refused ones are kept, to be downloaded."""
    pending = get_object_or_404(about.mine(request).select_for_update().filter(refused={}), pk=pk)
    good_rows = chosen.pop("good_rows", False)
    wanted = loading.entries(pending.columns, pending.rows, pending.mapping)
    outcome = _with_broken(about.kind.store(wanted, by=request.user, **chosen), pending)
    if outcome.errors and not good_rows:
        words = "Tick the box to store the good rows without the others, or correct the file and choose it again"
        raise Refused([Problem(words, "good_rows", "R-17.2")])
    if not outcome.errors:
        pending.delete()
        return outcome
    pending.refused = {error.line: error.message for error in outcome.errors}
    pending.rows = [row for row in pending.rows if row[0] in pending.refused]
    pending.save(update_fields=["refused", "rows"])
    return outcome

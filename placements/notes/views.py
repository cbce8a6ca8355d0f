"""Pages of the office's notes (R-20.3)."""

from collections.abc import Iterable
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html

from astcoord.core.access import Request
from astcoord.ui.filters import DueFilter, FilterSet, SearchFilter
from astcoord.ui.registers import RegisterForm, RegisterPages
from astcoord.ui.submit import sent
from astcoord.ui.tables import DateColumn, LinkColumn, Table
from placements.notes.actions import NOTES
from placements.notes.models import CaseNote
from placements.requests.forms.owning import office_users
from placements.requests.models import OutreachRequest
from schools.register.filters import OfSchool
from schools.register.models import School

STATES = [("done", "Done"), ("all", "Open and done")]


class NoteForm(RegisterForm):
    """The words, a day if it is to come back by itself, and whose first page it comes back to."""

    submit_label = "Save"

    class Meta:
        model = CaseNote
        fields = ("text", "due_on", "owner")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"text": "Only the office reads it.", "due_on": "Leave it empty if it need not come back"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = office_users()  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = None  # type: ignore[attr-defined]


class NoteTable(Table):
    noun = "note"
    empty_text = "There are no notes here."
    text = LinkColumn(verbose_name="Note")
    about = tables.Column(verbose_name="About", accessor="about", orderable=False, default="")
    due_on = DateColumn(verbose_name="Show it on")
    owner = tables.Column(verbose_name="Whose", order_by="owner__name_key")

    class Meta(Table.Meta):
        model = CaseNote
        fields = ("text", "about", "due_on", "owner")


class NoteFilter(FilterSet):
    """Those that are not done, unless asked for others."""

    q = SearchFilter("text", label="Words of the note")
    whose = django_filters.ChoiceFilter(
        method="of_me", choices=[("me", "Mine")], label="Whose", empty_label="Everybody’s"
    )
    due = DueFilter("due_on", of="still_open")
    state = django_filters.ChoiceFilter(method="in_state", choices=STATES, label="State", empty_label="Open")
    school = OfSchool("school")

    class Meta(FilterSet.Meta):
        model = CaseNote

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.filter(done_on=None)

    def of_me(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(owner__in=self.request.user.looks_after)

    def in_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.exclude(done_on=None) if value == "done" else queryset


class NotePages(RegisterPages):
    """Notes of all in the office; a new one is about the request or the school that it was begun from."""

    register = NOTES
    form, table, filters = NoteForm, NoteTable, NoteFilter
    app, name = "placements", "note"
    title = "Notes"
    menu = 35, "What the office has noted, and what comes back on a day"
    saved = "The note is saved."
    end_label, ended = "It is done", "The note is done."
    resumed = "The note is open again."
    remove_label, removed = "Delete it", "The note is deleted."
    note_unused = ""

    def rows(self, user: Any) -> QuerySet[CaseNote]:
        return super().rows(user).select_related("request__host", "school", "owner")  # type: ignore[no-any-return]

    def form_for(self, request: Request, row: Any) -> Any:
        about = row or CaseNote(owner=request.user.in_whose_name, **_about(request))
        return self.form(sent(request), instance=about)

    def answers(self, form: Any) -> dict[str, Any]:
        """With what a new one is about, which is no field of the form."""
        given = super().answers(form)
        return (
            given if form.instance.pk else {**given, "request": form.instance.request, "school": form.instance.school}
        )

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        """Its words, and the way to what it is about."""
        thing = row.request or row.school
        about = format_html('<a class="govuk-link" href="{}">{}</a>', thing.get_absolute_url(), thing) if thing else ""
        yield from [("Note", row.text), ("About", about), ("Shown on", row.due_on), ("On whose first page", row.owner)]
        if row.done_on:
            yield "Done", row.done_on

    def buttons(self, row: Any, reader: Any, *, used: bool) -> list[dict[str, Any]]:
        """What is not done can be: it need not have been used for that."""
        found = super().buttons(row, reader, used=used)
        done = self._button(self.end_name, self.end_label, row)
        return found if not found or self.register.has_ended(row) else [done, *found]


def _about(request: Request) -> dict[str, Any]:
    """The request or the school that the address names, if this reader may see it."""
    for name, every in (("request", OutreachRequest.objects), ("school", School.objects)):
        key = request.GET.get(name, "")
        if key.isascii() and key.isdigit() and len(key) < 10:
            return {name: every.visible_to(request.user).filter(pk=int(key)).first()}
    return {}


urlpatterns = NotePages().urls()

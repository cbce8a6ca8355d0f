"""The list of aspirants (R-2.22)."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from astcoord.core import audit
from astcoord.core.access import Request, access
from astcoord.core.roles import Role
from astcoord.core.words import say_later
from astcoord.ui.registers import SECONDARY, RegisterPages
from astcoord.ui.submit import attempt, form_page, sent, submit
from astcoord.ui.templatetags.govuk import day
from staff.accounts.models import User
from staff.aspirants import actions, permissions
from staff.aspirants.actions import ASPIRANTS
from staff.aspirants.filters import AspirantFilter
from staff.aspirants.forms import AspirantForm, OffForm
from staff.aspirants.lifecycle import AspirantState
from staff.aspirants.models import Aspirant
from staff.aspirants.tables import AspirantTable


class AspirantPages(RegisterPages):
    """Who may become an AST: kept by the co-ordinator, put forward by heads, read by the consultant of the group."""

    register = ASPIRANTS
    form, table, filters = AspirantForm, AspirantTable, AspirantFilter
    app, name = "staff", "aspirant"
    title = say_later("Aspiring ASTs")
    menu = 47, say_later("Teachers who may become ASTs, by subject and how ready they are")
    intro = say_later(
        "Teachers who may become ASTs. A headteacher puts forward teachers of the own school; the co-ordinator puts "
        "them on the list."
    )
    saved = "{row} is saved."
    remove_label = "It was a mistake: delete the entry"
    removed = "The entry of {row} is deleted."
    note_used = note_unused = ""

    def rows(self, user: User) -> Any:
        return self.register.rows(user).with_state().select_related("school", "post__user")  # type: ignore[attr-defined]

    def form_for(self, request: Request, row: Any) -> Any:
        return self.form(sent(request), instance=row, user=request.user)  # type: ignore[call-arg]

    def caption(self, row: Aspirant) -> str:
        return row.school.name

    def facts(self, row: Aspirant) -> Iterable[tuple[str, Any]]:
        """What the list says, where it stands, and for a candidate the way to the post."""
        yield from [
            ("School", row.school.name),
            ("Phase", row.school.get_phase_display()),
            ("Subject", row.get_subject_display()),
            ("How ready", row.get_readiness_display()),
            ("Aspirant since", row.since),
            ("Note", row.note),
            ("State", AspirantState(row.state).label),  # type: ignore[attr-defined]
        ]
        if row.off_on:
            words = f"{row.get_off_because_display()}. {row.off_note}".strip().removesuffix(".")
            yield ("Off the list", format_html("{}: {}", day(row.off_on), words))
        if row.post:
            link = format_html('<a class="govuk-link" href="{}">{}</a>', self.url("post", row.post_id), row.post)
            yield ("Post", link)

    def _list(self) -> Any:
        """As any list; a look at it is recorded, as the row is marked * in section G (R-16.3)."""
        plain: Any = super()._list()

        class List(plain):  # type: ignore[misc]
            def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
                audit.viewed(None, by=request.user, what="list of aspirants")
                found: HttpResponseBase = super().get(request, *args, **kwargs)
                return found

        return List

    def _row(self, request: Request, pk: int) -> HttpResponse:
        response = super()._row(request, pk)
        audit.viewed(self.register.model(pk=pk), by=request.user, what="aspirant")
        return response

    def buttons(self, row: Aspirant, reader: User, *, used: bool) -> list[dict[str, Any]]:
        """Beside changing and deleting: put on the list, take off it, put back."""
        found = []
        if permissions.can_confirm(reader, row):
            found.append(self._button("confirm", "Put on the list", row, classes=""))
        if permissions.can_take_off(reader, row):
            url = self.url("aspirant_off", row.pk)
            found.append({"text": "Take off the list", "href": url, "classes": SECONDARY})
        if permissions.can_put_back(reader, row):
            found.append(self._button("back", "Put back on the list", row))
        return [*found, *super().buttons(row, reader, used=used)]


@access(ASPIRANTS.keepers)
def off(request: Request, pk: int) -> HttpResponse:
    """Take one off the list, and say why."""
    row = _seen(request, pk)
    if not permissions.can_take_off(request.user, row):
        raise PermissionDenied
    form = OffForm(sent(request), row=row, user=request.user)
    if submit(form, lambda data: actions.take_off(row=row, by=request.user, **data)):
        messages.success(request, f"{row} is off the list.")
        return redirect(row)
    return form_page(request, form, title="Take off the list", caption=row.name, back=("Back", row))


@access(Role.COORDINATOR)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Whom a head has put forward is on the list."""
    return _press(request, _seen(request, pk), actions.confirm, "{} is on the list.")


@access(Role.COORDINATOR)
@require_POST
def back(request: Request, pk: int) -> HttpResponse:
    """It was a mistake, or the teacher is back."""
    return _press(request, _seen(request, pk), actions.put_back, "{} is on the list again.")


def _press(request: Request, row: Aspirant, action: Any, words: str) -> HttpResponse:
    if attempt(request, lambda: action(row=row, by=request.user)):
        messages.success(request, words.format(row))
    return redirect(row)


def _seen(request: Request, pk: int) -> Aspirant:
    found: Aspirant = get_object_or_404(ASPIRANTS.rows(request.user).select_related("school"), pk=pk)
    return found

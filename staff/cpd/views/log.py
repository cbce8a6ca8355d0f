"""The CPD log, what came of an entry, and CPD in numbers (R-3.9)."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access, require
from astcoord.core.clock import today
from astcoord.core.wording import days_words
from astcoord.core.words import say, say_later
from astcoord.ui.registers import SECONDARY, RegisterPages
from astcoord.ui.submit import form_page, sent, submit
from astcoord.ui.templatetags.govuk import day
from staff.accounts.models import User
from staff.cpd import permissions, reads
from staff.cpd.actions.log import CPD, evaluate
from staff.cpd.filters import CpdFilter
from staff.cpd.forms import CpdForm, EvaluateForm, addable
from staff.cpd.models import CpdEntry
from staff.cpd.tables import CpdTable
from staff.figures.views import answer


class CpdPages(RegisterPages):
    """What ASTs do to keep up to date."""

    register = CPD
    form, table, filters = CpdForm, CpdTable, CpdFilter
    app, name, plural = "staff", "cpd_entry", "cpd_log"
    title = "CPD log"
    menu = 77, say_later("What ASTs do to keep up to date: courses, visits, reading, networking")
    intro = say_later(
        "What ASTs do to keep up to date. Visits are evaluated, too: what came of them is on their pages."
    )
    saved = "“{row}” is on the CPD log."
    remove_label = "Delete it"
    removed = "“{row}” is deleted."
    note_used = "It came from an offer that was accepted. It goes when the acceptance is taken back."
    note_unused = say_later("The AST’s headteacher can read it.")

    def rows(self, user: User) -> QuerySet[Any]:
        return CPD.rows(user).whole()  # type: ignore[attr-defined, no-any-return]

    def form_for(self, request: Request, row: Any) -> Any:
        return CpdForm(sent(request), instance=row, posts=addable(request.user))

    def answers(self, form: Any) -> dict[str, Any]:
        alone = {"post": form.only} if form.only else {}
        return {**form.cleaned_data, **alone}

    def caption(self, row: Any) -> str:
        return f"{row.post.name}, {row.post.home.name}"

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        return [
            ("Kind", row.get_kind_display()),
            ("Day", day(row.on)),
            ("Length", days_words(row.days)),
            (say("How it keeps the AST up to date"), row.keeps_up or "Not said yet"),
            ("What came of it", row.evaluation or "Not evaluated yet"),
        ]

    def _buttons(self, row: Any, *, used: bool) -> list[dict[str, Any]]:
        """Before the others: to say what came of it."""
        words = "Change what came of it" if row.evaluation else "Say what came of it"
        first = {"text": words, "href": self.url("cpd_entry_evaluate", row.pk), "classes": SECONDARY}
        found = super()._buttons(row, used=used)
        return [first, *found] if row.on <= today() else found


@access(permissions.KEEPERS)
def cpd_entry_evaluate(request: Request, pk: int) -> HttpResponse:
    """What came of a visit, or of anything else."""
    entry: CpdEntry = get_object_or_404(CpdEntry.objects.visible_to(request.user).whole(), pk=pk)
    require(permissions.can_keep(request.user, entry))
    form = EvaluateForm(sent(request), entry=entry)
    if submit(form, lambda data: evaluate(entry=entry, by=request.user, **data)):
        messages.success(request, "What came of it is saved.")
        return redirect(entry)
    caption = f"{entry.post.name}: {entry}"
    return form_page(request, form, title="What came of it", caption=caption, back=("Back", entry))


@access(permissions.FIGURES)
@require_safe
def cpd_figures(request: Request) -> HttpResponseBase:
    """This school year by kind; officers without groups under three."""
    sheet = reads.figures(request.user, today())
    return answer(request, sheet, None, pages=(), template="staff/training/gaps.html")

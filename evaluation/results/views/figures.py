"""Figures: the list, one of them, entering, correcting, taking away, and which of two counts (R-11.10)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import timeline
from astcoord.core.access import Request, access
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.wording import date_words
from astcoord.ui.forms import ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from evaluation.results import actions, permissions
from evaluation.results.filters import ResultFilter
from evaluation.results.forms import CorrectForm, EnterForm
from evaluation.results.models import AttainmentResult
from evaluation.results.tables import ResultTable, standing_words
from evaluation.results.wording import figure_words
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import is_office

READERS = AUTHORITY | {Role.HEADTEACHER, Role.GOVERNOR}
KEEPERS = OFFICE | {Role.HEADTEACHER}
LIST = ("Results", "evaluation:results")


@access(READERS)
class ResultList(FilteredList):
    """All figures that this person may read, with filters and a file of exactly what is shown."""

    table_class = ResultTable
    filterset_class = ResultFilter
    template_name = "evaluation/results/list.html"
    title = "Results"
    csv_name = "results"
    table_pagination = {"per_page": 15}

    def get_queryset(self) -> QuerySet[AttainmentResult]:
        return AttainmentResult.objects.visible_to(self.request.user).select_related("school").with_standing()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        more = {"may_add": user.has_role(*KEEPERS), "may_import": is_office(user)}
        return super().get_context_data(**more, **kwargs)


def _find(request: Request, pk: int) -> Any:
    rows = AttainmentResult.objects.visible_to(request.user).select_related("school", "chosen_by").with_standing()
    return get_object_or_404(rows, pk=pk)


def _kept(request: Request, pk: int) -> Any:
    """One that this person may correct and take away."""
    row = _find(request, pk)
    if not permissions.can_keep(request.user, row):
        raise PermissionDenied
    return row


@access(READERS)
@require_safe
def result(request: Request, pk: int) -> HttpResponse:
    """One figure, whence it came, and what stands beside it."""
    row = _find(request, pk)
    user = request.user
    every = AttainmentResult.objects.visible_to(user).same_as(row).select_related("school").with_standing()
    beside = [(each, standing_words(each)) for each in every if each.pk != row.pk]
    decides = permissions.can_decide(user)
    context = {
        "result": row,
        "figure": figure_words(row.value, row.unit),
        "facts": _facts(row, user),
        "beside": [(figure_words(each.value, each.unit), each, words) for each, words in beside],
        "may_keep": permissions.can_keep(user, row),
        "may_choose": decides and row.differs and row.chosen_at is None,
        "may_undo": decides and row.chosen_at is not None,
        "history": timeline.trail(row, reader=user) if is_office(user) else [],
    }
    return render(request, "evaluation/results/result.html", context)


def _facts(row: Any, user: User) -> list[tuple[str, Any]]:
    """What the page says of it; why it was chosen is the office's own word."""
    found = [
        ("School", row.whose),
        ("Subject", row.of),
        ("Measure", row.get_measure_display()),
        ("Year", row.year),
        ("Figure", figure_words(row.value, row.unit)),
        ("Number of pupils", row.cohort or "Not entered"),
        ("Source", row.get_source_display()),
        ("Entered", date_words(row.entered_at.date())),
    ]
    if row.file_name:
        found.append(("From the file", f"{row.file_name}, row {row.file_row}"))
    if standing := standing_words(row):
        found.append(("Beside others", standing))
    if row.chosen_reason and permissions.reads_decision(user):
        found.append(("Why it counts", f"{row.chosen_reason} ({row.chosen_by.name})"))
    return found


@access(KEEPERS)
def result_add(request: Request) -> HttpResponse:
    """A head enters the own school's figures, the office any school's."""
    user = request.user
    schools = None if is_office(user) else _own_schools(user)
    form = EnterForm(sent(request), schools=schools)
    if done := submit(form, lambda _: actions.enter(by=user, **form.told())):
        row: Any = AttainmentResult.objects.with_standing().get(pk=done.result.pk)
        words = "The figure is saved."
        if row.differs:
            words += " It differs from another one for the same year: both stand, and the office decides which counts."
        messages.success(request, words)
        return redirect(row)
    caption = form.only.name if form.only else ""
    lead = "A figure that differs from another one for the same year stands beside it, and the office decides."
    return form_page(request, form, title="Enter a result", caption=caption, lead=lead, back=LIST)


def _own_schools(user: User) -> list[School]:
    """The schools that a head heads, the open ones if there are any."""
    mine = list(School.objects.filter(pk__in=user.schools_as(Role.HEADTEACHER)).by_name())
    return [school for school in mine if school.is_open] or mine


@access(KEEPERS)
def result_correct(request: Request, pk: int) -> HttpResponse:
    """What was there stays in the history."""
    row = _kept(request, pk)
    form = CorrectForm(sent(request), result=row)
    if submit(form, lambda data: actions.correct(result=row, by=request.user, **data)):
        messages.success(request, "The figure is corrected.")
        return redirect(row)
    return form_page(request, form, title="Correct the figure", caption=str(row), back=("Back to the figure", row))


@access(KEEPERS)
def result_take_away(request: Request, pk: int) -> HttpResponse:
    """It was entered by mistake."""
    row = _kept(request, pk)
    return reason_page(
        request,
        partial(actions.take_away, result=row, by=request.user),
        title="Take the figure away",
        done="The figure is taken away. The audit trail keeps what it said.",
        to="evaluation:results",
        form=ReasonForm(sent(request), submit="Take the figure away", tone="warning"),
        caption=str(row),
        back=("Back to the figure", row),
    )


@access(OFFICE)
def result_choose(request: Request, pk: int) -> HttpResponse:
    """Of figures that differ, this one counts."""
    row = _find(request, pk)
    return reason_page(
        request,
        partial(actions.choose, result=row, by=request.user),
        title="Let this figure count",
        done="This figure counts. The others stay beside it.",
        to=row,
        form=ReasonForm(sent(request), submit="Let this figure count", label="Why does this figure count?"),
        caption=f"{row}: {figure_words(row.value, row.unit)}",
        back=("Back to the figure", row),
    )


@access(OFFICE)
@require_POST
def result_undo_choice(request: Request, pk: int) -> HttpResponse:
    """Nothing is decided any more."""
    row = _find(request, pk)
    if attempt(request, lambda: actions.undo_choice(result=row, by=request.user)):
        messages.success(request, "The choice is undone: none of these figures counts until one is chosen.")
    return redirect(row)

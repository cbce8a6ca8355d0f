"""Estimates as a register and as a file; the screen, and departments that have had help (R-11.12)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render

from astcoord.core.access import Request, access, only_where
from astcoord.core.roles import AUTHORITY, OFFICE
from astcoord.core.wording import counted
from astcoord.ui.export import csv_response
from astcoord.ui.lists import FilteredList
from astcoord.ui.loading import Pages
from astcoord.ui.registers import RegisterPages
from astcoord.ui.submit import sent
from evaluation.estimates import reads
from evaluation.estimates.actions import ESTIMATES
from evaluation.estimates.filters import EstimateFilter, ScreenFilter
from evaluation.estimates.forms import EstimateForm
from evaluation.estimates.home import SETTING
from evaluation.estimates.imports.files import EstimatesFile
from evaluation.estimates.models import Estimate
from evaluation.estimates.tables import NOT_ENTERED, EstimateTable, OfficeScreenTable, ScreenTable
from evaluation.results.lifecycle import MEANINGS
from evaluation.results.wording import CONTRIBUTION, figure_words
from staff.accounts.models import User
from staff.accounts.permissions import is_office

LOAD = Pages(
    kind=EstimatesFile(),
    space="evaluation",
    prefix="import_estimates",
    roles=OFFICE,
    title="Import estimates",
    lead=(
        "A row for each school, subject, measure and year, with the estimate and, if you know it, the actual result. "
        "Download the template to see how it is laid out: files of the Fischer Family Trust have to be put into it.",
        "You see what would change before anything is stored. An empty cell changes nothing.",
    ),
    back=("Estimates", "evaluation:estimates"),
    thing="estimate",
    done=lambda outcome: f"{counted(len(outcome.changes), 'estimate')} stored.",
    setting=SETTING,
)


class EstimatePages(RegisterPages):
    """What departments could be expected to reach."""

    register = ESTIMATES
    form, table, filters = EstimateForm, EstimateTable, EstimateFilter
    app, name = "evaluation", "estimate"
    title = "Estimates"
    menu = 56, "What departments were estimated to reach, beside what they did"
    setting = SETTING
    list_template = "evaluation/estimates/estimates.html"
    intro = "Estimates of the Fischer Family Trust, which say what similar pupils reach elsewhere. They say nothing of "
    intro += "anybody’s teaching."
    saved = "The estimate is saved."
    removed = "The estimate is deleted."
    remove_label = "It was a mistake: delete it"
    note_used = "Help was offered because of it, so it stays."
    note_unused = ""

    def rows(self, user: User) -> QuerySet[Any]:
        return ESTIMATES.rows(user).with_actual().select_related("school")  # type: ignore[attr-defined, no-any-return]

    def form_for(self, request: Request, row: Any) -> Any:
        return EstimateForm(sent(request), instance=row, user=request.user)

    def _list(self) -> Any:
        """With the ways to the file and to the screen, for who may use them."""
        plain: Any = super()._list()

        class List(plain):  # type: ignore[misc]
            def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
                user = self.request.user
                ways = {"imports": is_office(user), "screens": user.has_role(*AUTHORITY)}
                return {**super().get_context_data(**kwargs), **ways}

        return List

    def caption(self, row: Estimate) -> str:
        return row.school.name

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        return [
            ("School", row.school.name),
            ("Subject", row.get_subject_display()),
            ("Measure", row.get_measure_display()),
            ("Year", row.year),
            ("Estimate", figure_words(row.value, MEANINGS[row.measure].unit)),
            ("Result", NOT_ENTERED if row.result is None else figure_words(row.result, MEANINGS[row.measure].unit)),
            ("Pupils", NOT_ENTERED if row.pupils is None else row.pupils),
        ]


@access(AUTHORITY)
@only_where(SETTING)
class Screen(FilteredList):
    """R-11.12: departments whose result lies under the estimate, by school; the office offers help from here."""

    filterset_class = ScreenFilter
    template_name = "evaluation/estimates/screen.html"
    title = "Departments that might welcome support"
    csv_name = "might-welcome-support"
    few = 10

    def get_queryset(self) -> QuerySet[Estimate]:
        return reads.screen(self.request.user)

    def get_table_class(self) -> type[ScreenTable]:
        return OfficeScreenTable if is_office(self.request.user) else ScreenTable


@access(AUTHORITY)
@only_where(SETTING)
def supported(request: Request) -> HttpResponseBase:
    """Departments that have had help: their figures before and after; with `?export=csv` the same as a file."""
    found = reads.helped(request.user)
    if request.GET.get("export") == "csv":
        rows = [each.cells for each in found]
        return csv_response("departments-supported", reads.HEADER, rows, by=request.user)
    context = {"rows": found, "header": reads.HEADER, "contribution": CONTRIBUTION}
    return render(request, "evaluation/estimates/supported.html", context)

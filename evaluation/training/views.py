"""Statements on training: the register, and the schools without one (R-1.8)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.navigation import ASTS
from astcoord.ui.registers import RegisterPages
from astcoord.ui.submit import sent
from evaluation.training import permissions, reads
from evaluation.training.actions import STATEMENTS
from evaluation.training.filters import StatementFilter
from evaluation.training.forms import StatementForm
from evaluation.training.models import TrainingStatement
from evaluation.training.tables import StatementTable
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.figures.forms import YearForm
from staff.figures.views import answer


class StatementPages(RegisterPages):
    """What schools say of training for their ASTs."""

    register = STATEMENTS
    form, table, filters = StatementForm, StatementTable, StatementFilter
    app, name = "evaluation", "training_statement"
    title = say_later("Training for ASTs")
    menu = 75, say_later("What each school says of its training plan and its ASTs’ needs")
    group = ASTS
    intro = say_later(
        "Each school year every school that employs an AST states how its training plan meets the AST’s needs."
    )
    saved = "The statement is saved."
    removed = "The statement is deleted."
    remove_label = "It was a mistake: delete it"
    note_unused = ""

    def rows(self, user: User) -> QuerySet[Any]:
        return STATEMENTS.rows(user).select_related("school", "year")

    def form_for(self, request: Request, row: Any) -> Any:
        return StatementForm(sent(request), instance=row, user=request.user)

    def facts(self, row: TrainingStatement) -> Iterable[tuple[str, Any]]:
        return [("School", row.school.name), ("School year", str(row.year)), ("Statement", row.statement)]


@access(permissions.MISSING)
@require_safe
def training_missing(request: Request) -> HttpResponseBase:
    """R-1.8: employing schools that have said nothing."""
    years = list(AcademicYear.objects.filter(starts_on__lte=today()).order_by("-starts_on"))
    form = YearForm(request.GET, years=years)
    sheet = reads.sheet(form.chosen, today())
    return answer(request, sheet, form, pages=(), template="evaluation/training/missing.html")

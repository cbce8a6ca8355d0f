"""The co-ordinator’s own visits: the register, and how many there were (R-3.22)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say, say_later
from astcoord.ui.registers import RegisterPages
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.figures.views import answer
from staff.office_visits.actions import OFFICE_VISITS
from staff.office_visits.filters import OfficeVisitFilter
from staff.office_visits.forms import CountForm, OfficeVisitForm
from staff.office_visits.reads import sheet
from staff.office_visits.tables import OfficeVisitTable


class OfficeVisitPages(RegisterPages):
    """What was done for ASTs and schools on the spot."""

    register = OFFICE_VISITS
    form, table, filters = OfficeVisitForm, OfficeVisitTable, OfficeVisitFilter
    app, name = "staff", "office_visit"
    title = say_later("Visits to ASTs and schools")
    menu = 75, say_later("The co-ordinator’s own: to support, recruit, make the status known")
    list_template = "staff/office_visits/visits.html"
    saved = "The visit is saved: {row}."
    remove_label = "Take the visit away"
    removed = "The visit is taken away: {row}."
    note_unused = "Take a visit away that was not made, or stands there twice. Its history keeps what it said."

    def rows(self, user: User) -> QuerySet[Any]:
        return OFFICE_VISITS.rows(user).select_related("school", "post__user", "visitor")

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        return [
            ("What for", row.get_kind_display()),
            ("School", row.school.name),
            (say("AST"), row.post.name if row.post else "None: the school was visited"),
            ("Day", row.on),
            ("Visitor", row.visitor.name),
            ("What came of it", row.outcome),
        ]


@access(Role.COORDINATOR)
@require_safe
def office_visit_figures(request: Request) -> HttpResponseBase:
    """By school and term, by kind and term."""
    years = list(AcademicYear.objects.filter(starts_on__lte=today()).order_by("-starts_on"))
    form = CountForm(request.GET, years=years)
    template = "staff/office_visits/figures.html"
    return answer(request, sheet(form.chosen, form.kind_chosen), form, pages=(), template=template)


urlpatterns = [
    path("office-visits/figures/", office_visit_figures, name="office_visit_figures"),
    *OfficeVisitPages().urls(),
]

"""Where the days go, what was asked for, whom it reached, and what is left (R-14.1, R-14.2): each page is a sheet of
tables, which is also its file and its paper (R-14.7).
"""

from typing import Any

from django.http.response import HttpResponseBase

from astcoord.core import policy as policies
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from placements.deployment.forms import DeploymentForm
from placements.deployment.permissions import DEPLOYMENT
from placements.deployment.reads import budgets, demand, deployed, reached
from staff.figures.reads.sheets import Sheet
from staff.figures.views import Page, answer

PAGES: tuple[Page, ...] = (
    (deployed.TITLE, "placements:deployment", DEPLOYMENT),
    (demand.TITLE, "placements:deployment_demand", DEPLOYMENT),
    ("Schools", "placements:deployment_schools", DEPLOYMENT),
    (budgets.TITLE, "placements:deployment_budgets", DEPLOYMENT),
)


@access(DEPLOYMENT)
def deployment(request: Request) -> HttpResponseBase:
    """Days by priority and by need, and the placements one by one."""
    form = DeploymentForm(request.GET, today=today())
    listed = 0 if request.GET.get("export") else deployed.SHOWN
    narrowed = (form.period_chosen, form.chosen, form.words)
    return _answer(request, deployed.sheet(request.user, *narrowed, labels=form.labels, listed=listed), form)


@access(DEPLOYMENT)
def asked(request: Request) -> HttpResponseBase:
    """Requests with and without a match."""
    form = DeploymentForm(request.GET, today=today())
    narrowed = (form.period_chosen, form.chosen, form.words)
    return _answer(request, demand.sheet(request.user, *narrowed, labels=form.labels), form)


@access(DEPLOYMENT)
def schools(request: Request) -> HttpResponseBase:
    """Never supported, and longest waiting; as they stand today."""
    form = DeploymentForm(request.GET, today=today(), without=("period", "priority", "subject", "standing"))
    part = not request.user.has_role(*OFFICE, Role.OFFICER)
    policy = policies.in_force()
    return _answer(request, reached.sheet(request.user, policy, form.chosen, form.words, today(), part=part), form)


@access(DEPLOYMENT)
def use(request: Request) -> HttpResponseBase:
    """Each AST's year: budget, contracted, delivered, left."""
    form = DeploymentForm(request.GET, today=today(), without=("priority", "subject", "phase", "standing", "cluster"))
    return _answer(request, budgets.sheet(request.user, form.period_chosen), form)


def _answer(request: Request, sheet: Sheet, form: Any) -> HttpResponseBase:
    return answer(request, sheet, form, pages=PAGES, template="placements/deployment/sheet.html")

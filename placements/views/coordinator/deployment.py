"""Deployment over the year, for the co-ordinator and officers (R-14.1 to R-14.3)."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from astcoord.core import policy as policies
from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.ui.export import csv_response
from placements.forms.deployment import DeploymentForm
from placements.reports import deployment as reports
from schools import calendar

COLUMNS = {
    "reference": "Placement",
    "host": "School",
    "phase": "Phase",
    "standing": "Category or programme",
    "cluster": "Cluster",
    "ast": "AST",
    "subject": "Subject",
    "priority": "Priority",
    "days": "Days",
}


@access(OFFICE | {Role.OFFICER})
def deployment(request: HttpRequest) -> HttpResponseBase:
    """Days by priority and by need, schools never supported, the use of budgets, the share of teachers."""
    year = calendar.year_on(today())
    form = DeploymentForm(request.GET)
    rows = reports.rows(year, form.chosen) if year else []
    if request.GET.get("export") == "csv":
        header = ["Placement", "School", "Phase", "Standing", "Cluster", "AST", "Subject", "Priority", "Days"]
        lines = (
            [r.reference, r.host, r.phase, r.standing, r.cluster, r.ast, r.subject, r.priority, r.days] for r in rows
        )
        return csv_response("deployment", header, lines, by=request.user)
    policy = policies.in_force()
    query = request.GET.copy()
    query["export"] = "csv"
    context = {
        "year": year,
        "form": form,
        "rows": rows,
        "total": sum(row.days for row in rows),
        "sums": [
            ("By priority", "Priority", reports.days_by(rows, lambda r: r.priority)),
            ("By subject", "Subject", reports.days_by(rows, lambda r: r.subject)),
            ("By phase", "Phase", reports.days_by(rows, lambda r: r.phase)),
            ("By category or programme", "Standing", reports.days_by(rows, lambda r: r.standing)),
            ("By cluster", "Cluster", reports.days_by(rows, lambda r: r.cluster)),
        ],
        "never": reports.never_supported(policy),
        "budgets": reports.use_of_budgets(year) if year else [],
        "shares": reports.shares(policy, today()),
        "export_url": f"?{query.urlencode()}",
    }
    return render(request, "placements/plans/deployment.html", context)

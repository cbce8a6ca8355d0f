"""What is kept on whom and how long; and the answer to somebody who asks what is held on them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from astcoord.core import personal, retention
from astcoord.core.access import access, signed_in
from astcoord.core.clock import today
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import Role
from staff.governance.forms import SubjectAccessForm


@signed_in
def schedule(request: HttpRequest) -> HttpResponse:
    """The retention schedule, as the software carries it out (section G)."""
    context = {"lines": retention.schedule(), "may_answer": request.user.has_role(Role.COORDINATOR)}
    return render(request, "staff/governance/retention.html", context)


@access(Role.COORDINATOR)
@sensitive_post_parameters("who")
def subject_access(request: HttpRequest) -> HttpResponse:
    """Everything held on one person, as a ZIP to hand over. Recorded in the audit trail."""
    form = SubjectAccessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = personal.export(personal.find(form.cleaned_data["who"]), by=request.user)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            return _file(data)
    return render(request, "staff/governance/subject_access.html", {"form": form})


def _file(data: bytes) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="personal-data-{today().isoformat()}.zip"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type="application/zip", headers=headers)

"""What is kept on whom and how long; and the answer to somebody who asks what is held on them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from astcoord.core import retention
from astcoord.core.access import Request, access, signed_in
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.subject_access import export, find
from astcoord.ui.submit import form_page, sent, submit
from staff.governance.forms import SubjectAccessForm


@signed_in
def schedule(request: Request) -> HttpResponse:
    """The retention schedule, as the software carries it out (section G)."""
    decides = request.user.has_role(Role.COORDINATOR)
    failures = retention.failures() if decides else []
    context = {"lines": retention.schedule(), "may_answer": decides, "failures": failures}
    return render(request, "staff/governance/retention.html", context)


@access(Role.COORDINATOR)
@sensitive_post_parameters("who")
def subject_access(request: Request) -> HttpResponse:
    """Everything held on one person, as a ZIP to hand over. Recorded in the audit trail."""
    form = SubjectAccessForm(sent(request))
    if done := submit(form, lambda data: export(find(data["who"]), by=request.user)):
        return _file(done.result)
    lead = (
        "For somebody who asks what the service holds on them. You get a ZIP file with a page to read and the same "
        "data for a program. Other people’s personal data is left out. The download is recorded.",
        "Read it before you hand it over. Rows that were found by name alone may be about somebody else with the same "
        "name; they are marked.",
    )
    back = ("What we keep, and how long", "staff:retention")
    return form_page(request, form, title="What is held on one person", back=back, lead=lead)


def _file(data: bytes) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="personal-data-{today().isoformat()}.zip"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type="application/zip", headers=headers)

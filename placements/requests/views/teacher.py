"""An AST whom a school has asked directly."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from astcoord.core.access import Request, access
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui.submit import form_page, sent, submit
from placements.requests.actions import asking
from placements.requests.forms.office import PassOnForm


@access(Role.AST)
def pass_on(request: Request) -> HttpResponse:
    """What the school said becomes a draft for its head: never a placement (R-5.7)."""
    form = PassOnForm(sent(request))
    if done := submit(form, lambda data: asking.pass_on(by=request.user, **data)):
        messages.success(
            request,
            f"Thank you. The headteacher of {done.result.host.name} is asked to make a request, and "
            f"{say('the co-ordinator')} "
            "knows. Please do not agree any days until there is a contract.",
        )
        return redirect("home")
    lead = say(
        "Tell us which school, and what about. The headteacher is asked to make it a request, and the co-ordinator "
        "takes it from there. Nothing is agreed until then."
    )
    return form_page(request, form, title="Pass on a request", lead=lead)

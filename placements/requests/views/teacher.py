"""An AST whom a school has asked directly."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from astcoord.core import problems
from astcoord.core.access import access
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from placements.requests.actions import asking
from placements.requests.forms.office import PassOnForm


@access(Role.AST)
def pass_on(request: HttpRequest) -> HttpResponse:
    """What the school said becomes a draft for its head: never a placement (R-5.7)."""
    form = PassOnForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            draft = asking.pass_on(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            problems.add_to_form(
                form, [problems.Problem(p.message, "school", p.rule, p.code) for p in refusal.problems]
            )
        else:
            messages.success(
                request,
                f"Thank you. The headteacher of {draft.host.name} is asked to make a request, and the co-ordinator "
                "knows. Please do not agree any days until there is a contract.",
            )
            return redirect("home")
    return render(request, "placements/requests/pass_on.html", {"form": form})

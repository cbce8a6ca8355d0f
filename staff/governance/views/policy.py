"""The authority's policy: what is in force, and how it changes. A change is a newer policy, never an edit (R-16.1)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from astcoord.core import audit
from astcoord.core import policy as authority
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.policy_changes import adopt, described, differences, draft, from_preset
from astcoord.core.presets import TITLES
from astcoord.core.roles import Role
from astcoord.ui.kept import NOT_ANSWERS
from astcoord.ui.submit import form_page, sent, submit
from staff.governance.forms import PolicyForm, PresetForm

KEPT = "The name, address, telephone and colour of your office stay as they are."


@access(Role.COORDINATOR, Role.OFFICER)
def policy(request: Request) -> HttpResponse:
    """The settings in force in plain words, and the policies before and after."""
    now = authority.in_force()
    audit.viewed(now if now.pk else None, by=request.user, what="policy")
    context = {
        "policy": now,
        "groups": described(now),
        "others": Policy.objects.exclude(pk=now.pk).select_related("created_by"),
        "today": today(),
        "may_change": request.user.has_role(Role.COORDINATOR),
    }
    return render(request, "staff/governance/policy.html", context)


@access(Role.COORDINATOR)
def policy_change(request: Request) -> HttpResponse:
    """Change settings: first the form, then what would change, then a newer policy."""
    before = authority.in_force()
    form = PolicyForm(sent(request), instance=draft(before, valid_from=today()))
    if form.is_valid():
        new = draft(before, valid_from=form.cleaned_data["valid_from"], **form.changes())
        if "confirm" not in request.POST:
            return _check(request, before, new)
        if submit(form, lambda _: adopt(new, by=request.user)):
            messages.success(request, "The policy is saved. The one before is kept.")
            return redirect("staff:policy")
    lead = "You see what changes before anything is saved."
    return form_page(request, form, title="Change the policy", back=("Policy", "staff:policy"), lead=lead)


@access(Role.COORDINATOR)
def policy_preset(request: Request) -> HttpResponse:
    """Begin from another authority's settings (R-16.1): choose, see what would change, save."""
    form = PresetForm(sent(request), initial={"valid_from": today()})
    if form.is_valid():
        name, start = form.cleaned_data["preset"], form.cleaned_data["valid_from"]
        before = authority.in_force(start)
        new = from_preset(name, before, valid_from=start)
        if "confirm" not in request.POST:
            return _check(request, before, new)
        if submit(form, lambda _: adopt(new, by=request.user, reason=f"Preset {TITLES[name]}")):
            messages.success(request, f"The settings of {TITLES[name]} are saved. Who the office is stays as it was.")
            return redirect("staff:policy")
    title, back = "Begin from another authority’s settings", ("Policy", "staff:policy")
    return form_page(request, form, title=title, back=back, lead=KEPT)


def _check(request: Request, before: Policy, new: Policy) -> HttpResponse:
    """What would change; the same answers are sent again to save it."""
    context = {"changed": differences(before, new), "policy": new, "answers": _answers(request)}
    return render(request, "staff/governance/policy_check.html", context)


def _answers(request: Request) -> list[tuple[str, str]]:
    """What was entered, to be sent again with the confirmation."""
    left_out = (*NOT_ANSWERS, "preview")
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]

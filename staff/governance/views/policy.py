"""The authority's policy: what is in force, and how it changes. A change is a newer policy, never an edit (R-16.1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from astcoord.core import audit
from astcoord.core import policy as authority
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.policy_changes import (
    adopt,
    check,
    described,
    differences,
    draft,
    from_preset,
)
from astcoord.core.policy_events import ADOPTING, Adopting
from astcoord.core.presets.reading import LARGEST, Preset
from astcoord.core.roles import Role
from astcoord.core.uploads import limited
from astcoord.core.words import say, say_later
from astcoord.ui.kept import NOT_ANSWERS
from astcoord.ui.submit import form_page, sent, submit
from astcoord.ui.uploads import submit_file
from staff.governance.forms import PolicyForm, PresetForm

KEPT = say_later(
    "Our presets leave as it is who your office is, how ASTs are ranked and how people sign in. Contracts that are "
    "signed keep the policy they were signed under."
)


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
        if "confirm" not in request.POST and submit(form, lambda _: check(new)):
            return _check(request, new)
        if "confirm" in request.POST and submit(form, lambda _: adopt(new, by=request.user)):
            messages.success(request, "The policy is saved. The one before is kept.")
            return redirect("staff:policy")
    lead = "You see what changes before anything is saved."
    return form_page(request, form, title="Change the policy", back=("Policy", "staff:policy"), lead=lead)


@limited(LARGEST)
@access(Role.COORDINATOR)
def policy_preset(request: Request) -> HttpResponse:
    """Begin from another authority's settings (R-16.1): choose, see what would change, save."""
    form = PresetForm(sent(request), request.FILES or None, initial={"valid_from": today()})
    if done := submit_file(request, form, _with_preset):
        preset, new = form.cleaned_data["chosen"], done.result
        if "confirm" not in request.POST:
            return _check(request, new, preset, form.cleaned_data["text"])
        if submit(form, lambda _: adopt(new, by=request.user, reason=f"Preset {preset.title}")):
            messages.success(request, f"The settings of {preset.title} are saved.")
            return redirect("staff:policy")
    title, back = say("Begin from another authority’s settings"), ("Policy", "staff:policy")
    return form_page(request, form, title=title, back=back, lead=KEPT)


def _with_preset(data: dict[str, Any]) -> Policy:
    """The policy with the settings chosen; refused if it cannot be adopted."""
    start = data["valid_from"]
    return check(from_preset(data["chosen"], authority.in_force(start), valid_from=start))


def _check(request: Request, new: Policy, preset: Preset | None = None, text: str = "") -> HttpResponse:
    """What would change, and what is open that it touches; the same answers are sent again to save it."""
    before = authority.in_force(new.valid_from)
    context = {
        "changed": differences(before, new, stated=preset.stated if preset else None),
        "preset": preset,
        "policy": new,
        "answers": [*_answers(request), *([("text", text)] if text else [])],
        "sections": ADOPTING.sections(Adopting(before, new, today())),
    }
    return render(request, "staff/governance/policy_check.html", context)


def _answers(request: Request) -> list[tuple[str, str]]:
    """What was entered, to be sent again with the confirmation."""
    left_out = (*NOT_ANSWERS, "preview", "text")
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]

"""The office's pages for one account: leaving, suspending, handing over, inviting again. Only the co-ordinator's."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from astcoord.core.access import access
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import Role
from astcoord.ui.forms import GovForm
from schools.register.models import School
from staff.accounts.actions import accounts, heads, people
from staff.accounts.forms.people import HandoverForm, LeaveForm, ResetForm, SubjectsForm, SuspendForm
from staff.accounts.models import RoleAssignment, User


@access(Role.COORDINATOR)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End all roles of somebody who leaves, on one day."""
    person = get_object_or_404(User, pk=pk)
    form = LeaveForm(request.POST or None)
    words = "This ends every role on one day. The account and its history are kept, and it opens nothing any more."
    page = {"person": person, "title": "Leaving", "words": words}
    return _ask(
        request, form, page, lambda data: accounts.leave(person=person, by=request.user, **data), "All roles end then."
    )


@access(Role.COORDINATOR)
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account at once."""
    person = get_object_or_404(User, pk=pk)
    form = SuspendForm(request.POST or None)
    words = "The person is signed out everywhere at once and cannot sign in. Roles and history stay as they are."
    page = {"person": person, "title": "Suspend the account", "words": words, "warning": True}
    done = "The account is suspended, and signed out everywhere."
    return _ask(request, form, page, lambda data: accounts.suspend(person=person, by=request.user, **data), done)


@access(Role.COORDINATOR)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody sign in again."""
    person = get_object_or_404(User, pk=pk)
    accounts.reopen(person=person, by=request.user)
    messages.success(request, "The account is open again, with the roles that are still in force.")
    return redirect("staff:person", pk)


@access(Role.COORDINATOR)
def reset_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who has lost phone and recovery codes."""
    person = get_object_or_404(User, pk=pk)
    form = ResetForm(request.POST or None)
    words = (
        "For somebody who has lost both the phone or key and the recovery codes. The authenticator app, passkeys and "
        "codes are removed, the person is signed out everywhere and told by e-mail."
    )
    page = {"person": person, "title": "Remove the second step", "words": words, "warning": True}
    done = "There is no second step on this account now."
    return _ask(
        request, form, page, lambda data: accounts.reset_second_step(person=person, by=request.user, **data), done
    )


@access(Role.COORDINATOR)
def subjects(request: HttpRequest, pk: int) -> HttpResponse:
    """Which ASTs a consultant leads (R-3.4)."""
    consultants = RoleAssignment.objects.filter(role=Role.CONSULTANT).select_related("user")
    role = get_object_or_404(consultants, pk=pk)
    form = SubjectsForm(request.POST or None, initial={"subjects": list(role.subjects)})
    words = "The consultant sees the ASTs who list any of these subjects, and nobody else, from now on."
    page = {"person": role.user, "title": "Change the consultant’s subjects", "words": words}
    return _ask(
        request, form, page, lambda data: people.change_subjects(assignment=role, by=request.user, **data), "Saved."
    )


@access(Role.COORDINATOR)
@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation once more."""
    role = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=pk)
    try:
        accounts.invite_again(assignment=role, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The invitation goes out once more.")
    return redirect("staff:person", role.user_id)


@access(Role.COORDINATOR)
def hand_over(request: HttpRequest) -> HttpResponse:
    """A school's new head, in one step."""
    asked = request.GET.get("school", "")
    school = School.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    form = HandoverForm(request.POST or None, initial={"school": school})
    if request.method == "POST" and form.is_valid():
        try:
            done = heads.hand_over(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, handed_over(done))
            return redirect("staff:person", done.begun.user_id)
    context = {"form": form, "school": school, "present": heads.present_heads(school) if school else []}
    return render(request, "staff/accounts/hand_over.html", context)


def handed_over(done: heads.Handover) -> str:
    """What was done, in a sentence or two."""
    before = " and ".join(role.user.name for role in done.ended)
    ended = f" {before} is head until the day before." if before else ""
    return f"{done.begun.user} is {done.begun} from the day you gave, and has been invited.{ended}"


def _ask(
    request: HttpRequest, form: GovForm, page: dict[str, Any], act: Callable[[Any], object], done: str
) -> HttpResponse:
    """One form about one person: show it, act, say so, and go back to the person."""
    person: User = page["person"]
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, done)
            return redirect("staff:person", person.pk)
    back = reverse("staff:person", args=[person.pk])
    return render(request, "staff/accounts/account_form.html", {**page, "form": form, "back_url": back})

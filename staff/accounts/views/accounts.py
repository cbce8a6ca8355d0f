"""The office's pages for one account: leaving, suspending, handing over, inviting again. Only the co-ordinator's."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui.forms import GovForm
from astcoord.ui.submit import attempt, form_page, sent, submit
from schools.register.models import School
from staff.accounts.actions import accounts, heads, people
from staff.accounts.events import NEW_HEAD, NewHead
from staff.accounts.forms.people import (
    HandoverForm,
    LeaveForm,
    ResetForm,
    SubjectsForm,
    SuspendForm,
    WhoseHeadForm,
)
from staff.accounts.models import RoleAssignment, User


@access(Role.COORDINATOR)
def leave(request: Request, pk: int) -> HttpResponse:
    """End all roles of somebody who leaves, on one day."""
    person = get_object_or_404(User, pk=pk)
    form = LeaveForm(sent(request))
    if submit(form, lambda data: accounts.leave(person=person, by=request.user, **data)):
        return _done(request, person, "All roles end then.")
    words = "This ends every role on one day. The account and its history are kept, and it opens nothing any more."
    posts = person.posts.in_post_from(today())
    ways = [(say("An AST in post: record the end of the post first"), "staff:post_leave", post.pk) for post in posts]
    return _ask(request, form, person, title="Leaving", lead=words, after=next(iter(ways), ()))


@access(Role.COORDINATOR)
def suspend(request: Request, pk: int) -> HttpResponse:
    """Close an account at once."""
    person = get_object_or_404(User, pk=pk)
    form = SuspendForm(sent(request))
    if submit(form, lambda data: accounts.suspend(person=person, by=request.user, **data)):
        return _done(request, person, "The account is suspended, and signed out everywhere.")
    words = "The person is signed out everywhere at once and cannot sign in. Roles and history stay as they are."
    return _ask(request, form, person, title="Suspend the account", warning=words)


@access(Role.COORDINATOR)
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Let somebody sign in again."""
    person = get_object_or_404(User, pk=pk)
    if attempt(request, lambda: accounts.reopen(person=person, by=request.user)):
        messages.success(request, "The account is open again, with the roles that are still in force.")
    return redirect("staff:person", pk)


@access(Role.COORDINATOR)
def reset_second_step(request: Request, pk: int) -> HttpResponse:
    """For somebody who has lost phone and recovery codes."""
    person = get_object_or_404(User, pk=pk)
    form = ResetForm(sent(request))
    if submit(form, lambda data: accounts.reset_second_step(person=person, by=request.user, **data)):
        return _done(request, person, "There is no second step on this account now.")
    words = (
        "For somebody who has lost both the phone or key and the recovery codes. The authenticator app, passkeys and "
        "codes are removed, the person is signed out everywhere and told by e-mail."
    )
    return _ask(request, form, person, title="Remove the second step", warning=words)


@access(Role.COORDINATOR)
def subjects(request: Request, pk: int) -> HttpResponse:
    """Which ASTs a consultant leads (R-3.4)."""
    consultants = RoleAssignment.objects.filter(role=Role.CONSULTANT).select_related("user")
    role = get_object_or_404(consultants, pk=pk)
    form = SubjectsForm(sent(request), initial={"subjects": list(role.subjects), "phases": list(role.phases)})
    if submit(form, lambda data: people.change_subjects(assignment=role, by=request.user, **data)):
        return _done(request, role.user, "Saved.")
    words = say(
        "From now on the consultant sees the ASTs who list one of these subjects, at schools of these phases only."
    )
    return _ask(request, form, role.user, title="Change the consultant’s group", lead=words)


@access(Role.COORDINATOR)
@require_POST
def invite_again(request: Request, pk: int) -> HttpResponse:
    """Send the invitation once more."""
    role = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=pk)
    if attempt(request, lambda: accounts.invite_again(assignment=role, by=request.user)):
        messages.success(request, "The invitation goes out once more.")
    return redirect("staff:person", role.user_id)


@access(Role.COORDINATOR)
def hand_over(request: Request) -> HttpResponse:
    """A school's new head, in one step."""
    asked = request.GET.get("school", "")
    school = School.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    if school is None and "name" not in request.POST:
        return _whose_head(request)
    form = HandoverForm(sent(request), initial={"school": school})
    if done := submit(form, lambda data: heads.hand_over(by=request.user, **data)):
        return _done(request, done.result.begun.user, handed_over(done.result))
    return form_page(
        request,
        form,
        title="New headteacher",
        caption=school.name if school else "People",
        back=("People", "staff:people"),
        template="staff/accounts/hand_over.html",
        present=heads.present_heads(school) if school else [],
        sections=NEW_HEAD.sections(NewHead(school)) if school else [],
    )


def _whose_head(request: Request) -> HttpResponse:
    """The school first."""
    form = WhoseHeadForm(sent(request))
    if form.is_valid():
        return redirect(f"{reverse('staff:hand_over')}?school={form.cleaned_data['school'].pk}")
    return form_page(request, form, title="New headteacher", caption="People", back=("People", "staff:people"))


def handed_over(done: heads.Handover) -> str:
    """What was done, in a sentence or two."""
    before = " and ".join(role.user.name for role in done.ended)
    ended = f" {before} is head until the day before." if before else ""
    return f"{done.begun.user} is {done.begun} from the day you gave, and has been invited.{ended}"


def _ask(request: Request, form: GovForm, person: User, *, title: str, **words: Any) -> HttpResponse:
    """The page of one form about one person."""
    return form_page(request, form, title=title, caption=person.name, back=("Back", "staff:person", person.pk), **words)


def _done(request: Request, person: User, words: str) -> HttpResponse:
    """Say what was done, and go back to the person."""
    messages.success(request, words)
    return redirect("staff:person", person.pk)

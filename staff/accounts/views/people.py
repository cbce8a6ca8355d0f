"""People and their roles: the office’s list, one person, additions and changes."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core import timeline
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, sent, submit
from staff.accounts import sessions
from staff.accounts.actions import people
from staff.accounts.events import RENAMED, Renamed
from staff.accounts.filters import PeopleFilter
from staff.accounts.forms.people import AddPersonForm, EndRoleForm, person_form
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator
from staff.accounts.reads import goes_on, role_groups
from staff.accounts.second_step import has_one
from staff.accounts.tables import PeopleTable


@access(OFFICE)
class PeopleList(FilteredList):
    """Everybody with an account."""

    table_class = PeopleTable
    filterset_class = PeopleFilter
    template_name = "staff/accounts/people.html"
    title = "People"
    csv_name = "people"

    def get_queryset(self) -> QuerySet[User]:
        held = RoleAssignment.objects.in_force(today()).select_related("school", "stands_in_for")
        return User.objects.prefetch_related(Prefetch("roles", held, to_attr="held"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_add=is_coordinator(self.request.user), **kwargs)


@access(Role.COORDINATOR)
def person_add(request: Request) -> HttpResponse:
    """Give somebody a role, and send the invitation."""
    form = AddPersonForm(sent(request), initial={"email": request.GET.get("email", "")})
    if done := submit(form, lambda _: people.add_person(by=request.user, **form.values())):
        assignment = done.result
        messages.success(request, f"{assignment.user} is {assignment}. An e-mail says how to sign in.")
        return redirect("staff:person", assignment.user_id)
    lead = say(
        "The person gets an e-mail that says how to sign in. Somebody who has an account keeps it and gets another "
        "role. ASTs are added with their post, on the ASTs page."
    )
    return form_page(request, form, title="Add a person", caption="People", back=("Back", "staff:people"), lead=lead)


@access(OFFICE)
def person(request: Request, pk: int) -> HttpResponse:
    """One person: roles now and before, and what was changed."""
    shown = get_object_or_404(User, pk=pk)
    groups = role_groups(shown, today())
    context = {
        "person": shown,
        "role_groups": groups,
        "has_open_roles": goes_on(groups),
        "has_second_step": has_one(shown),
        "history": timeline.trail(shown, reader=request.user),
        "may_change": is_coordinator(request.user),
    }
    return render(request, "staff/accounts/person.html", context)


@access(Role.COORDINATOR)
def person_change(request: Request, pk: int) -> HttpResponse:
    """Correct a name or an address."""
    shown = get_object_or_404(User, pk=pk)
    form = person_form(sent(request), shown)
    if submit(form, lambda data: people.change_person(person=shown, by=request.user, **data)):
        if shown.pk == request.user.pk:
            sessions.stay(request, shown)
        messages.success(request, "Saved.")
        return redirect("staff:person", pk)
    return form_page(
        request,
        form,
        title="Change name or e-mail address",
        caption=shown.name,
        back=("Back", "staff:person", pk),
        lead=[
            "A new address works for signing in at once. Both are told, and the person is signed out everywhere.",
            "Pages, lists and new letters show the new name. Signed texts, sent letters and the history keep the old "
            "one.",
        ],
        template="staff/accounts/change.html",
        sections=RENAMED.sections(Renamed(shown, shown.name, shown.email)),
    )


@access(Role.COORDINATOR)
def role_end(request: Request, pk: int) -> HttpResponse:
    """Note a role's last day; the role stays on record."""
    assignment = get_object_or_404(RoleAssignment.objects.select_related("user", "school"), pk=pk, stands_in_for=None)
    form = EndRoleForm(sent(request))
    if submit(form, lambda data: people.end_role(assignment=assignment, by=request.user, **data)):
        messages.success(request, "The role ends on that day. It stays on record.")
        return redirect("staff:person", assignment.user_id)
    return form_page(
        request,
        form,
        title="End this role",
        caption=assignment.user.name,
        back=("Back", "staff:person", assignment.user_id),
        lead=f"{assignment}. The role stays on record, with its last day.",
    )

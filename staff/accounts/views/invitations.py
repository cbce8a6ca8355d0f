"""Heads get in: who cannot yet, inviting many at once, what has become of it, reminding (R-17.5)."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import counted, plural
from astcoord.ui import bulk
from astcoord.ui.bulk import BulkAction
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, sent, submit
from astcoord.ui.tables import LARGEST_PAGE
from schools.register.querysets import SchoolQuerySet
from staff.accounts import reads
from staff.accounts.actions import invitations
from staff.accounts.filters import HeadsFilter, UninvitedFilter
from staff.accounts.forms.invitations import InviteHeadsForm, RemindHeadsForm
from staff.accounts.models import User
from staff.accounts.tables import HeadsTable, UninvitedTable

COORDINATORS = frozenset({Role.COORDINATOR})


@access(Role.COORDINATOR)
class Uninvited(FilteredList):
    """Schools whose head cannot sign in."""

    table_class = UninvitedTable
    filterset_class = UninvitedFilter
    template_name = "staff/accounts/heads_uninvited.html"
    title = "Headteachers without an account"
    csv_name = "headteachers-without-an-account"
    table_pagination = {"per_page": LARGEST_PAGE}
    bulk = (BulkAction("Invite them", "staff:heads_invite", COORDINATORS),)

    def get_queryset(self) -> SchoolQuerySet:
        return uninvited()


@access(OFFICE)
class Invited(FilteredList):
    """Heads with an account: how far their invitations have come."""

    table_class = HeadsTable
    filterset_class = HeadsFilter
    template_name = "staff/accounts/heads_invited.html"
    title = "Headteachers with an account"
    csv_name = "headteachers-with-an-account"
    table_pagination = {"per_page": LARGEST_PAGE}
    bulk = (BulkAction("Remind them", "staff:heads_remind", COORDINATORS),)

    def get_queryset(self) -> QuerySet[Any]:
        return reads.heads(today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "progress": reads.head_count(today()),
            "undecided": reads.undecided(today()),
            "may_choose": self.request.user.has_role(Role.COORDINATOR),
        }


def uninvited() -> SchoolQuerySet:
    """By name."""
    return reads.without_head(today()).order_by("name_key", "urn")


@access(Role.COORDINATOR)
def invite(request: Request) -> HttpResponse:
    """Says how many would be invited, and who cannot be and why; then does it (R-17.5)."""
    chosen = bulk.chosen(request, "staff:heads_uninvited")
    rows = reads.invitees(uninvited().filter(pk__in=chosen), today())
    shared = [row for row in rows if not row.problems and row.is_shared]
    fit = [row for row in rows if not row.problems and not row.is_shared]
    initial = {**bulk.joined(chosen), "how": InviteHeadsForm.INVITE}
    form = InviteHeadsForm(sent(request), initial=initial, shared=len(shared))
    if done := submit(form, lambda data: _let_in(form, data, by=request.user)):
        messages.success(request, done.result)
        inviting = form.cleaned_data["how"] == form.INVITE
        return redirect("staff:heads_invited" if inviting else "staff:heads_uninvited")
    if not rows:
        return bulk.nothing_chosen(
            request, "staff:heads_uninvited", "Tick the schools whose headteachers you want to invite."
        )
    lead = "Nothing has been sent yet."
    if fit or not shared:
        count = counted(len(fit), "headteacher") if fit else "None of these headteachers"
        lead = f"{count} can be invited, or be let in by the address. {lead}"
    return form_page(
        request,
        form,
        title="Invite headteachers",
        caption="People",
        back=bulk.back_to_list(request, "Back", "staff:heads_uninvited"),
        lead=lead,
        template="staff/accounts/heads_invite.html",
        fit=fit,
        shared=shared,
        left=[row for row in rows if row.problems],
    )


def _let_in(form: InviteHeadsForm, data: dict[str, Any], *, by: User) -> str:
    """Invite, or let in by the address; what was done, in words."""
    chosen = {"schools": form.keys(), "by": by, "shared": data.get("shared", False)}
    if data["how"] == form.INVITE:
        return invited_words(invitations.invite_heads(**chosen))
    count = invitations.open_addresses(**chosen)
    if not count:
        return "Nothing has changed: these headteachers can sign in with their address already, or cannot get in."
    return f"{counted(count, 'headteacher')} can now sign in with the address that you have of them."


def invited_words(done: invitations.Invited) -> str:
    """What was done, in a sentence or two."""
    if not done.roles:
        return "Nobody was invited: the headteachers of these schools are invited already, or cannot be."
    count = len(done.roles)
    words = f"{counted(count, 'headteacher')} {plural(count, 'is', 'are')} invited. Their e-mails are on their way."
    left = len(done.left)
    return f"{words} {counted(left, 'school')} {plural(left, 'was', 'were')} left out." if left else words


@access(Role.COORDINATOR)
def remind(request: Request) -> HttpResponse:
    """Says who would be reminded, and who not and why; then does it (R-17.5)."""
    chosen = bulk.chosen(request, "staff:heads_invited")
    rows = reads.reminders(reads.heads(today()).filter(pk__in=chosen), timezone.now())
    due = [row for row in rows if not row.problems]
    form = RemindHeadsForm(sent(request), initial=bulk.joined(chosen), due=len(due))
    if done := submit(form, lambda _: invitations.remind_heads(roles=form.keys(), by=request.user)):
        words = f"{counted(done.result, 'reminder')} on the way." if done.result else "Nobody was due a reminder."
        messages.success(request, words)
        return redirect("staff:heads_invited")
    if not rows:
        return bulk.nothing_chosen(request, "staff:heads_invited", "Tick the headteachers whom you want to remind.")
    lead = f"{counted(len(due), 'headteacher')} will get the invitation once more. Nothing has been sent yet."
    return form_page(
        request,
        form,
        title="Remind headteachers",
        caption="People",
        back=bulk.back_to_list(request, "Back", "staff:heads_invited"),
        lead=lead,
        template="staff/accounts/heads_remind.html",
        due=due,
        left=[row for row in rows if row.problems],
    )

"""Proposals: the list, one, written by the head, submitted, taken back, withdrawn (R-2.13, R-2.19, R-2.20)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from astcoord.core import audit, documents, policy
from astcoord.core.access import Request, access, only_where
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from astcoord.core.words import say
from astcoord.ui.forms import ConfirmForm, ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, reason_page, sent, submit
from schools.register.models import School
from staff.secondments import permissions
from staff.secondments.actions import proposing as actions
from staff.secondments.documents import letters
from staff.secondments.filters import ProposalFilter
from staff.secondments.forms.proposals import DeclareForm, ProposalForm
from staff.secondments.models import Proposal, SecondmentRound
from staff.secondments.reads import overview
from staff.secondments.reads.pages import proposal_page
from staff.secondments.rules.proposals import open_problems
from staff.secondments.tables import ProposalTable

READERS = frozenset({Role.COORDINATOR, Role.HEADTEACHER, Role.CONSULTANT, Role.GOVERNOR, Role.AST})


def find(request: Request, pk: int) -> Proposal:
    """One that this person may see, or 404."""
    return get_object_or_404(Proposal.objects.visible_to(request.user).whole(), pk=pk)


def own(request: Request, pk: int) -> Proposal:
    """One of the head's own school, or 403 for who reads it otherwise."""
    found = find(request, pk)
    if not permissions.is_head(request.user, found):
        raise PermissionDenied
    return found


@access(READERS)
@only_where("secondments")
class ProposalList(FilteredList):
    """What this person may read of, as a file too."""

    table_class = ProposalTable
    filterset_class = ProposalFilter
    template_name = "staff/secondments/proposals.html"
    title = "Secondments"
    csv_name = "secondments"
    few = 10

    def get_queryset(self) -> QuerySet[Proposal]:
        return Proposal.objects.visible_to(self.request.user).select_related("school", "round").distinct()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rounds = SecondmentRound.objects.open(today()) if user.has_role(Role.HEADTEACHER) else []
        places = overview.places(policy.in_force().most_secondments) if user.has_role(Role.COORDINATOR) else None
        return super().get_context_data(rounds=rounds, places=places, **kwargs)


@access(READERS)
@only_where("secondments")
@require_safe
def proposal(request: Request, pk: int) -> HttpResponse:
    """What it says to this reader, whose turn it is, what came of it."""
    found = find(request, pk)
    if permissions.sees_money(request.user, found) and request.user.has_role(Role.COORDINATOR, Role.GOVERNOR):
        audit.viewed(found, by=request.user, what="secondment and pay")
    page = proposal_page(found, request.user, today())
    return render(request, "staff/secondments/proposal.html", {"page": page, "proposal": found})


@access(Role.HEADTEACHER)
@only_where("secondments")
def proposal_add(request: Request, pk: int) -> HttpResponse:
    """A head begins one, in a round that is open for the school."""
    row = get_object_or_404(SecondmentRound, pk=pk)
    heads = School.objects.filter(pk__in=request.user.schools_as(Role.HEADTEACHER)).by_name()
    schools = [school for school in heads if not open_problems(row, phase=school.phase, today=today())]
    if not schools:
        problems = open_problems(row, phase=heads[0].phase if heads else "", today=today())
        messages.error(request, problems[0].message)
        return redirect(row)
    form = ProposalForm(sent(request), round=row, schools=schools, points=_points())
    if done := submit(form, lambda _: _propose(row, schools, form, request)):
        messages.success(request, "The draft is saved. Submit it when it is whole.")
        return redirect(done.result)
    lead = f"Save a draft at any time. Submit it on or before {date_words(row.closes_on)}."
    return form_page(request, form, title="Propose a teacher", caption=row.name, lead=lead, back=("Back", row))


def _propose(row: SecondmentRound, schools: list[School], form: ProposalForm, request: Request) -> Proposal:
    chosen = form.cleaned_data.get("school", str(schools[0].pk))
    school = next(each for each in schools if str(each.pk) == chosen)
    return actions.propose(round=row, school=school, written=form.written(), by=request.user)


@access(Role.HEADTEACHER)
@only_where("secondments")
def proposal_change(request: Request, pk: int) -> HttpResponse:
    """A draft is worded better."""
    found = own(request, pk)
    schools = [found.school]
    form = ProposalForm(sent(request), round=found.round, schools=schools, points=_points(), proposal=found)
    if submit(form, lambda _: actions.change(proposal=found, written=form.written(), by=request.user)):
        messages.success(request, "The draft is saved.")
        return redirect(found)
    return form_page(request, form, title="Change the proposal", caption=str(found), back=("Back", found))


@access(Role.HEADTEACHER)
@only_where("secondments")
def proposal_submit(request: Request, pk: int) -> HttpResponse:
    """To the authority; what is wanting is said here."""
    found = own(request, pk)
    form = ConfirmForm(sent(request), submit="Submit the proposal")
    if submit(form, lambda _: actions.submit(proposal=found, by=request.user)):
        messages.success(request, "The proposal is submitted. You get a letter with the decision.")
        return redirect(found)
    lead = say(
        "An adviser of the authority looks at it first, and meets you and the teacher. Then the co-ordinator decides."
    )
    after = ("Change the proposal", "staff:proposal_change", pk)
    return form_page(
        request, form, title="Submit the proposal", caption=str(found), lead=lead, back=("Back", found), after=after
    )


@access(Role.HEADTEACHER)
@only_where("secondments")
def proposal_recall(request: Request, pk: int) -> HttpResponse:
    """A draft again."""
    found = own(request, pk)
    form = ConfirmForm(sent(request), submit="Take it back")
    if submit(form, lambda _: actions.recall(proposal=found, by=request.user)):
        messages.success(request, "It is a draft again. Submit it before the round closes.")
        return redirect(found)
    lead = f"It becomes a draft again. Submit it once more on or before {date_words(found.round.closes_on)}."
    return form_page(request, form, title="Take the proposal back", caption=str(found), lead=lead, back=("Back", found))


@access(Role.HEADTEACHER)
@only_where("secondments")
def proposal_withdraw(request: Request, pk: int) -> HttpResponse:
    """The school does not want it any more."""
    found = own(request, pk)
    return reason_page(
        request,
        partial(actions.withdraw, proposal=found, by=request.user),
        title="Withdraw the proposal",
        done="The proposal is withdrawn.",
        to=found,
        form=ReasonForm(sent(request), submit="Withdraw it", label="Why is it withdrawn?", tone="warning"),
        caption=str(found),
        back=("Back", found),
    )


@access(Role.HEADTEACHER, Role.COORDINATOR)
@only_where("secondments")
def proposal_funding(request: Request, pk: int) -> HttpResponse:
    """What the school has for this from elsewhere (R-2.20)."""
    found = find(request, pk)
    form = DeclareForm(sent(request), proposal=found)
    if submit(form, lambda data: actions.declare(proposal=found, by=request.user, **data)):
        messages.success(request, "The declaration is saved.")
        return redirect(found)
    lead = "It is deducted from the grant. Statements that have been made stay as they are."
    return form_page(request, form, title="Declare other funding", caption=str(found), lead=lead, back=("Back", found))


@access(READERS)
@only_where("secondments")
@require_safe
def proposal_letter(request: Request, pk: int, number: int) -> HttpResponse:
    """A letter with an outcome, to those who may read it."""
    found = find(request, pk)
    if not permissions.sees_money(request.user, found):
        raise PermissionDenied
    return documents.download(get_object_or_404(letters(found), pk=number))


@access(Role.OFFICER, Role.COORDINATOR)
@only_where("secondments")
@require_safe
def sums(request: Request) -> HttpResponse:
    """How many, and how much: no names, no small numbers (section G)."""
    return render(request, "staff/secondments/sums.html", {"rows": overview.sums()})


def _points() -> tuple[int, int]:
    now = policy.in_force()
    return now.secondment_first_point, now.secondment_last_point

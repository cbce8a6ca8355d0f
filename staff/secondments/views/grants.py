"""Statements of grants: made, printed, paid (R-2.18, R-2.20)."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import documents
from astcoord.core.access import Request, access, only_where
from astcoord.core.roles import Role
from astcoord.core.wording import pounds
from astcoord.ui.forms import ReasonForm
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from schools.calendar.models import Term
from staff.secondments import permissions
from staff.secondments.actions import grants as actions
from staff.secondments.forms.running import PaidForm
from staff.secondments.models import GrantStatement, Proposal
from staff.secondments.views.proposals import READERS, find
from staff.secondments.views.running import held_of


@access(Role.COORDINATOR)
@require_POST
@only_where("secondments")
def make(request: Request, pk: int, slug: str) -> HttpResponse:
    """Work out what a term is paid, and freeze it."""
    found = find(request, pk)
    term = get_object_or_404(Term, slug=slug)
    if attempt(request, lambda: actions.make_statement(secondment=held_of(found), term=term, by=request.user)):
        messages.success(request, f"The statement for {term.name} is made.")
    return redirect(found)


@access(READERS)
@only_where("secondments")
@require_safe
def statement(request: Request, pk: int, number: int) -> HttpResponse:
    """The paper, for those who may read of money."""
    found = find(request, pk)
    if not permissions.sees_money(request.user, found):
        raise PermissionDenied
    return documents.download(_statement(found, number).document)


@access(Role.COORDINATOR)
@only_where("secondments")
def paid(request: Request, pk: int, number: int) -> HttpResponse:
    """The money has gone; the school is told."""
    found = find(request, pk)
    row = _statement(found, number)
    form = PaidForm(sent(request))
    if submit(form, lambda data: actions.record_paid(statement=row, by=request.user, **data)):
        messages.success(request, "The payment is recorded, and the school is told.")
        return redirect(found)
    lead = f"{pounds(row.amount)} for {row.term.name}."
    return form_page(request, form, title="Record the payment", caption=str(found), lead=lead, back=("Back", found))


@access(Role.COORDINATOR)
@only_where("secondments")
def take_away(request: Request, pk: int, number: int) -> HttpResponse:
    """One that is wrong, before it is paid."""
    found = find(request, pk)
    row = _statement(found, number)
    return reason_page(
        request,
        partial(actions.take_away, statement=row, by=request.user),
        title="Take the statement away",
        done="The statement is taken away. Make another one.",
        to=found,
        form=ReasonForm(sent(request), submit="Take it away", label="What is wrong with it?", tone="warning"),
        caption=str(row),
        back=("Back", found),
    )


def _statement(found: Proposal, number: int) -> GrantStatement:
    rows = GrantStatement.objects.filter(secondment__proposal=found)
    return get_object_or_404(rows.select_related("term", "document", "secondment__post__user"), pk=number)

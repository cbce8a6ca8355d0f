"""Statements of what is paid for a term, made and paid by the co-ordinator (R-2.18, R-2.20)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.wording import pounds
from schools.calendar.models import Term
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.secondments import documents, emails
from staff.secondments.models import GrantStatement, Secondment
from staff.secondments.reads.grants import grant_of


@transaction.atomic
def make_statement(*, secondment: Secondment, term: Term, by: User) -> GrantStatement:
    """Work out and freeze what a term is paid. Refused without a declaration of other funding, or a figure it needs."""
    _require(by)
    held = _locked(secondment)
    if GrantStatement.objects.filter(secondment=held, term=term).exists():
        raise Refused([Problem(f"There is a statement for {term.name} already", "term", "R-2.18", "twice")])
    due = grant_of(held, term)
    refuse(due.problems)
    if due.grant is None:  # a figure is missing, which is a problem
        raise Refused([Problem("The grant cannot be worked out", "", "R-2.18", "figure")])
    made: GrantStatement = GrantStatement.objects.create(
        secondment=held,
        term=term,
        amount=due.amount,
        document=documents.grant_statement(held, term, due, due.grant, by=by),
        made_by=by,
    )
    after = {"term": term.name, "amount": pounds(due.amount)}
    audit.record("secondment: grant statement made", held.proposal, by=by, after=after)
    return made


@transaction.atomic
def take_away(*, statement: GrantStatement, reason: str, by: User) -> None:
    """One that is wrong and not paid yet; another can be made. The paper stays among the proposal's papers."""
    _require(by)
    held = _locked(statement.secondment)
    row = GrantStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    found = [] if reason.strip() else [Problem("Enter why it is wrong", "reason", "R-2.18", "reason")]
    if row.paid_on:
        found.append(Problem("It has been paid, so it stays", "reason", "R-2.18", "paid"))
    refuse(found)
    before = {"term": row.term.name, "amount": pounds(row.amount)}
    audit.record("secondment: grant statement taken away", held.proposal, by=by, reason=reason, before=before)
    row.delete()


@transaction.atomic
def record_paid(*, statement: GrantStatement, on: date, by: User) -> GrantStatement:
    """The money has gone to the school, which is told, with the statement (N22)."""
    _require(by)
    held = _locked(statement.secondment)
    row = GrantStatement.objects.select_for_update(of=("self",)).select_related("term", "document").get(pk=statement.pk)
    found = [Problem("It is recorded as paid already", "on", "R-2.18", "twice")] if row.paid_on else []
    if on > today():
        found.append(Problem("The day of payment must be today or in the past", "on", "R-2.18", "future"))
    elif on < held.starts_on:
        found.append(Problem("The day of payment lies before the secondment. Check the year.", "on", "R-2.18", "far"))
    refuse(found)
    row.paid_on, row.paid_by = on, by
    row.save(update_fields=["paid_on", "paid_by"])
    after = {"term": row.term.name, "paid on": on, "amount": pounds(row.amount)}
    audit.record("secondment: grant paid", held.proposal, by=by, after=after)
    emails.paid(row)
    return row


def _require(by: User) -> None:
    if not is_coordinator(by):
        raise PermissionDenied("pay a grant")


def _locked(secondment: Secondment) -> Secondment:
    """Statements of one secondment are made one after the other."""
    rows = Secondment.objects.select_for_update(of=("self",)).select_related("proposal__school", "post__user", "guide")
    found: Secondment = rows.get(pk=secondment.pk)
    return found

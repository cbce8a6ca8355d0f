"""The letter of an outcome and the statement of a grant (R-2.15, R-2.18, R-15.14)."""

from typing import Any

from astcoord.core import documents, policy
from astcoord.core.clock import today
from astcoord.core.models.documents import Document
from astcoord.core.wording import pounds
from schools.calendar.models import Term
from schools.register.models import School
from staff.accounts.models import User
from staff.secondments.models import Proposal, Secondment
from staff.secondments.reads.grants import Due
from staff.secondments.rules.grants import Grant

LETTER, STATEMENT = "secondment-outcome", "grant-statement"


def outcome_letter(proposal: Proposal, *, by: User) -> Document:
    """R-2.15: what was decided of a proposal, to the school, frozen with the decision."""
    facts = {
        **documents.letterhead(),
        "addressee": {"lines": _address(proposal.school)},
        "head": proposal.school.head_name,
        "teacher": proposal.aspirant_name,
        "school": proposal.school.name,
        "round": proposal.round.name,
        "outcome": proposal.status,
        "note": proposal.decision_note,
        "months": policy.in_force().secondment_months,
        "points": proposal.range_words,
        "signed_by": by.name,
    }
    title = f"Secondment proposal: {proposal.aspirant_name}, {proposal.school.name}"
    return documents.freeze(LETTER, title=title[:250], facts=facts, about=proposal, by=by)


def letters(proposal: Proposal) -> Any:
    """The letters of a proposal, the newest first."""
    return Document.objects.about(proposal).filter(kind=LETTER)


def grant_statement(held: Secondment, term: Term, due: Due, grant: Grant, *, by: User) -> Document:
    """R-2.18: a term’s grant by element, as it was worked out, frozen."""
    proposal = held.proposal
    elements = [(name, pounds(amount)) for name, amount in grant.elements]
    deducted = [(f"Less other funding: {proposal.other_source or 'none'}", pounds(-grant.other))]
    facts = {
        **documents.letterhead(),
        "addressee": {"lines": _address(proposal.school)},
        "teacher": held.post.name,
        "school": proposal.school.name,
        "term": term.name,
        "passed": due.passed,
        "points": proposal.range_words,
        "lowest": pounds(due.lowest) if due.lowest is not None else "",
        "m6": pounds(due.m6) if due.m6 is not None else "",
        "guide": held.guide.name,
        "rows": [*elements, *(deducted if grant.other else []), ("A year", pounds(grant.year))],
        "declared_none": not grant.other,
        "amount": pounds(due.amount),
        "worked_out_on": today(),
    }
    title = f"Secondment grant, {term.name}: {held.post.name}, {proposal.school.name}"
    return documents.freeze(STATEMENT, title=title[:250], facts=facts, about=proposal, by=by)


def _address(school: School) -> list[str]:
    head = [f"{school.head_name}, Headteacher"] if school.head_name else ["The headteacher"]
    return [*head, school.name, *school.address_lines]

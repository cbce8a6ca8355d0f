"""What the co-ordinator decides about a request, short of proposing a match (requirements E)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused
from placements.requests import emails, rules
from placements.requests.actions import asking, owning
from placements.requests.lifecycle import Ending, Situation
from placements.requests.models import OutreachRequest
from staff.accounts import permissions
from staff.accounts.models import User


@transaction.atomic
def take_up(*, request: OutreachRequest, by: User) -> OutreachRequest:
    """The co-ordinator starts to look for an AST, and looks after it from now on, unless somebody does already."""
    moved = gate.move(
        request, "review", by=by, may=permissions.is_coordinator, look_again_on=None, ending="", ending_note=""
    )
    if moved.owner is None:
        owning.hand_over(requests=[moved], owner=by.in_whose_name, by=by)
        moved.refresh_from_db()
    return moved


@transaction.atomic
def return_with_questions(*, request: OutreachRequest, by: User, questions: str) -> OutreachRequest:
    """A vague request goes back to the head with what is not clear (R-6.2)."""
    _say_something(questions, "questions", "Enter what you would like to know")
    moved = gate.move(request, "return", by=by, may=permissions.is_coordinator, reason=questions, questions=questions)
    emails.returned(moved)
    return moved


@transaction.atomic
def wait(*, request: OutreachRequest, by: User, ending: str, note: str, look_again_on: date) -> OutreachRequest:
    """Nobody can take it up now: it waits with a reason and a date (R-6.15)."""
    if look_again_on <= today():
        raise Refused([Problem("The date to look again must be in the future", "look_again_on", "R-6.15")])
    moved = gate.move(
        request,
        "wait",
        by=by,
        may=permissions.is_coordinator,
        reason=f"{Ending(ending).label}. {note}".strip(),
        ending=ending,
        ending_note=note,
        look_again_on=look_again_on,
    )
    emails.waiting(moved)
    return moved


@transaction.atomic
def decline(*, request: OutreachRequest, by: User, ending: str, note: str) -> OutreachRequest:
    """The request ends without an AST, for a coded reason and in words for the head."""
    _say_something(note, "note", "Enter what to tell the headteacher")
    reason = f"{Ending(ending).label}. {note}"
    moved = gate.move(
        request,
        "decline",
        by=by,
        may=permissions.is_coordinator,
        problems=_part_found,
        reason=reason,
        ending=ending,
        ending_note=note,
        look_again_on=None,
    )
    asking.forget_declarations(moved)
    emails.declined(moved)
    return moved


@transaction.atomic
def refer(*, request: OutreachRequest, by: User, where: str) -> OutreachRequest:
    """Another source of help is the answer (R-1.9)."""
    _say_something(where, "where", "Enter who can help instead")
    moved = gate.move(
        request,
        "refer",
        by=by,
        may=permissions.is_coordinator,
        problems=_part_found,
        reason=where,
        ending=Ending.BETTER_ELSEWHERE,
        ending_note=where,
        look_again_on=None,
    )
    asking.forget_declarations(moved)
    emails.referred(moved)
    return moved


@transaction.atomic
def settle(*, request: OutreachRequest, by: User, ending: str, note: str) -> OutreachRequest:
    """No AST is looked for any more for the days still open; the placement that there is stays (R-7.8)."""
    _say_something(note, "note", "Enter what to tell the headteacher")
    moved = gate.move(
        request,
        "settle",
        by=by,
        may=permissions.is_coordinator,
        problems=lambda locked: rules.nothing_found(locked.days_found),
        reason=f"{Ending(ending).label}. {note}",
        ending=ending,
        ending_note=note,
        look_again_on=None,
    )
    emails.settled(moved)
    return moved


@transaction.atomic
def state_realism(
    *, request: OutreachRequest, by: User, statement: str, consents: bool | None = None
) -> OutreachRequest:
    """The co-ordinator records why the aims are realistic for the days asked for (R-6.9).

    Where the policy is overridden for somebody in serious difficulty, also whether they agree to be supported (R-6.7).
    The statement may say what was declared of people, and goes when that goes: history keeps only that it was made.
    """
    if not permissions.is_coordinator(by):
        raise PermissionDenied("state realism")
    _say_something(statement, "realism", "Enter why the aims are realistic")
    locked = OutreachRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    locked.realism, locked.realism_by = statement, by
    locked.save(update_fields=["realism", "realism_by"])
    if consents is not None:
        locked.staff.filter(situation=Situation.SERIOUS).update(consents=consents)
    audit.record("request: aims found realistic", locked, by=by)
    return locked


def _part_found(request: OutreachRequest) -> list[Problem]:
    return rules.part_found(request.days_found, request.days)


def _say_something(text: str, field: str, message: str) -> None:
    if not text.strip():
        raise Refused([Problem(message, field)])

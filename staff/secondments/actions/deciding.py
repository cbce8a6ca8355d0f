"""The adviser endorses, the co-ordinator decides, and each outcome goes to the school in writing (R-2.14 to R-2.16)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate, outbox, policy
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from astcoord.core.words import say
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator
from staff.secondments import documents, emails
from staff.secondments.lifecycle import ProposalStatus
from staff.secondments.models import Proposal, SecondmentRound
from staff.secondments.permissions import decides, is_adviser
from staff.secondments.rules import proposals as rules


@transaction.atomic
def name_adviser(*, proposal: Proposal, adviser: User, by: User) -> Proposal:
    """R-2.14: the co-ordinator says who advises the school; the adviser is asked to endorse. Another may be named."""
    if not is_coordinator(by):
        raise PermissionDenied("name the adviser")
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.status != ProposalStatus.SUBMITTED:
        raise Refused([gate.out_of_turn(locked, "Name the adviser")])
    consults = RoleAssignment.objects.in_force(today()).filter(user=adviser, role=Role.CONSULTANT)
    if not consults.exists():
        words = say("Choose somebody who is a consultant or adviser of the authority today")
        raise Refused([Problem(words, "adviser", "R-2.14", "no-adviser")])
    if locked.adviser_id != adviser.pk:
        before = locked.adviser.name if locked.adviser else ""
        locked.adviser = adviser
        locked.save(update_fields=["adviser"])
        audit.record(
            "secondment proposal: adviser named",
            locked,
            by=by,
            before={"adviser": before},
            after={"adviser": adviser.name},
        )
        outbox.cancel_about(locked, kind="secondment-endorse")
    emails.ask_to_endorse(locked, asked_at=locked.submitted_at)
    return locked


@transaction.atomic
def endorse(*, proposal: Proposal, met_aspirant: str, met_head: str, note: str, by: User) -> Proposal:
    """R-2.14: the adviser confirms having observed, or talked with, both the teacher and the head."""
    refuse(rules.endorsement_problems(met_aspirant=met_aspirant, met_head=met_head))
    met: dict[str, Any] = {"met_aspirant": met_aspirant, "met_head": met_head}
    return gate.move(
        proposal, "endorse", by=by, may=is_adviser, endorsed=True, endorsed_on=today(), endorsement=note.strip(), **met
    )


@transaction.atomic
def not_endorse(*, proposal: Proposal, note: str, by: User) -> Proposal:
    """The adviser cannot endorse it, and says why to the co-ordinator."""
    if not note.strip():
        raise Refused([Problem("Say why you do not endorse it", "note", "R-2.14", "reason")])
    said: dict[str, Any] = {"endorsed": False, "endorsed_on": today(), "endorsement": note.strip()}
    return gate.move(proposal, "not_endorse", by=by, may=is_adviser, met_aspirant="", met_head="", **said)


@transaction.atomic
def approve(*, proposal: Proposal, note: str = "", by: User) -> Proposal:
    """R-2.16: a place, or the waiting list where all are taken; whoever waits longer comes first.

    All rounds are locked while places are counted, so that of two approvals at once only one gets the last.
    """
    if not is_coordinator(by):
        raise PermissionDenied("approve a secondment")
    list(SecondmentRound.objects.select_for_update().order_by("pk"))
    row = Proposal.objects.get(pk=proposal.pk)
    refuse(rules.approval_problems(row))
    taken, most = Proposal.objects.taking_a_place().count(), policy.in_force().most_secondments
    queue = Proposal.objects.waiting()
    if row.status == ProposalStatus.WAITING:
        ahead = [str(each) for each in queue.filter(decided_at__lt=row.decided_at).select_related("school")]
        refuse(rules.still_full(taken=taken, ahead=ahead, most=most))
        return _decide(proposal, "approve", note, by)
    place = rules.has_place(taken=taken, ahead=queue.count(), most=most)
    return _decide(proposal, "approve" if place else "wait", note, by)


@transaction.atomic
def decline(*, proposal: Proposal, note: str, by: User) -> Proposal:
    """No secondment; the letter says why."""
    if not note.strip():
        raise Refused([Problem("Say why, as the letter is to put it", "note", "R-2.15", "reason")])
    return _decide(proposal, "decline", note, by)


@transaction.atomic
def reconsider(*, proposal: Proposal, reason: str, by: User) -> Proposal:
    """A decision or an endorsement was a mistake, or is out of date: the adviser is asked again."""
    if not reason.strip():
        raise Refused([Problem("Enter why it is looked at again", "reason", "R-2.14", "reason")])
    told = proposal.decided_at is not None
    cleared: dict[str, Any] = {
        "endorsed": None,
        "endorsed_on": None,
        "met_aspirant": "",
        "met_head": "",
        "endorsement": "",
    }
    moved = gate.move(
        proposal,
        "reconsider",
        by=by,
        may=decides,
        reason=reason.strip(),
        decided_at=None,
        decision_note="",
        submitted_at=timezone.now(),
        **cleared,
    )
    if told:
        emails.looked_at_again(moved)
    if moved.adviser:
        emails.ask_to_endorse(moved, asked_at=moved.submitted_at)
    return moved


def _decide(proposal: Proposal, move: str, note: str, by: User) -> Proposal:
    """The move, its one letter, and the letter's way to the school (R-2.15)."""
    moved = gate.move(proposal, move, by=by, may=decides, decided_at=timezone.now(), decision_note=note.strip())
    emails.outcome(moved, documents.outcome_letter(moved, by=by))
    return moved

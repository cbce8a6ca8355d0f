"""Headteacher and AST agree to a job description, or send it back; with both it is in force (R-2.5)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import gate, outbox
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from staff.accounts.models import User
from staff.descriptions import documents, emails, permissions, rules
from staff.descriptions.actions.writing import ASKED, NOT_AGREED
from staff.descriptions.lifecycle import DESCRIPTION_WAITS
from staff.descriptions.models import JobDescription
from staff.descriptions.permissions import HEAD
from staff.posts.models import Post


@transaction.atomic
def agree(*, description: JobDescription, seen: int, by: User) -> JobDescription:
    """One side's yes to what was put the `seen`-th time. With both it is in force, and replaces the version before."""
    locked, side = _to_answer(description, "Agree to it", by)
    refuse(rules.answer_problems(seen=seen, asked=locked.asked))
    said: dict[str, Any] = {"ast_agreed_on": today()}
    if side == HEAD:
        said = {"head_agreed_by": by, "head_agreed_on": today()}
    if permissions.waits_for(locked) != [side]:
        return gate.move(locked, "agree_first", by=by, **said)
    for before in JobDescription.objects.in_force().filter(post=locked.post):
        gate.move(before, "supersede", by=None, reason=f"Version {locked.version} is agreed")
    gate.move(locked, "agree_last", by=by, agreed_on=today(), **said)
    whole = JobDescription.objects.whole().get(pk=locked.pk)
    documents.freeze(whole, by=by)
    outbox.cancel_about(whole, kind=ASKED)
    emails.agreed(whole, by=by)
    return whole


@transaction.atomic
def send_back(*, description: JobDescription, reason: str, by: User) -> JobDescription:
    """What is to change, to whoever wrote it: it is a draft again, and nobody has agreed."""
    locked, _ = _to_answer(description, "Send it back", by)
    if not reason.strip():
        raise Refused([Problem("Enter what is to change", "reason", "R-2.5", "reason")])
    moved = gate.move(locked, "send_back", by=by, reason=reason.strip(), to_change=reason.strip(), **NOT_AGREED)
    outbox.cancel_about(moved, kind=ASKED)
    emails.sent_back(moved, by=by)
    return moved


def _to_answer(description: JobDescription, label: str, by: User) -> tuple[JobDescription, str]:
    """As it stands, with its post locked, and the side for which this person answers."""
    Post.objects.select_for_update(of=("self",)).get(pk=description.post_id)
    found: JobDescription = JobDescription.objects.select_related("post__user", "post__home").get(pk=description.pk)
    if not permissions.sides_of(by, found):
        raise PermissionDenied("agree to a job description")
    if found.status not in DESCRIPTION_WAITS:
        raise Refused([gate.out_of_turn(found, label)])
    side = permissions.side_to_answer(by, found)
    if not side:
        words = f"You have agreed already. It waits for {permissions.waits_for(found)[0]}."
        raise Refused([Problem(words, "", "R-2.5", "agreed")])
    return found, side

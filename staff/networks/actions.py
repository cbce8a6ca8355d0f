"""Network meetings: planned, called, changed or cancelled, answered, held; and that a term has none (R-3.13)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from staff.accounts.models import User
from staff.networks import emails, permissions, rules
from staff.networks.lifecycle import AHEAD, MeetingStatus, Reply
from staff.networks.models import Invitation, NetworkMeeting
from staff.networks.querysets import eligible
from staff.networks.reads.meetings import leaders, missing
from staff.networks.rules import Item
from staff.posts.models import Post

WHOM = ("kind", "phase", "subject", "cluster")
SAID = (*WHOM, "on", "hours", "place", "led_by")


@transaction.atomic
def save(*, meeting: NetworkMeeting | None = None, items: Sequence[Item], by: User, **said: Any) -> NetworkMeeting:
    """Plan one, or word it otherwise; who is invited already is told of what is new. `said` are the `SAID`."""
    row = _locked(meeting) if meeting else NetworkMeeting()
    if meeting:
        _refuse_unless(row, AHEAD, "Change the meeting")
    before = _facts(row) if meeting else {}
    was, whom = (row.on, _whom(row)) if meeting else (None, None)
    for name, value in said.items():
        setattr(row, name, " ".join(value.split()) if name in ("hours", "place") else value)
    require(permissions.can_keep(by, row), "keep this network meeting")
    refuse([*_problems(row, was), *rules.agenda_problems(items), *_whom_problems(row, whom)])
    kept = [item for item in items if not item.empty]
    after = _facts(row, kept)
    if before == after:
        return row
    row.save()
    row.agenda.all().delete()
    for number, item in enumerate(kept, start=1):
        row.agenda.create(number=number, what=" ".join(item.what.split()), purpose=item.purpose)
    changes = {name: after[name] for name in after if before.get(name) != after[name]}
    verb = "network meeting: changed" if meeting else "network meeting: planned"
    event = audit.record(verb, row, by=by, before={name: before[name] for name in changes if before}, after=changes)
    if row.status == MeetingStatus.INVITED:
        emails.changed(row, version=event.pk)
    return row


@transaction.atomic
def invite(*, meeting: NetworkMeeting, posts: Collection[Post], by: User) -> list[Invitation]:
    """Send the agenda to these ASTs (N25); later to others, too. Who is invited already hears nothing a second time.

    Of a day that has passed nobody is written to: whoever came uninvited can be put down as having been there.
    """
    row = _locked(meeting)
    _refuse_unless(row, AHEAD, say("Invite ASTs"))
    there = set(row.invitations.values_list("post_id", flat=True))
    allowed = set(eligible(by, row.on).filter(pk__in=[post.pk for post in posts]).values_list("pk", flat=True))
    new = [post for post in posts if post.pk in allowed - there]
    refuse(rules.invite_problems(len(new), draft=row.status == MeetingStatus.DRAFT, on=row.on, today=today()))
    if row.status == MeetingStatus.DRAFT:
        row = gate.move(row, "invite", by=by, may=permissions.can_keep)
    else:
        require(permissions.can_keep(by, row), "invite to this network meeting")
        names = sorted(post.name for post in new)
        audit.record("network meeting: more invited", row, by=by, after={"invited": names})
    invitations = [Invitation.objects.create(meeting=row, post=post) for post in new]
    if row.on >= today():
        emails.invited(row, invitations)
    return invitations


@transaction.atomic
def uninvite(*, invitation: Invitation, by: User) -> None:
    """The invitation was a mistake; the AST hears that it is taken back, if the day is still to come."""
    row = _locked(invitation.meeting)
    require(permissions.can_keep(by, row), "take back an invitation")
    _refuse_unless(row, {MeetingStatus.INVITED}, "Take the invitation back")
    take_back(invitation=invitation, by=by)


def take_back(*, invitation: Invitation, by: User | None) -> None:
    """The same as a consequence of what the office has recorded: who may, the caller has asked."""
    row = invitation.meeting
    audit.record("network meeting: invitation taken back", row, by=by, before={"invited": [invitation.post.name]})
    if row.on >= today():
        emails.uninvited(invitation)
    invitation.delete()


@transaction.atomic
def answer(*, invitation: Invitation, reply: str, reason: str, by: User) -> Invitation:
    """The AST comes, or sends apologies; until the day the answer can be changed."""
    require(permissions.can_reply(by, invitation), "answer this invitation")
    row = _locked(invitation.meeting)
    _refuse_unless(row, {MeetingStatus.INVITED}, "Answer the invitation")
    refuse(rules.reply_problems(row.on, today=today()))
    before = {"answer": invitation.get_reply_display()}
    invitation.reply, invitation.reason = reply, " ".join(reason.split())
    invitation.save(update_fields=["reply", "reason"])
    after = {"answer": invitation.get_reply_display()}
    audit.record("network meeting: invitation answered", invitation, by=by, before=before, after=after)
    return invitation


@transaction.atomic
def hold(
    *, meeting: NetworkMeeting, present: Collection[int], sorry: Collection[int], notes: str, by: User
) -> NetworkMeeting:
    """It was held: who was there, who sent apologies, what was noted. Called again, it says this anew.

    `present` and `sorry` are numbers of invitations.
    """
    row = _locked(meeting)
    rows = list(row.invitations.whole())
    both = [each.post.name for each in rows if each.pk in present and each.pk in sorry]
    there = sum(each.pk in present for each in rows)
    found = rules.held_problems(row.on, today=today(), present=there, both=both)
    if row.status == MeetingStatus.HELD:
        require(permissions.can_keep(by, row), "record who was there")
        refuse(found)
        row.notes = notes.strip()
        row.save(update_fields=["notes"])
        audit.record("network meeting: record changed", row, by=by, after={"there": there, "apologies": len(sorry)})
    else:
        row = gate.move(row, "hold", by=by, may=permissions.can_keep, problems=lambda _: found, notes=notes.strip())
    for each in rows:
        each.attended = each.pk in present
        each.reply = _reply(each, sorry)
        each.save(update_fields=["attended", "reply"])
    return row


@transaction.atomic
def reopen(*, meeting: NetworkMeeting, by: User) -> NetworkMeeting:
    """It was recorded as held by mistake: nobody was there; what was noted stays."""
    row = gate.move(meeting, "reopen", by=by, may=permissions.can_keep)
    row.invitations.update(attended=None)
    return row


@transaction.atomic
def cancel(*, meeting: NetworkMeeting, reason: str, by: User) -> NetworkMeeting:
    """It does not take place; everybody who is invited is told."""
    why = " ".join(reason.split())
    if not why:
        raise Refused([Problem("Enter why it is cancelled", "reason", "R-3.13", "reason")])
    row = gate.move(meeting, "cancel", by=by, may=permissions.can_keep, reason=why, cancelled_because=why)
    emails.cancelled(row)
    return row


def alert(on: date) -> int:
    """N25, nightly: the office hears once of a term, or half-term, that has come so far without a network meeting."""
    span = missing(on)
    return emails.none_planned(span.name, span.slug) if span else 0


def _reply(invitation: Invitation, sorry: Collection[int]) -> str:
    """Apologies, if they are said to have come; an answer of apologies that is not among them is taken back."""
    if invitation.pk in sorry:
        return Reply.APOLOGIES
    return Reply.NONE if invitation.reply == Reply.APOLOGIES else invitation.reply


def _problems(row: NetworkMeeting, was: date | None) -> list[Problem]:
    may = {user.pk for user in leaders({row.subject}, today())}
    return [
        *rules.meeting_problems(row, before=was, today=today()),
        *rules.leader_problems(row.led_by_id, may=may),
    ]


def _whom_problems(row: NetworkMeeting, before: tuple[Any, ...] | None) -> list[Problem]:
    """Other people than those who were invited are another meeting."""
    if row.status == MeetingStatus.INVITED and _whom(row) != before:
        words = "Invitations have been sent. Cancel this meeting and plan another one."
        return [Problem(words, "kind", "R-3.13", "invited")]
    return []


def _whom(row: NetworkMeeting) -> tuple[Any, ...]:
    return row.kind, row.phase, row.subject, row.cluster_id


def _facts(row: NetworkMeeting, items: Sequence[Item] | None = None) -> dict[str, Any]:
    """What the trail says of it."""
    agenda = row.agenda.all() if items is None else items
    return {
        "for whom": row.whom,
        "on": row.on,
        "time": row.hours,
        "place": row.place,
        "led by": row.led_by.name,
        "agenda": [f"{item.what} ({item.purpose})" for item in agenda],
    }


def _refuse_unless(row: NetworkMeeting, states: Collection[str], label: str) -> None:
    if row.status not in states:
        raise Refused([gate.out_of_turn(row, label)])


def _locked(row: NetworkMeeting) -> NetworkMeeting:
    found: NetworkMeeting = NetworkMeeting.objects.select_for_update(of=("self",)).whole().get(pk=row.pk)
    return found

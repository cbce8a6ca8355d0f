"""What happens to an account after the invitation: suspended, opened again, left, invited again, let in again."""

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from astcoord.core import audit
from astcoord.core.models.messages import Message
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from astcoord.core.words import say
from staff.accounts import emails, rules, sessions
from staff.accounts.actions.people import end_role, lock_coordinators, other_coordinators, require_coordinator
from staff.accounts.models import RoleAssignment, User


@transaction.atomic
def suspend(*, person: User, reason: str, by: User) -> User:
    """Close an account at once, on every machine. Roles and history stay as they are, for when it opens again."""
    require_coordinator(by)
    lock_coordinators()
    locked = _lock(person)
    if not locked.is_active:
        return locked
    alone = locked.has_role(Role.COORDINATOR) and not other_coordinators(locked).exists()
    own = by is not None and by.pk == locked.pk
    refuse(rules.suspension_problems(own=own, last_coordinator=alone, reason=reason))
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    sessions.end_all(locked)
    audit.record("Account suspended", locked, by=by, reason=reason)
    return locked


@transaction.atomic
def sign_out_everywhere(*, person: User) -> None:
    """One's own wish: every session ends, on every machine, also where a device was to be remembered."""
    sessions.end_all(_lock(person))
    audit.record("Signed out everywhere", person, by=person)


@transaction.atomic
def reopen(*, person: User, by: User, reason: str = "") -> User:
    """Let somebody sign in again, with the roles that are still in force."""
    require_coordinator(by)
    locked = _lock(person)
    if locked.is_active:
        return locked
    if locked.merged_into:
        raise Refused(
            [Problem(f"This account was merged into another one of {locked.merged_into.name}: open that one")]
        )
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    audit.record("Account opened again", locked, by=by, reason=reason)
    return locked


@transaction.atomic
def leave(*, person: User, last_day: date, by: User, reason: str = "") -> list[RoleAssignment]:
    """End every role of somebody who leaves, on one day. The account and all its history stay; it opens nothing."""
    require_coordinator(by)
    lock_coordinators()
    locked = _lock(person)
    if locked.posts.in_post_from(last_day + timedelta(days=1)).exists():
        words = say("This person is an AST in post. Record the end of the post first: the link is below.")
        raise Refused([Problem(words, "last_day", code="in-post")])
    roles = list(locked.roles.not_over(last_day).order_by("pk"))
    if not roles:
        raise Refused([Problem("This person has no role that goes on after that day", "last_day")])
    try:
        return [end_role(assignment=role, ends_on=last_day, by=by, reason=reason or "Left") for role in roles]
    except Refused as refusal:
        raise Refused([Problem(p.message, "last_day", p.rule, p.code) for p in refusal.problems]) from refusal


@transaction.atomic
def invite_again(*, assignment: RoleAssignment, by: User) -> Message:
    """Send the invitation once more; only so often to one address."""
    require_coordinator(by)
    locked = _lock(assignment.user)
    if not locked.is_active:
        raise Refused([Problem("This account is suspended: open it again first", code="suspended")])
    refuse(emails.too_many_invitations(locked))
    fresh = RoleAssignment.objects.select_related("user", "school").get(pk=assignment.pk)
    sent = Message.objects.about(fresh).filter(kind=emails.INVITATION).count()
    message = emails.invite(fresh, again=sent + 1)
    audit.record("Invited again", locked, by=by, after={"role": str(fresh)})
    return message


@transaction.atomic
def reset_second_step(*, person: User, reason: str, by: User | None) -> int:
    """Take away authenticator app, passkeys and recovery codes of somebody who has lost them.

    Ends every session and tells the person. Nobody does it for themselves: that would make the second step a
    matter of one click on an unattended machine.
    """
    require_coordinator(by)
    locked = _lock(person)
    own = by is not None and by.pk == locked.pk
    refuse(rules.reset_problems(own=own, reason=reason))
    removed: int = Authenticator.objects.filter(user=locked).delete()[0]
    if not removed:
        return 0
    sessions.end_all(locked)
    event = audit.record("Second step removed by the office", locked, by=by, reason=reason)
    words = say("The co-ordinator’s office has removed your second step: the authenticator app, passkeys and codes.")
    emails.tell_of_sign_in(locked, f"{words} You can set up a new one when you next sign in.", number=event.pk)
    return removed


def _lock(person: User) -> User:
    return User.objects.select_for_update().get(pk=person.pk)

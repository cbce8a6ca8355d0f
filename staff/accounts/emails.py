"""The e-mails about accounts."""

from datetime import timedelta

from django.utils import timezone

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message
from astcoord.core.problems import Problem
from staff.accounts.models import RoleAssignment, User

ROOM = "staff/accounts/emails"
INVITATION = "invitation"
INVITATIONS_AN_HOUR = 5
"""To one address, whoever asks for them: nobody's inbox is filled from here."""


def too_many_invitations(person: User) -> list[Problem]:
    """Why somebody may not be sent another invitation just now."""
    lately = Message.objects.filter(
        kind=INVITATION, to_email__iexact=person.email, queued_at__gt=timezone.now() - timedelta(hours=1)
    )
    if lately.count() < INVITATIONS_AN_HOUR:
        return []
    words = f"{INVITATIONS_AN_HOUR} invitations have gone to this address within the hour. Wait, and try again."
    return [Problem(words, "email", code="too-many")]


def invite(assignment: RoleAssignment, *, again: int = 0) -> Message:
    """Tell somebody of a role, from when, and how to sign in. `again` numbers the repeats."""
    starts = assignment.starts_on
    return emails.send(
        f"{ROOM}/{INVITATION}.txt",
        to=Reader.of(assignment.user),
        key=f"{INVITATION}:{assignment.pk}" + (f":{again}" if again else ""),
        about=assignment,
        assignment=assignment,
        begins_on=starts if starts and starts > today() else None,
    )


def tell_of_sign_in(person: User, what: str, *, number: int) -> None:
    """Tell somebody that the way to sign in has changed. `number` makes it one of many."""
    emails.send(
        f"{ROOM}/sign-in-changed.txt",
        to=Reader.of(person),
        key=f"sign-in-changed:{person.pk}:{number}",
        about=person,
        what=what,
    )


def tell_old_address(person: User, *, old: str, number: int) -> None:
    """Tell the address that stops working, so that a change nobody wanted is noticed. `number` makes it one of many."""
    key = f"address-changed:{person.pk}:{number}"
    emails.send(f"{ROOM}/address-changed.txt", to=Reader(person.name, old), key=key, about=person)

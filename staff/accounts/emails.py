"""The words of messages about accounts."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from astcoord.core import outbox, policy
from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.problems import Problem
from staff.accounts.models import RoleAssignment, User

INVITATION = "invitation"
ADDRESS_CHANGED = "address-changed"
SIGN_IN_CHANGED = "sign-in-changed"
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
    person = assignment.user
    authority = policy.in_force().authority_name
    link = outbox.link(reverse("account_login"))
    starts = assignment.starts_on
    later = f" This begins on {date_format(starts, 'j F Y')}." if starts and starts > today() else ""
    return outbox.queue(
        key=f"{INVITATION}:{assignment.pk}" + (f":{again}" if again else ""),
        kind=INVITATION,
        to=(person.name, person.email),
        subject=f"You can now sign in to {authority}’s AST support service",
        body=(
            f"Dear {person.name}\n\n"
            f"{authority} has given you access to its service for Advanced Skills Teachers, as: {assignment}."
            f"{later}\n\n"
            f"To sign in, go to\n{link}\nand enter this e-mail address: {person.email}\n"
            "We will send you a 6-digit code. You do not need a password.\n\n"
            "If you did not expect this, reply to this e-mail.\n\n"
            f"AST co-ordinator\n{authority}\n"
        ),
        about=assignment,
    )


def tell_of_sign_in(person: User, what: str, *, number: int) -> None:
    """Tell somebody that the way to sign in has changed. `number` makes it one of many."""
    outbox.queue(
        key=f"{SIGN_IN_CHANGED}:{person.pk}:{number}",
        kind=SIGN_IN_CHANGED,
        to=(person.name, person.email),
        subject="How you sign in to AST support has changed",
        body=(
            f"Dear {person.name}\n\n{what}\n\n"
            "If this was not you and you did not ask for it, reply to this e-mail at once.\n"
        ),
        about=person,
    )


def tell_old_address(person: User, *, old: str, number: int) -> None:
    """Tell the address that stops working, so that a change nobody wanted is noticed. `number` makes it one of many."""
    outbox.queue(
        key=f"{ADDRESS_CHANGED}:{person.pk}:{number}",
        kind=ADDRESS_CHANGED,
        to=(person.name, old),
        subject="Your sign-in address for AST support has changed",
        body=(
            f"Dear {person.name}\n\n"
            "You can no longer sign in with this e-mail address: another one has been recorded for you.\n\n"
            "If you did not ask for this, reply to this e-mail.\n"
        ),
        about=person,
    )

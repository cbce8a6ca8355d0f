"""The e-mails about accounts."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Copy, Reader
from astcoord.core.models.messages import Message
from astcoord.core.problems import Problem
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User

ROOM = "staff/accounts/emails"
INVITATION = "invitation"
WHAT_WAITS = "what-waits"
OF_AN_ACCOUNT = (INVITATION, WHAT_WAITS, "sign-in-changed", "address-changed", "address-recorded", "school-followed")
"""What is about somebody's own account, and goes to nobody else."""
INVITATIONS_AN_HOUR = 5
"""To one address, whoever asks for them: nobody's inbox is filled from here."""


def too_many_invitations(person: User) -> list[Problem]:
    """Why somebody may not be sent another invitation just now."""
    if _lately([person.email])[person.email.lower()] < INVITATIONS_AN_HOUR:
        return []
    words = f"{INVITATIONS_AN_HOUR} invitations have gone to this address within the hour. Wait, and try again."
    return [Problem(words, "email", code="too-many")]


def invite(assignment: RoleAssignment, *, again: int = 0) -> Message:
    """Tell somebody of a role, from when, and how to sign in. `again` numbers the repeats."""
    copy = _copy(assignment, again=again)
    return emails.send(f"{ROOM}/{INVITATION}.txt", to=copy.to, key=copy.key, about=copy.about, **copy.facts)


def invite_all(assignments: Iterable[tuple[RoleAssignment, int]]) -> list[RoleAssignment]:
    """Tell many at once, each with the number of the repeat; who was told.

    Somebody with more roles than `INVITATIONS_AN_HOUR` hears of the first: the account opens all of them.
    """
    every = list(assignments)
    sent = _lately([assignment.user.email for assignment, _ in every])
    told, copies = [], []
    for assignment, again in every:
        address = assignment.user.email.lower()
        if sent[address] < INVITATIONS_AN_HOUR:
            sent[address] += 1
            told.append(assignment)
            copies.append(_copy(assignment, again=again))
    emails.send_all(f"{ROOM}/{INVITATION}.txt", copies)
    return told


def _copy(assignment: RoleAssignment, *, again: int) -> Copy:
    starts = assignment.starts_on
    facts: dict[str, Any] = {
        "assignment": assignment,
        "begins_on": starts if starts and starts > today() else None,
        "ends_on": assignment.ends_on,
        "again": again,
    }
    key = f"{INVITATION}:{assignment.pk}" + (f":{again}" if again else "")
    return Copy(Reader.of(assignment.user), key, assignment, facts)


def _lately(addresses: Iterable[str]) -> Counter[str]:
    """How many invitations have gone to each address within the hour. One query."""
    since = timezone.now() - timedelta(hours=1)
    found = Message.objects.filter(kind=INVITATION, queued_at__gt=since, to_email__in=list(addresses))
    return Counter(address.lower() for address in found.values_list("to_email", flat=True))


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


def tell_of_succession(person: User, *, old: School, new: School, on: date, number: int) -> None:
    """Tell somebody with a role at a school that closed where it stands now (R-17.6). `number` is the answer's."""
    emails.send(
        f"{ROOM}/school-followed.txt",
        to=Reader.of(person),
        key=f"school-followed:{number}:{person.pk}",
        about=person,
        old=old,
        new=new,
        on=on,
    )


def tell_what_waits(role: RoleAssignment, waits: list[str]) -> None:
    """Tell a new head on the first day what waits at the school (R-17.7). Once for each headship."""
    emails.send(
        f"{ROOM}/{WHAT_WAITS}.txt",
        to=Reader.of(role.user),
        key=f"{WHAT_WAITS}:{role.pk}",
        about=role,
        assignment=role,
        waits=waits,
    )


def tell_new_address(person: User, *, old: str, number: int) -> None:
    """Tell the address that works from now on, and which one it replaces (R-17.7)."""
    key = f"address-recorded:{person.pk}:{number}"
    emails.send(f"{ROOM}/address-recorded.txt", to=Reader.of(person), key=key, about=person, before=old)

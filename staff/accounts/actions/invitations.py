"""Heads of many schools get in at once, and nobody is told twice (R-17.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.roles import Role
from schools.register.actions import mark_own
from schools.register.models import School
from staff.accounts import emails, reads
from staff.accounts.actions.people import confirm_address, require_coordinator
from staff.accounts.models import RoleAssignment, User
from staff.accounts.reads import Invitee

AT_ONCE = 500
"""Rows in one statement: SQLite has an upper limit on values."""


@dataclass(frozen=True)
class Invited:
    """What became of the schools that were asked for: whose head was given the role, and who of them was told."""

    roles: list[RoleAssignment]
    told: int
    left: list[Invitee]


@transaction.atomic
def invite_heads(*, schools: Iterable[int], by: User, shared: bool = False) -> Invited:
    """Give the head of each school an account and the role, and tell them how to sign in, in a few statements.

    Of two who press at once the second waits for the schools, and finds their heads invited. Schools whose head
    cannot be invited are left out, and so are addresses that look shared, unless `shared`.
    """
    require_coordinator(by)
    chosen = list(School.objects.select_for_update().filter(pk__in=list(schools)).order_by("pk"))
    waiting = reads.without_head(today()).filter(pk__in=[school.pk for school in chosen])
    rows = reads.invitees(waiting.order_by("name_key", "pk"), today())
    fit = [row for row in rows if row.may_be_told(shared=shared)]
    left = [row for row in rows if row not in fit]
    people = _accounts([row.school for row in fit], by=by)
    roles = RoleAssignment.objects.bulk_create(
        [
            RoleAssignment(
                user=people[row.school.email.lower()], role=Role.HEADTEACHER, school=row.school, starts_on=today()
            )
            for row in fit
        ],
        batch_size=AT_ONCE,
    )
    audit.record_each("Role given", [(role.user, {"role": str(role), "from": role.starts_on}) for role in roles], by=by)
    told = emails.invite_all((role, 0) for role in roles)
    if roles:
        audit.record("Headteachers invited", None, by=by, after={"schools": len(roles), "left out": len(left)})
    return Invited(roles, len(told), left)


@transaction.atomic
def open_addresses(*, schools: Iterable[int], by: User, shared: bool = False) -> int:
    """Say of many schools at once that the address is the head's own, who then signs in with it; how many are new.

    Nothing is sent. Left out are those who could not be invited, and addresses that look shared, unless `shared`.
    """
    require_coordinator(by)
    chosen = reads.without_head(today()).filter(pk__in=list(schools)).order_by("name_key", "pk")
    rows = reads.invitees(chosen, today())
    return mark_own([row.school for row in rows if row.may_be_told(shared=shared)], by=by)


@transaction.atomic
def remind_heads(*, roles: Iterable[int], by: User) -> int:
    """Send the invitation once more to heads who have never signed in; how many were written to.

    Nobody is written to again within a day of the last time: pressing twice, or two who press, send one e-mail.
    """
    require_coordinator(by)
    locked = list(RoleAssignment.objects.select_for_update().filter(pk__in=list(roles)).order_by("pk"))
    found = reads.reminders(reads.heads(today()).filter(pk__in=[role.pk for role in locked]), timezone.now())
    due = [row.role for row in found if not row.problems]
    before = reads.invitations_to(due)
    told = emails.invite_all((role, before[role.pk] + 1) for role in due)
    audit.record_each("Invited again", [(role.user, {"role": str(role)}) for role in told], by=by)
    if told:
        audit.record("Headteachers reminded", None, by=by, after={"headteachers": len(told)})
    return len(told)


def _accounts(schools: list[School], *, by: User) -> dict[str, User]:
    """The accounts of the schools' addresses, locked; made, with the address confirmed, where they are new."""
    names = {school.email.lower(): " ".join(school.head_name.split()) for school in reversed(schools)}
    here = User.objects.select_for_update().filter(email__in=names)
    there = {person.email for person in here}
    new = [_account(address, name) for address, name in names.items() if address not in there]
    # Somebody else may make one of these at this moment: then theirs is taken.
    User.objects.bulk_create(new, batch_size=AT_ONCE, ignore_conflicts=True)
    marks = {person.email: person.password for person in new}
    people: dict[str, Any] = {person.email: person for person in here.all()}
    made = [person for person in people.values() if marks.get(person.email) == person.password]
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in made],
        batch_size=AT_ONCE,
    )
    audit.record_each(
        "Account made", [(person, {"name": person.name, "email": person.email}) for person in made], by=by
    )
    confirmed = EmailAddress.objects.filter(
        user__in=people.values(), verified=True, primary=True, email=F("user__email")
    )
    known = set(confirmed.values_list("user_id", flat=True))
    for person in people.values():
        if person.pk not in known:
            confirm_address(person)
    return people


def _account(address: str, name: str) -> User:
    person = User(email=address, name=name)
    person.set_unusable_password()
    return person

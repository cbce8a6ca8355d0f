"""A head comes in, by the office's step or by the own address that the office has entered (R-17.5).

When a new head takes over, there is no day on which the school has two heads or none.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from schools.register.actions import update_contacts
from schools.register.models import School
from staff.accounts import reads, rules
from staff.accounts.actions.people import add_person, require_coordinator
from staff.accounts.models import RoleAssignment, User


@dataclass(frozen=True)
class Handover:
    """What was done: whose headship ends, and whose begins."""

    ended: list[RoleAssignment]
    begun: RoleAssignment


@transaction.atomic
def hand_over(*, school: School, name: str, email: str, starts_on: date, by: User) -> Handover:
    """End the present headship on the day before, begin the new one, and invite the new head.

    What a head may see and sign follows these dates, so nothing else has to change: placements, papers and tasks of
    the school are the new head's from that day, and no longer the old one's.
    """
    require_coordinator(by)
    place = School.objects.select_for_update().get(pk=school.pk)
    present = list(_heads(place, starts_on))
    address = email.strip().lower()
    refuse(
        rules.handover_problems(
            starts_on=starts_on,
            today=today(),
            already_head=any(role.user.email.lower() == address for role in present),
            latest_start=max((role.starts_on for role in present if role.starts_on), default=None),
        )
    )
    for role in present:
        _end_before(role, starts_on, by=by, successor=name)
    begun = add_person(
        name=name, email=address, role=Role.HEADTEACHER, school=place, by=by, starts_on=starts_on, invite=True
    )
    if place.email_is_own and place.email.lower() != address:
        update_contacts(place, by=by, email_is_own=False)
    if starts_on <= today():
        update_contacts(place, by=by, head_name=" ".join(name.split()))
    return Handover(present, begun)


@transaction.atomic
def let_in(*, email: str) -> User | None:
    """Whoever has proved to have this address becomes head of the schools where the office has entered it as the
    head's own (R-17.5); the account, None where nothing waits for the address (any more).

    Of two who confirm at once the second waits for the schools, and finds the role given.
    """
    list(School.objects.select_for_update().filter(email_is_own=True, email__iexact=email).order_by("pk"))
    person = None
    for school in reads.awaited(email, today()):
        name = school.head_name.strip() or rules.name_of(email)
        role = add_person(name=name, email=email, role=Role.HEADTEACHER, school=school, by=None, invite=False)
        person = role.user
        told = {"role": str(role), "account": person.email}
        audit.record("Headteacher let in by the own address", school, by=None, after=told)
    return person


def present_heads(school: School) -> list[RoleAssignment]:
    """Whose headship a handover would end."""
    return list(_heads(school, today()))


def _heads(school: School, on: date) -> Any:
    """Headships of the school that are held on that day or later."""
    held = RoleAssignment.objects.not_over(on).filter(role=Role.HEADTEACHER, school=school)
    return held.select_related("user", "school").order_by("pk")


def _end_before(role: RoleAssignment, first_day: date, *, by: User, successor: str) -> None:
    last_day = first_day - timedelta(days=1)
    locked = RoleAssignment.objects.select_for_update(of=("self",)).get(pk=role.pk)
    if locked.ends_on is not None and locked.ends_on < first_day:
        raise Refused([Problem("Somebody else has just changed the headship: look at the school again")])
    before, locked.ends_on = locked.ends_on, last_day
    locked.save(update_fields=["ends_on"])
    role.ends_on = last_day
    audit.record(
        "Role ended",
        role.user,
        by=by,
        reason=f"Handed over to {' '.join(successor.split())}",
        before={"role": str(role), "last day": before},
        after={"role": str(role), "last day": last_day},
    )

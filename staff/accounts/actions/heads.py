"""A head comes in, by the office's step or by the own address that the office has entered (R-17.5).

When a new head takes over, there is no day on which the school has two heads or none.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from astcoord.core import audit, outbox
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from schools.register.actions import update_contacts
from schools.register.models import School
from staff.accounts import emails, reads, rules
from staff.accounts.actions.people import add_person, end_role, require_coordinator
from staff.accounts.events import NEW_HEAD, NewHead
from staff.accounts.models import RoleAssignment, User

CATCH_UP = timedelta(days=7)


@dataclass(frozen=True)
class Handover:
    """What was done: whose headship ends, and whose begins."""

    ended: list[RoleAssignment]
    begun: RoleAssignment


@transaction.atomic
def hand_over(
    *,
    school: School,
    name: str,
    email: str,
    starts_on: date,
    by: User,
    until: date | None = None,
    comes_back: bool = False,
) -> Handover:
    """End the present headship on the day before, begin the new one, and invite the new head (R-17.7).

    What a head may see and sign follows these dates, so nothing else has to change: placements, papers and tasks of
    the school are the new head's from that day, and no longer the old one's. Somebody who acts for a while has a last
    day (`until`), and the present head may be head again from the day after (`comes_back`).
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
        + rules.acting_problems(starts_on=starts_on, until=until, comes_back=comes_back, has_head=bool(present))
    )
    for role in present:
        _end_before(role, starts_on, by=by, successor=name)
    begun = add_person(
        name=name, email=address, role=Role.HEADTEACHER, school=place, by=by, starts_on=starts_on, invite=True
    )
    if place.email_is_own and place.email.lower() != address:
        update_contacts(place, by=by, email_is_own=False)
    if until is not None:
        begun = end_role(assignment=begun, ends_on=until, by=by, reason="Acts for a while")
        for role in present if comes_back else ():
            _back(role, until + timedelta(days=1), by=by)
    if starts_on <= today():
        begin(role=begun, by=by)
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


def begin_headships(on: date) -> int:
    """The night's work: heads who follow another and have just begun (R-17.7); how many. Safe to repeat.

    A day that was missed is caught up for a week.
    """
    ended = RoleAssignment.objects.filter(role=Role.HEADTEACHER, ends_on__gte=on - CATCH_UP, ends_on__lt=on)
    vacant = {(school, last + timedelta(days=1)) for school, last in ended.values_list("school", "ends_on") if last}
    begun = RoleAssignment.objects.of_heads(on).filter(starts_on__gt=on - CATCH_UP).order_by("pk")
    new = [role for role in begun.select_related("user", "school") if (role.school_id, role.starts_on) in vacant]
    return each((role for role in new if not _has_begun(role)), lambda role: begin(role=role, by=None))


@transaction.atomic
def begin(*, role: RoleAssignment, by: User | None) -> None:
    """On the first day: letters name the new head, who gets what is still unsent, and is told what waits. Once."""
    school = School.objects.select_for_update().get(role_assignments=role)
    if _has_begun(role):
        return
    audit.record("Headship begun", role, by=by, after={"role": str(role)})
    update_contacts(school, by=by, head_name=role.user.name)
    for person in _who_left(role):
        if not person.roles.in_force(today()).exists():
            waiting = Message.objects.filter(to_email__iexact=person.email).exclude(kind__in=emails.OF_AN_ACCOUNT)
            outbox.readdress(waiting, name=role.user.name, email=role.user.email)
    waits = [row for section in NEW_HEAD.sections(NewHead(school)) for row in section.rows if row.undecided]
    if waits:
        emails.tell_what_waits(role, [row.what for row in waits])


def _has_begun(role: RoleAssignment) -> bool:
    return bool(AuditEvent.objects.about(role).filter(verb="Headship begun").exists())


def _who_left(role: RoleAssignment) -> list[User]:
    """Whose headship ended on the day before."""
    if role.starts_on is None:
        return []
    last = role.starts_on - timedelta(days=1)
    left = RoleAssignment.objects.filter(role=Role.HEADTEACHER, school=role.school, ends_on=last)
    return [each.user for each in left.exclude(user=role.user).select_related("user").order_by("pk")]


def _back(role: RoleAssignment, first_day: date, *, by: User) -> RoleAssignment:
    """Whoever was head is so again, once nobody acts any more. Nobody is invited again."""
    again = RoleAssignment.objects.create(
        user=role.user, role=Role.HEADTEACHER, school=role.school, starts_on=first_day
    )
    audit.record("Role given", again.user, by=by, after={"role": str(again), "from": first_day})
    return again


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

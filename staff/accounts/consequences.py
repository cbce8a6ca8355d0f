"""What hangs on a school that closes, and on a person who is called otherwise.

Roles at a school that closed go over to the school that follows: the old ends, the new begins (R-17.6). Contacts and
unsent e-mails follow a new name and address (R-17.7).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from astcoord.core import audit, outbox
from astcoord.core.clock import today
from astcoord.core.consequences import Hanging
from astcoord.core.models.messages import Message
from astcoord.core.roles import Role
from astcoord.core.wording import counted, date_words
from schools.register.actions import update_contacts
from schools.register.models import School
from schools.succession.events import Handing
from staff.accounts import emails
from staff.accounts.events import Merging, Renamed
from staff.accounts.models import RoleAssignment, User

ENDED, BEGUN = "ended", "school"
"""What is noted of a role: it ended at the old school, or it is the one at the new school."""


@dataclass
class Going:
    """What becomes of one role: it goes over, or ends because `why`."""

    role: RoleAssignment
    why: str = ""
    is_chair: bool = False


def hanging(on: date) -> QuerySet[Any, Any]:
    """Ids of schools at which somebody holds a role on that day."""
    return RoleAssignment.objects.not_over(on).filter(school__isnull=False).values("school_id")


def roles(event: Handing) -> Iterator[Hanging]:
    """A line for each role. Three queries."""
    for going in _going(event):
        role = going.role
        what = f"{role.user.name}, {role.get_role_display()}" + (", chair" if role.is_chair else "")
        url = reverse("staff:person", args=[role.user_id])
        if event.to is None:
            yield Hanging(what, "Stays until you end it", url, undecided=True)
            continue
        chair = ". There is a chair already: say afterwards who it is" if role.is_chair and not going.is_chair else ""
        fate = going.why or f"At {event.to.name} from {date_words(_first_day(role, event.on))}{chair}"
        yield Hanging(what, fate, url)


def carry_roles(event: Handing, by: User | None) -> None:
    """End the old roles on the day before, begin the new ones, tell each person once. Nobody is invited again."""
    told: dict[int, User] = {}
    for going in _going(event):
        if not going.why:
            _begin(going, event, by=by)
            told[going.role.user_id] = going.role.user
        elif event.earlier is None or going.role.school_id == event.school.pk:
            _end(going.role, event, why=going.why, by=by)
    for person in told.values():
        if person.is_active:
            emails.tell_of_succession(person, old=_old(event), new=event.target, on=event.on, number=event.notes.pk)


def _going(event: Handing) -> list[Going]:
    """What becomes of each role; heads go first, so that of two schools that merge the first head stays alone."""
    there = [] if event.to is None else list(_held(event.to).select_related("user"))
    found = []
    for role in _concerned(event):
        going = Going(role, is_chair=role.is_chair and not any(each.is_chair for each in there))
        if event.to is not None:
            same = any(each.user_id == role.user_id and each.role == role.role for each in there)
            other = next((each for each in there if each.role == role.role == Role.HEADTEACHER), None)
            if same:
                going.why = f"Held at {event.to.name} already: one role there, this one ends"
            elif other is not None:
                going.why = f"Ends: {other.user.name} is headteacher of {event.to.name}"
        found.append(going)
    return found


def _concerned(event: Handing) -> list[RoleAssignment]:
    """Roles that go on; of a wrong successor's those that it was given, and those that ended for its sake."""
    rows = RoleAssignment.objects.select_related("user", "school").order_by("role", "pk")
    if event.earlier is None:
        return list(rows.not_over(max(event.on, today())).filter(school=event.school))
    given = Q(pk__in=event.earlier.ids(RoleAssignment, BEGUN), school=event.school)
    ended = Q(pk__in=event.earlier.ids(RoleAssignment, ENDED))
    return list(rows.filter((given & Q(pk__in=_held(event.school))) | ended))


def _held(school: School) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.not_over(today()).filter(school=school)


def _begin(going: Going, event: Handing, *, by: User | None) -> None:
    """Where the role has not begun before the day, or was given to the wrong school, it is the same role elsewhere."""
    role, first = going.role, _first_day(going.role, event.on)
    before = {"role": str(role), "last day": role.ends_on}
    given = role.school_id == event.school.pk and event.earlier is not None
    if given or (role.starts_on is not None and role.starts_on >= event.on):
        role.school, role.is_chair = event.target, going.is_chair
        role.save(update_fields=["school", "is_chair"])
        audit.record("Role moved to another school", role.user, by=by, before=before, after={"role": str(role)})
        event.notes.note(RoleAssignment, BEGUN, [role.pk])
        return
    until = role.ends_on if event.earlier is None else None
    if event.earlier is None:
        _close(role, event, by=by, reason=f"{event.target.name} follows")
    begun = RoleAssignment.objects.create(
        user=role.user, role=role.role, school=event.target, is_chair=going.is_chair, starts_on=first, ends_on=until
    )
    audit.record("Role given", begun.user, by=by, after={"role": str(begun), "from": first})
    event.notes.note(RoleAssignment, BEGUN, [begun.pk])


def _end(role: RoleAssignment, event: Handing, *, why: str, by: User | None) -> None:
    _close(role, event, by=by, reason=why)
    event.notes.note(RoleAssignment, ENDED, [role.pk])


def _close(role: RoleAssignment, event: Handing, *, by: User | None, reason: str) -> None:
    """The last day is the day before, or the first one of a role that began later."""
    before = role.ends_on
    last = event.on - timedelta(days=1)
    role.ends_on = max(last, role.starts_on) if role.starts_on else last
    role.save(update_fields=["ends_on"])
    after = {"role": str(role), "last day": role.ends_on}
    audit.record(
        "Role ended", role.user, by=by, reason=reason, before={"role": str(role), "last day": before}, after=after
    )


def _first_day(role: RoleAssignment, on: date) -> date:
    return max(role.starts_on, on) if role.starts_on else on


def _old(event: Handing) -> School:
    """The school that closed, also where a wrong successor is put right."""
    return event.earlier.school if event.earlier else event.school


def contacts(event: Renamed) -> Iterator[Hanging]:
    """Where the person's schools name them in their contacts. One query."""
    for school, columns in _named_in(event):
        for column in columns:
            label = str(School._meta.get_field(column).verbose_name)  # type: ignore[union-attr]
            yield Hanging(f"{school.name}: {label}", "Changes with it", school.get_absolute_url())


def carry_contacts(event: Renamed, by: User | None) -> None:
    """The copy follows, where it is still the person's."""
    for school, columns in _named_in(event):
        new = {column: event.person.email if column.endswith("email") else event.person.name for column in columns}
        own = {"email_is_own": True} if school.email_is_own and "email" in new else {}
        update_contacts(school, by=by, **new, **own)


def unsent(event: Renamed) -> Iterator[Hanging]:
    """E-mails that have not gone out. One query."""
    if count := _unsent(event).count():
        yield Hanging(counted(count, "e-mail"), "Goes to the new address" if count == 1 else "Go to the new address")


def carry_unsent(event: Renamed, by: User | None) -> None:
    outbox.readdress(_unsent(event), name=event.person.name, email=event.person.email)


def _unsent(event: Renamed) -> QuerySet[Message]:
    waiting = Message.objects.filter(to_email__iexact=event.email, status__in=outbox.NOT_YET_SENT)
    return waiting.exclude(kind="address-changed")


def _named_in(event: Renamed) -> list[tuple[School, list[str]]]:
    """Schools where the person has a role, with the contacts that are the person's own name or address."""
    held = RoleAssignment.objects.not_over(today()).filter(user=event.person)
    heads, chairs = (
        held.filter(role=Role.HEADTEACHER).values("school"),
        held.filter(role=Role.GOVERNOR, is_chair=True).values("school"),
    )
    parts = (("head_name", "email", heads), ("chair_name", "chair_email", chairs))
    found: dict[int, tuple[School, list[str]]] = {}
    for name, email, schools in parts:
        for school in School.objects.filter(pk__in=schools).by_name():
            columns = [name] if getattr(school, name) == event.name else []
            columns += [email] if getattr(school, email).lower() == event.email.lower() else []
            found.setdefault(school.pk, (school, []))[1].extend(columns)
    return list(found.values())


def merged_roles(event: Merging) -> Iterator[Hanging]:
    """Roles, held and over. Two queries."""
    double = _double_roles(event)
    for role in event.other.roles.select_related("school").order_by("pk"):
        yield Hanging(str(role), "Held by both: ends here" if role.pk in double else "Goes over")


def carry_merged_roles(event: Merging, by: User | None) -> None:
    """A role that both hold is one role; the other's ends, and stays on record."""
    double = _double_roles(event)
    _carry_deputies(event)
    for role in event.other.roles.select_for_update(of=("self",)).order_by("pk"):
        if role.pk in double:
            role.ends_on = max(today(), role.starts_on) if role.starts_on else today()
        role.user = event.keep
        role.save(update_fields=["user", "ends_on"])
    audit.record("Roles of another account taken over", event.keep, by=by, after={"from": event.other.email})


def _carry_deputies(event: Merging) -> None:
    """Who stands in for one account does for the one that goes on; nobody is the own deputy (R-20.9)."""
    both = RoleAssignment.objects.filter(stands_in_for__in=[event.keep, event.other])
    both.filter(user__in=[event.keep, event.other]).update(stands_in_for=None)
    both.filter(stands_in_for=event.other).update(stands_in_for=event.keep)


def _double_roles(event: Merging) -> set[int]:
    """Keys of the other account's roles without a last day that the account that goes on holds, too."""
    open_ = RoleAssignment.objects.filter(ends_on=None)
    held = set(open_.filter(user=event.keep).values_list("role", "school"))
    rows = open_.filter(user=event.other).values_list("pk", "role", "school")
    return {pk for pk, role, school in rows if (role, school) in held}


def merged_mail(event: Merging) -> Iterator[Hanging]:
    """E-mails that have not gone out to either. One query."""
    both = Message.objects.filter(to_email__in=[event.keep.email, event.other.email], status__in=outbox.NOT_YET_SENT)
    if count := both.count():
        yield Hanging(counted(count, "e-mail"), "To the address with which the person signs in from now on")

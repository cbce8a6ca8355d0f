"""Accounts and roles: people are invited, roles end and are never deleted (section G, design section 5)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from schools.register.models import School
from staff.accounts import emails, rules, sessions
from staff.accounts.events import RENAMED, Renamed
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator


@transaction.atomic
def add_person(
    *,
    name: str,
    email: str,
    role: str,
    by: User | None,
    school: School | None = None,
    subjects: Iterable[str] = (),
    phases: Iterable[str] = (),
    is_chair: bool = False,
    starts_on: date | None = None,
    invite: bool = True,
) -> RoleAssignment:
    """Give somebody a role, making the account if the address is new, and tell them how to sign in.

    Repeat-safe: a role that is held already comes back as it is, and nobody is told twice. `invite=False` tells nobody.
    """
    require_coordinator(by)
    chosen: Any = tuple(subjects)
    begins = starts_on or today()
    refuse(rules.role_problems(role=role, has_school=school is not None, subjects=chosen))
    person = account(name=name, email=email, by=by)
    if by is not None and by.stands_in_for_id and by.pk == person.pk:
        raise Refused([Problem("A deputy’s role ends with the last day: ask whom you stand in for", "email", "R-20.9")])
    roles = RoleAssignment.objects.not_over(begins).filter(user=person, role=role, school=school)
    held = roles.filter(stands_in_for=None).first()
    if held is not None:
        return held
    if invite and by is not None:
        refuse(emails.too_many_invitations(person))
    assignment = RoleAssignment.objects.create(
        user=person,
        role=role,
        school=school,
        subjects=chosen,
        phases=tuple(phases),  # type: ignore[misc]
        is_chair=is_chair,
        starts_on=begins,
    )
    audit.record("Role given", person, by=by, after={"role": str(assignment), "from": assignment.starts_on})
    if invite:
        emails.invite(assignment)
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, ends_on: date, by: User, reason: str = "") -> RoleAssignment:
    """Note a role's last day. Refused for the only co-ordinator, who would lock everybody out."""
    require_coordinator(by)
    if assignment.role == Role.COORDINATOR:
        lock_coordinators()
    locked = (
        RoleAssignment.objects.select_for_update(of=("self",)).select_related("user", "school").get(pk=assignment.pk)
    )
    last = locked.role == Role.COORDINATOR and not other_coordinators(locked.user).exists()
    refuse(rules.ending_problems(starts_on=locked.starts_on, ends_on=ends_on, last_coordinator=last))
    before, locked.ends_on = locked.ends_on, ends_on
    locked.save(update_fields=["ends_on"])
    audit.record(
        "Role ended",
        locked.user,
        by=by,
        reason=reason,
        before={"role": str(locked), "last day": before},
        after={"role": str(locked), "last day": ends_on},
    )
    return locked


@transaction.atomic
def change_person(*, person: User, name: str, email: str, by: User) -> User:
    """Correct a name or an address, and what was copied of it (R-17.7). Signed texts keep the name.

    With another address the new one can sign in at once and is told, as the old one is; every session ends, except
    that of somebody who changes the own.
    """
    require_coordinator(by)
    locked = User.objects.select_for_update().get(pk=person.pk)
    name, email = " ".join(name.split()), email.strip().lower()
    if User.objects.exclude(pk=locked.pk).filter(email__iexact=email).exists():
        raise Refused([Problem("Somebody else already signs in with this address", "email")])
    before = {"name": locked.name, "email": locked.email}
    after = {"name": name, "email": email}
    if before == after:
        return locked
    locked.name, locked.email = name, email
    locked.save(update_fields=["name", "email"])
    RENAMED.carry(Renamed(locked, before["name"], before["email"]), by=by)
    event = audit.record("Person changed", locked, by=by, before=before, after=after)
    if before["email"] != email:
        confirm_address(locked)
        emails.tell_old_address(locked, old=before["email"], number=event.pk)
        emails.tell_new_address(locked, old=before["email"], number=event.pk)
        if by is None or by.pk != locked.pk:
            sessions.end_all(locked)
    return locked


@transaction.atomic
def change_subjects(
    *, assignment: RoleAssignment, subjects: Iterable[str], phases: Iterable[str] = (), by: User
) -> RoleAssignment:
    """Say anew which ASTs a consultant leads, by subject and phase; nobody else is seen, at once (R-3.4).

    Without `phases` they are those of every phase.
    """
    require_coordinator(by)
    locked = (
        RoleAssignment.objects.select_for_update(of=("self",)).select_related("user", "school").get(pk=assignment.pk)
    )
    if locked.role != Role.CONSULTANT:
        raise Refused([Problem("Only a consultant has a group of subjects", rule="R-3.4")])
    chosen: Any = tuple(subjects)
    of_phases: Any = tuple(phases)
    refuse(rules.role_problems(role=locked.role, has_school=False, subjects=chosen))
    before = _group(locked)
    locked.subjects = chosen
    locked.phases = of_phases
    if _group(locked) == before:
        return locked
    locked.save(update_fields=["subjects", "phases"])
    audit.record("Consultant’s group changed", locked.user, by=by, before=before, after=_group(locked))
    return locked


def _group(assignment: RoleAssignment) -> dict[str, list[str]]:
    return {"subjects": sorted(assignment.subjects), "phases": sorted(assignment.phases)}


def account(*, name: str, email: str, by: User | None) -> User:
    """The account of this address, locked until the transaction ends; made, with the address confirmed, if new.

    Two people who enter the same address at once get the same account: one makes it, the other waits for it.
    """
    address = email.strip().lower()
    made, person = False, _locked(address)
    if person is None:
        made, person = _make(address, " ".join(name.split()))
    if made:
        audit.record("Account made", person, by=by, after={"name": person.name, "email": person.email})
    elif person.merged_into_id:
        return account(name=name, email=User.objects.get(pk=person.merged_into_id).email, by=by)
    elif not person.is_active:
        words = "This account is suspended. Open it again before you give it a role."
        raise Refused([Problem(words, "email", code="suspended")])
    confirm_address(person)
    return person


def _locked(address: str) -> User | None:
    return User.objects.select_for_update().filter(email__iexact=address).first()


def _make(address: str, name: str) -> tuple[bool, User]:
    """Make the account, or take the one that somebody else has made meanwhile."""
    try:
        with transaction.atomic():
            return True, User.objects.create_user(address, name)
    except IntegrityError:
        return False, User.objects.select_for_update().get(email__iexact=address)


def confirm_address(person: User) -> None:
    """Make the account's address the one that sign-in codes go to, and the only one."""
    EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


def lock_coordinators() -> None:
    """Of two who would each shut out the other at once, the second waits here, and is then refused."""
    list(RoleAssignment.objects.select_for_update().filter(role=Role.COORDINATOR).order_by("pk"))


def other_coordinators(person: User) -> QuerySet[RoleAssignment]:
    """Who else could let people in for good: co-ordinators with an open account and no last day."""
    held = RoleAssignment.objects.in_force(today()).filter(role=Role.COORDINATOR, ends_on=None, user__is_active=True)
    return held.exclude(user=person)


def require_coordinator(by: User | None) -> None:
    """People need the role; the system (None) may."""
    if by is not None and not is_coordinator(by):
        raise PermissionDenied

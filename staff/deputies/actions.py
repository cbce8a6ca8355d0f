"""Somebody stands in for somebody of the office, from a day until a day (R-20.9)."""

from datetime import date, timedelta

from django.db import transaction

from astcoord.core import audit, outbox
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from staff.accounts import emails as accounts_emails
from staff.accounts.actions.people import account
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator
from staff.deputies import emails, reads, rules


@transaction.atomic
def name_deputy(*, person: User, email: str, name: str, starts_on: date, ends_on: date, by: User) -> RoleAssignment:
    """Give the role of `person` to whoever has this address, for these days, and tell them how to sign in.

    Cases stay with `person`: the deputy sees them as their own while it lasts, and nothing has to be given back.
    """
    require(is_coordinator(by), "name a deputy")
    refuse(rules.day_problems(starts_on=starts_on, ends_on=ends_on, today=today(), begun=False))
    held = list(RoleAssignment.objects.of_office(today()).select_for_update(of=("self",)).order_by("pk"))
    own = {each.role for each in held if each.user_id == person.pk}
    deputy = _whose(email, name, by=by)
    refuse(
        [
            *rules.person_problems(
                same=deputy.pk == person.pk, in_office=bool(own), roles=reads.roles_in(deputy, starts_on, ends_on)
            ),
            *rules.overlap_problems(reads.overlapping(starts_on, ends_on, but=None, person=person), "starts_on"),
            *rules.overlap_problems(reads.overlapping(starts_on, ends_on, but=None, deputy=deputy), "email"),
            *accounts_emails.too_many_invitations(deputy),
        ]
    )
    role = Role.COORDINATOR if Role.COORDINATOR in own else Role.ADMINISTRATOR
    made = RoleAssignment.objects.create(
        user=deputy, role=role, stands_in_for=person, starts_on=starts_on, ends_on=ends_on
    )
    after = {"role": str(made), "from": starts_on, "last day": ends_on}
    audit.record("Deputy named", deputy, by=by, after=after)
    audit.record("Deputy named", person, by=by, after={"deputy": deputy.name, "from": starts_on, "last day": ends_on})
    accounts_emails.invite(made)
    return made


def _whose(email: str, name: str, *, by: User) -> User:
    """The account of that address, made if there is a name for it."""
    if not name.strip() and not User.objects.filter(email__iexact=email.strip()).exists():
        words = "Nobody has an account with this address. Enter the name, too, and the person is invited."
        raise Refused([Problem(words, "name", rules.RULE, "new")])
    return account(name=name, email=email, by=by)


@transaction.atomic
def change_days(*, deputy: RoleAssignment, starts_on: date, ends_on: date, by: User) -> RoleAssignment:
    """Other days for a deputy who has not begun, another last day for one who has; the deputy is told."""
    require(is_coordinator(by), "change the days of a deputy")
    locked = _locked(deputy)
    refuse(rules.own_problems(locked.user_id == by.pk))
    begun = locked.has_begun(today())
    first = (locked.starts_on or starts_on) if begun else starts_on
    refuse(
        [
            *rules.day_problems(starts_on=first, ends_on=ends_on, today=today(), begun=begun),
            *rules.overlap_problems(
                reads.overlapping(first, ends_on, but=locked.pk, person=locked.stands_in_for), "ends_on"
            ),
            *rules.overlap_problems(reads.overlapping(first, ends_on, but=locked.pk, deputy=locked.user), "ends_on"),
        ]
    )
    before = {"from": locked.starts_on, "last day": locked.ends_on}
    after = {"from": first, "last day": ends_on}
    if before == after:
        return locked
    locked.starts_on, locked.ends_on = first, ends_on
    locked.save(update_fields=["starts_on", "ends_on"])
    event = audit.record("Days of a deputy changed", locked.user, by=by, before=before, after=after)
    emails.changed(locked, number=event.pk)
    return locked


@transaction.atomic
def end_deputy(*, deputy: RoleAssignment, by: User) -> None:
    """It is over from now on: of one who began today or later nothing but the history stays (R-16.3)."""
    require(is_coordinator(by), "end a deputy")
    locked = _locked(deputy)
    before = {"role": str(locked), "from": locked.starts_on, "last day": locked.ends_on}
    yesterday = today() - timedelta(days=1)
    if locked.starts_on and locked.starts_on <= yesterday:
        locked.ends_on = yesterday
        locked.save(update_fields=["ends_on"])
    else:
        outbox.cancel_about(locked)
        RoleAssignment.objects.filter(pk=locked.pk).delete()
    event = audit.record("Deputy ended", locked.user, by=by, before=before)
    emails.changed(locked, number=event.pk, ended=True)


def _locked(deputy: RoleAssignment) -> RoleAssignment:
    """As it stands now; Refused once it is over, or when somebody else was quicker."""
    found = RoleAssignment.objects.deputies().not_over(today()).select_for_update(of=("self",))
    locked = found.select_related("user", "stands_in_for").filter(pk=deputy.pk).first()
    if locked is None:
        raise Refused([Problem("This deputy’s time is over already: nothing has been changed", rule=rules.RULE)])
    return locked

"""One person's roles as the office reads them: held today, to come, over; and whom to write to at a school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message, MessageStatus
from schools.register.models import School
from staff.accounts.emails import INVITATION
from staff.accounts.models import RoleAssignment, User


@dataclass(frozen=True)
class HeldRole:
    """A role with the newest invitation to it, if there was one."""

    role: RoleAssignment
    invitation: Message | None

    @property
    def invitation_failed(self) -> bool:
        return self.invitation is not None and self.invitation.status == MessageStatus.FAILED


@dataclass(frozen=True)
class RoleGroup:
    """Roles of one time. `open`: something can still be done about them."""

    title: str
    held: list[HeldRole]
    open: bool


def heads_or_school(school: School, on: date) -> list[Reader]:
    """Whom to write to at a school: its headteachers; where none has an account, the school's own address."""
    heads = RoleAssignment.objects.heads_of(school, on).select_related("user").order_by("pk")
    return or_school([Reader.of(assignment.user) for assignment in heads], school)


def or_school(heads: list[Reader], school: School) -> list[Reader]:
    """The one rule for a school between heads: the headteacher is written to at the school's address, if it has one."""
    if heads or not school.email:
        return heads
    return [Reader("The headteacher", school.email, key=f"school:{school.pk}", called="Headteacher", stands_in=True)]


def chair_of(school: School) -> list[Reader]:
    """The chair of governors, if there is an address to write to."""
    name = school.chair_name or "Chair of governors"
    return [Reader(name, school.chair_email, key=f"chair:{school.pk}")] if school.chair_email else []


def role_groups(person: User, today: date) -> list[RoleGroup]:
    """Groups with at least one role, in two queries."""
    roles = list(person.roles.select_related("school").order_by("-starts_on", "pk"))
    sent = {message.about_id: message for message in newest_invitations().filter(about_id__in=[r.pk for r in roles])}
    rows = [HeldRole(role, sent.get(role.pk)) for role in roles]
    begun = [row for row in rows if row.role.has_begun(today)]
    groups = [
        RoleGroup("Roles today", [row for row in begun if not row.role.is_over(today)], open=True),
        RoleGroup("Roles to come", [row for row in rows if not row.role.has_begun(today)], open=True),
        RoleGroup("Roles before", [row for row in begun if row.role.is_over(today)], open=False),
    ]
    return [group for group in groups if group.held]


def goes_on(groups: Iterable[RoleGroup]) -> bool:
    """Whether any role has no last day yet."""
    return any(row.role.ends_on is None for group in groups for row in group.held)


def newest_invitations() -> QuerySet[Message]:
    """The last one for each role."""
    last = Message.objects.filter(kind=INVITATION).values("about_id").annotate(last=Max("pk")).values("last")
    return Message.objects.filter(pk__in=last)


def not_reached() -> QuerySet[User]:
    """People whose newest invitation could not be delivered: the address is wrong, more often than not."""
    failed = newest_invitations().filter(status=MessageStatus.FAILED).values("about_id")
    return User.objects.filter(is_active=True, roles__in=failed).distinct()

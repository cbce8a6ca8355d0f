"""One person's roles as the office reads them; whom to write to at a school; who of the heads is invited and in."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When

from astcoord.core import policy
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.problems import Problem
from astcoord.core.roles import Role
from schools.register.models import School
from schools.register.querysets import SchoolQuerySet
from schools.register.rules import looks_shared
from staff.accounts import rules
from staff.accounts.emails import INVITATION
from staff.accounts.models import RoleAssignment, RoleAssignmentQuerySet, User
from staff.accounts.rules import Standing


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
    roles = list(person.roles.select_related("school", "stands_in_for").order_by("-starts_on", "pk"))
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


def without_head(on: date) -> SchoolQuerySet:
    """Schools that get letters and whose headteacher has no account on that day (R-17.5)."""
    return School.objects.served(policy.in_force(on)).exclude(
        pk__in=RoleAssignment.objects.of_heads(on).values("school")
    )


def standings(schools: Iterable[School], on: date) -> dict[int, Standing]:
    """How whoever has a school's address stands to its headship, by school. Two queries however many there are."""
    every = list(schools)
    addresses = {school.email.lower() for school in every if school.email}
    accounts = {person.email: person for person in User.objects.filter(email__in=addresses)}
    headships = defaultdict(list)
    for role in RoleAssignment.objects.filter(role=Role.HEADTEACHER, school__in=every).select_related("user"):
        headships[role.school_id].append(role)
    return {
        school.pk: _standing(school, accounts.get(school.email.lower()), headships[school.pk], on) for school in every
    }


def _standing(school: School, account: User | None, headships: list[RoleAssignment], on: date) -> Standing:
    held = [role for role in headships if not role.is_over(on)]
    own = [role for role in headships if account is not None and role.user_id == account.pk]
    others = [role.user for role in held if role not in own]
    return Standing(
        email=school.email,
        head_name=school.head_name,
        known_as=str(account) if account else "",
        suspended=account is not None and not account.is_active,
        holds=any(role in held for role in own),
        ended=bool(own) and all(role.is_over(on) for role in own),
        others=tuple(str(person) for person in others),
        silenced=tuple(str(person) for person in others if not person.is_active),
    )


def awaited(email: str, on: date) -> list[School]:
    """The schools whose headship waits for whoever proves to have this address (R-17.5). Four queries.

    The office has entered it there as the head's own, nothing speaks against it, and the role is not given yet.
    """
    schools = _own_addresses().filter(email__iexact=email)
    found = standings(schools, on)
    return [s for s in schools if not found[s.pk].holds and not rules.headship_problems(found[s.pk])]


def may_come(on: date) -> set[int]:
    """The schools without a head's account whose head may sign in by the address at once. Four queries."""
    waiting = without_head(on).filter(email_is_own=True).exclude(email="")
    found = standings(waiting, on)
    return {pk for pk, standing in found.items() if not standing.holds and not rules.headship_problems(standing)}


def undecided(on: date) -> list[tuple[School, list[Problem]]]:
    """Addresses that are entered as a head's own and yet open nothing: what the office has to decide. Four queries."""
    schools = _own_addresses().order_by("name_key", "pk")
    found = standings(schools, on)
    return [(s, problems) for s in schools if (problems := rules.headship_problems(found[s.pk]))]


def _own_addresses() -> SchoolQuerySet:
    return School.objects.served(policy.in_force()).filter(email_is_own=True).exclude(email="")


@dataclass(frozen=True)
class Invitee:
    """A school whose head cannot sign in, and what would come of an invitation to its address."""

    school: School
    known_as: str
    problems: list[Problem]

    @property
    def is_shared(self) -> bool:
        """Whether several people may read what comes to the address."""
        return not self.known_as and not self.school.email_is_own and looks_shared(self.school.email)

    def may_be_told(self, *, shared: bool) -> bool:
        """Whether the head is invited, or let in by the address, with the others."""
        return not self.problems and (shared or not self.is_shared)


def invitees(schools: Iterable[School], on: date) -> list[Invitee]:
    """What would come of inviting the heads of these schools, in their order. Two queries beside the schools' own."""
    every = list(schools)
    found = standings(every, on)
    return [Invitee(school, found[school.pk].known_as, rules.invitation_problems(found[school.pk])) for school in every]


class InvitationState(models.TextChoices):
    """What has become of the newest invitation to a role."""

    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be delivered"
    NONE = "none", "No invitation"


ON_THE_WAY = (MessageStatus.QUEUED, MessageStatus.SENDING)


def heads(on: date) -> QuerySet[Any]:
    """Headships of today and to come at open schools, each with `state`, `told_at` and `asked_at` of its invitation."""
    roles: RoleAssignmentQuerySet = RoleAssignment.objects.not_over(on)
    newest = Message.objects.filter(kind=INVITATION, about_id=OuterRef("pk")).order_by("-pk")
    return (
        roles.filter(role=Role.HEADTEACHER, school__in=School.objects.open())
        .select_related("user", "school")
        .annotate(
            message_status=Subquery(newest.values("status")[:1]),
            told_at=Subquery(newest.values("sent_at")[:1]),
            asked_at=Subquery(newest.values("queued_at")[:1]),
        )
        .annotate(
            state=Case(
                When(
                    message_status__in=[MessageStatus.QUEUED, MessageStatus.SENDING],
                    then=Value(InvitationState.WAITING),
                ),
                When(message_status__in=[MessageStatus.SENT, MessageStatus.FAILED], then=F("message_status")),
                default=Value(InvitationState.NONE),
                output_field=models.CharField(),
            )
        )
        .order_by("school__name_key", "pk")
    )


@dataclass(frozen=True)
class HeadCount:
    """How far the invitations have come: headships by the state of their invitation, and who has not signed in."""

    waiting: int
    sent: int
    failed: int
    none: int
    never_in: int

    @property
    def stats(self) -> list[tuple[Any, ...]]:
        """Number, words, link to the list, tone: for the cards. States that nobody is in are left out."""
        cards = [
            (getattr(self, state.value), str(state.label), f"?state={state.value}#results", "")
            for state in InvitationState
        ]
        cards.append((self.never_in, "Never signed in", "?signed_in=never#results", ""))
        return [(*card[:3], "red" if "failed" in card[2] else "") for card in cards if card[0]]


def head_count(on: date) -> HeadCount:
    """One query."""
    counted = {state.value: Count("pk", filter=Q(state=state.value)) for state in InvitationState}
    never = Count("pk", filter=Q(user__last_login=None, user__is_active=True))
    return HeadCount(**heads(on).order_by().aggregate(**counted, never_in=never))


@dataclass(frozen=True)
class Reminder:
    """A headship, and why its holder is not reminded of the invitation, if for any reason."""

    role: Any
    problems: list[Problem]


def reminders(roles: Iterable[Any], now: datetime) -> list[Reminder]:
    """What would come of reminding these, which came through `heads`. No query."""
    return [
        Reminder(
            role,
            rules.reminder_problems(
                active=role.user.is_active,
                signed_in=role.user.last_login is not None,
                waiting=role.state == InvitationState.WAITING,
                failed=role.state == InvitationState.FAILED,
                last=role.asked_at,
                now=now,
            ),
        )
        for role in roles
    ]


def invitations_to(roles: Iterable[RoleAssignment]) -> Counter[int]:
    """How many invitations there have been to each role. One query."""
    found = Message.objects.filter(kind=INVITATION, about_id__in=[role.pk for role in roles])
    return Counter(pk for pk in found.values_list("about_id", flat=True) if pk is not None)

"""What a network meeting says to whom, who may lead one, and which stretch of the year has none (R-3.13)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from astcoord.core import policy
from astcoord.core.policy_choices import NetworkInterval
from astcoord.core.roles import Role
from schools.calendar.models import HalfTerm, Term
from schools.calendar.reads import term_on
from staff.accounts.models import RoleAssignment, User
from staff.networks import permissions, rules
from staff.networks.lifecycle import AHEAD, MeetingStatus
from staff.networks.models import Invitation, NetworkMeeting
from staff.posts.models import Post

Rows = list[tuple[str, Any]]


def leaders(subjects: set[str], today: date) -> list[User]:
    """Who may lead a meeting: co-ordinators, and consultants for one of these subjects. One query."""
    held = RoleAssignment.objects.in_force(today).filter(
        role__in=(Role.COORDINATOR, Role.CONSULTANT), user__is_active=True
    )
    found = {
        each.user
        for each in held.select_related("user")
        if each.role == Role.COORDINATOR or subjects & set(each.subjects)
    }
    return sorted(found, key=lambda user: (user.name, user.pk))


def missing(today: date) -> Term | HalfTerm | None:
    """The term, or where the policy says so the half-term, that has come so far without a meeting (R-3.13).

    Three queries. Nothing is missing in the holidays, or while nobody is an AST.
    """
    half_termly = policy.in_force(today).network_interval == NetworkInterval.HALF_TERM
    span: Term | HalfTerm | None = HalfTerm.objects.on(today).select_related("term").first() if half_termly else None
    half = None
    if not half_termly and (span := term_on(today)):
        half = span.half_terms.filter(number=1).values_list("ends_on", flat=True).first()
    if span is None or today < rules.alert_on(span.starts_on, span.ends_on, half=half):
        return None
    some = NetworkMeeting.objects.counting(span.starts_on, span.ends_on).exists()
    return None if some or not Post.objects.in_post(today).exists() else span


@dataclass(frozen=True)
class MeetingPage:
    """One meeting, as far as this reader reads it."""

    facts: Rows
    agenda: list[tuple[str, str]]
    """What each item is about, and what for."""
    others: list[Invitation]
    """Those of whom this reader reads the answer: all, the group, or the own school's."""
    mine: Invitation | None
    may_reply: bool
    may_keep: bool
    may_change: bool
    may_record: bool
    may_uninvite: bool


def meeting_page(meeting: NetworkMeeting, user: User, today: date) -> MeetingPage:
    """Two queries."""
    keeps = permissions.can_keep(user, meeting)
    invited = list(meeting.invitations.visible_to(user).whole())
    mine = next((each for each in invited if permissions.can_reply(user, each)), None)
    called = meeting.status == MeetingStatus.INVITED
    return MeetingPage(
        facts=_facts(meeting),
        agenda=[(item.what, item.get_purpose_display()) for item in meeting.agenda.all()],
        others=[each for each in invited if each is not mine],
        mine=mine,
        may_reply=mine is not None and called and meeting.on >= today,
        may_keep=keeps,
        may_change=keeps and meeting.status in AHEAD,
        may_record=keeps and called and meeting.on <= today,
        may_uninvite=keeps and called,
    )


def _facts(meeting: NetworkMeeting) -> Rows:
    rows: Rows = [("For whom", meeting.whom), ("Day", meeting.on), ("Time", meeting.hours)]
    rows += [("Where", meeting.place), ("Led by", meeting.led_by.name)]
    if meeting.status == MeetingStatus.CANCELLED:
        rows.append(("Cancelled because", meeting.cancelled_because))
    return [row for row in rows if row[1]]


def waiting_for(user: User, today: date) -> list[Invitation]:
    """Invitations to meetings to come that this AST has not answered. One query."""
    mine = Invitation.objects.filter(post__user=user, reply="none", meeting__status=MeetingStatus.INVITED)
    return list(mine.filter(meeting__on__gte=today).select_related("meeting__cluster").order_by("meeting__on", "pk"))


def to_record(user: User, today: date) -> list[NetworkMeeting]:
    """Meetings that this person leads, whose day has come, and of which nobody has said who was there. One query."""
    called = Q(status=MeetingStatus.INVITED, on__lte=today)
    return list(NetworkMeeting.objects.filter(called, led_by=user).whole().order_by("on", "pk"))

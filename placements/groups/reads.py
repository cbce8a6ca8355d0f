"""What a meeting of a deciding group has before it, what it decided, and who was there (R-7.6)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from astcoord.core import shown
from astcoord.core.wording import date_words, days_words
from placements.groups.lifecycle import FINAL, MeetingStatus, Outcome
from placements.groups.models import GroupItem, GroupMeeting, GroupMember
from placements.groups.querysets import MemberQuerySet, before_a_meeting
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match, MatchAnswer
from placements.planning.lifecycle import PLAN_ACCEPTABLE
from placements.planning.models import Plan, PlanDecision, PlanLine
from placements.planning.reads.words import named_for
from placements.requests.lifecycle import REQUEST_WITH_COORDINATOR
from staff.accounts.models import User


@dataclass(frozen=True)
class Offered:
    """What may be put on a meeting's agenda, with what is there already and not decided."""

    matches: list[Match]
    lines: list[PlanLine]


def offered(meeting: GroupMeeting) -> Offered:
    """Matches without the authority's answer, and lines of plans that nobody has accepted, in the group's subjects.

    What is before another meeting is left out, so that two do not decide on it. Four queries.
    """
    return Offered(
        [each for each in _matches(meeting) if meeting.group.decides_on(each.request.subject)],
        [each for each in _lines(meeting) if meeting.group.decides_on(each.request.subject)],
    )


def _matches(meeting: GroupMeeting) -> QuerySet[Match]:
    others = GroupItem.objects.exclude(meeting=meeting)
    answered = MatchAnswer.objects.filter(party=MatchAnswer.Party.COORDINATOR).values("match")
    put_off_here = meeting.items.exclude(outcome="").filter(match__isnull=False).order_by().values("match")
    waiting = Match.objects.asked_here().awaiting_answer().exclude(pk__in=answered).exclude(pk__in=put_off_here)
    found = waiting.exclude(before_a_meeting(others, "match")).select_related(
        "request__host", "post__user", "post__home"
    )
    return found.order_by("request__host__name_key", "pk")


def _lines(meeting: GroupMeeting) -> QuerySet[PlanLine]:
    """Of the newest plan that can be accepted: older ones are no longer what would be done."""
    plan = Plan.objects.light().real().filter(status__in=PLAN_ACCEPTABLE).order_by("-pk").first()
    others = GroupItem.objects.exclude(meeting=meeting)
    put_off_here = Q(meeting=meeting, outcome=Outcome.PUT_OFF)
    decided = GroupItem.objects.filter(put_off_here | Q(outcome__in=FINAL), line__isnull=False)
    taken = PlanDecision.objects.exclude(outcome=PlanDecision.Outcome.REFUSED).values("line")
    open_ = PlanLine.objects.filter(plan=plan, post__isnull=False, request__status__in=REQUEST_WITH_COORDINATOR)
    found = (
        open_.exclude(pk__in=taken)
        .exclude(pk__in=decided.order_by().values("line"))
        .exclude(before_a_meeting(others, "line"))
    )
    return found.select_related("plan", "request__host", "post__user", "post__home").order_by("priority", "pk")


def later(item: GroupItem) -> QuerySet[GroupItem]:
    """The same match or line before a later meeting."""
    return GroupItem.objects.filter(match=item.match, line=item.line, pk__gt=item.pk)


def taken_up(line: PlanLine) -> bool:
    """Whether somebody has accepted the line, as it stood or with another AST."""
    return line.decisions.exclude(outcome=PlanDecision.Outcome.REFUSED).exists()


def about_words(about: Match | PlanLine) -> str:
    """One thing to decide on, in a line."""
    ast = about.post.name if about.post else ""
    where = f" (plan {about.plan.reference})" if isinstance(about, PlanLine) else ""
    asked = about.request
    days = days_words(about.days)
    return f"{asked.reference}, {asked.host.name}, {asked.get_subject_display()}: {ast}, {days}{where}"


def members_on(meeting: GroupMeeting) -> MemberQuerySet:
    """Who could be there."""
    found: MemberQuerySet = GroupMember.objects.filter(group=meeting.group_id).on(meeting.on)
    return found


def decision_words(item: GroupItem) -> str:
    """A decision as it is kept with the match: by whom, when, with the members, and why not."""
    meeting = item.meeting
    members = ", ".join(member.words for member in meeting.present.all())
    return f"{meeting.group.name} on {date_words(meeting.on)}: {members}. {item.reason}".strip()


@dataclass(frozen=True)
class ItemRow:
    """One item as this reader reads it; `closed` says why nothing is to be decided on it any more."""

    item: GroupItem
    closed: str
    can_decide: bool


@dataclass(frozen=True)
class MeetingPage:
    """One meeting."""

    rows: list[ItemRow]
    hidden: int
    present: list[GroupMember]
    undecided: int


def items_for(meeting: GroupMeeting, user: User) -> list[GroupItem]:
    """What this person reads of a meeting's items; two queries, and one where somebody is on the way to be an AST."""
    items = list(meeting.items.visible_to(user).whole().prefetch_related("line__decisions"))
    named_for(user, [item.line for item in items if item.line])
    return items


def meeting_page(meeting: GroupMeeting, user: User, *, keeps: bool) -> MeetingPage:
    """Its items as far as this person reads them, and who was there; five queries, and two for the names kept back."""
    items = shown.all_shown_to(user, items_for(meeting, user))
    rows = [_row(item, keeps and meeting.status == MeetingStatus.HELD) for item in items]
    hidden = meeting.items.count() - len(rows)
    undecided = sum(row.item.outcome == "" and not row.closed for row in rows)
    return MeetingPage(rows, hidden, list(meeting.present.all()), undecided)


def _row(item: GroupItem, keeps: bool) -> ItemRow:
    closed = ""
    if item.match and item.match.status != MatchStatus.PROPOSED:
        closed = str(item.match.get_status_display())
    elif item.line and any(each.outcome != PlanDecision.Outcome.REFUSED for each in item.line.decisions.all()):
        closed = "The line has been accepted since"
    return ItemRow(item, closed, keeps and not closed)


def to_record(today: date) -> QuerySet[GroupMeeting]:
    """Meetings whose day has come, of which something is still to be recorded."""
    undecided = Exists(GroupItem.objects.filter(meeting=OuterRef("pk"), outcome=""))
    left = Q(status=MeetingStatus.PLANNED) | Q(undecided, status=MeetingStatus.HELD)
    return GroupMeeting.objects.filter(left, on__lte=today).select_related("group").order_by("on", "pk")

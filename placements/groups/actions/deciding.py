"""What a meeting decided on each item, and what follows from it (R-7.6).

The decision comes first, then the authority's answer to the match, in one transaction. A line of a plan is no match
yet: what was decided on it counts when somebody accepts the line.
"""

from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate
from astcoord.core import policy as policies
from astcoord.core.access import require
from astcoord.core.problems import Problem, Refused, refuse
from placements.groups import permissions, reads, rules
from placements.groups.lifecycle import MeetingStatus, Outcome
from placements.groups.models import GroupItem, GroupMeeting
from placements.matching import actions as matching
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match, MatchAnswer
from placements.planning.models import PlanLine
from staff.accounts.models import User

CO = MatchAnswer.Party.COORDINATOR


@transaction.atomic
def decide(*, item: GroupItem, outcome: str, reason: str, by: User) -> GroupItem:
    """Record what the group decided, or correct it while nothing has followed from it."""
    require(permissions.can_keep(by), "record a decision")
    meeting = GroupMeeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
    held: GroupItem = GroupItem.objects.select_for_update(of=("self",)).whole().get(pk=item.pk)
    words = "" if outcome == Outcome.AGREED else " ".join(reason.split())
    if meeting.status != MeetingStatus.HELD:
        raise Refused([Problem("Record first that the meeting took place", "", rules.RULE, "early")])
    refuse([*rules.decision_problems(outcome, words), *_followed(held)])
    if (held.outcome, held.reason) == (outcome, words):
        return held
    before = {"decision": held.get_outcome_display(), "reason": held.reason}
    was = held.outcome
    held.outcome, held.reason, held.decided_at, held.decided_by = outcome, words, timezone.now(), by
    held.save(update_fields=["outcome", "reason", "decided_at", "decided_by"])
    after = {"item": str(held), "decision": held.get_outcome_display(), "reason": words}
    verb = "decision corrected" if was else "decided"
    audit.record(f"group meeting: {verb}", held, by=by, before=before if was else {}, after=after)
    if held.match:
        _answer(held.match, was, held, by=by)
    return held


@transaction.atomic
def agree_to_rest(*, meeting: GroupMeeting, by: User) -> int:
    """All that the meeting has not decided on and that can still be decided is agreed, or nothing is; how many."""
    open_ = [item for item in meeting.items.filter(outcome="").whole().order_by("pk") if not _followed(item)]
    for item in open_:
        decide(item=item, outcome=Outcome.AGREED, reason="", by=by)
    return len(open_)


def _answer(match: Match, was: str, item: GroupItem, *, by: User) -> None:
    if was == Outcome.AGREED:
        matching.unsay(match=match, party=CO, by=by, reason="The group’s decision was recorded by mistake")
    if item.outcome == Outcome.AGREED:
        matching.answer(match=match, party=CO, yes=True, by=by)
    elif item.outcome == Outcome.NOT_AGREED:
        matching.answer(match=match, party=CO, yes=False, by=by, reason=reads.decision_words(item))


def _followed(item: GroupItem) -> list[Problem]:
    """What has come of it already, so that it stays as it is; a match that is over is nothing to decide on either."""
    if reads.later(item).exists():
        words = "It has been before a later meeting since. Record the decision there."
        return [Problem(words, "", rules.RULE, "later")]
    if item.match and item.match.status != MatchStatus.PROPOSED:
        return [gate.out_of_turn(item.match, "Record the decision")]
    if item.line and reads.taken_up(item.line):
        words = "This line has been accepted since, with the decision as it stood. Withdraw the match instead."
        return [Problem(words, "", rules.RULE, "followed")]
    return []


def against(line: PlanLine) -> list[Problem]:
    """For whoever accepts the line: the group has not agreed to it."""
    found = _latest_of(line) if policies.in_force().group_decides else None
    if found is None or found.outcome == Outcome.AGREED:
        return []
    return [Problem(f"Not agreed. {reads.decision_words(found)}", "", rules.RULE, "not-agreed")]


def carry(*, match: Match, by: User) -> None:
    """A line that the group has agreed to has become a match: its yes is the authority's."""
    if policies.in_force().group_decides and agreed_words(match):
        matching.answer(match=match, party=CO, yes=True, by=by)


def agreed_words(match: Match) -> str:
    """What a group has agreed to, of this match or of the plan's line that it came of as it stood; "" if nothing."""
    found = GroupItem.objects.whole().final().filter(match=match).first()
    if found is None:
        line = PlanLine.objects.filter(decisions__match=match, decisions__outcome="accepted").first()
        found = _latest_of(line) if line else None
    return reads.decision_words(found) if found and found.outcome == Outcome.AGREED else ""


def _latest_of(line: PlanLine) -> GroupItem | None:
    found: GroupItem | None = GroupItem.objects.whole().final().filter(line=line).first()
    return found

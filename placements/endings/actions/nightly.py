"""What the end of a placement does by dates, each step safe to repeat (R-16.4)."""

from datetime import date, timedelta

from astcoord.core.nightly import each
from astcoord.core.policy_choices import Party
from placements.endings import emails, rules
from placements.endings.actions import completing
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY, PlacementStatus
from placements.placement.models import Placement
from placements.placement.reads import CO, readers_of

P = PlacementStatus
CLOSES_BY_ITSELF = (P.COMPLETED, P.RETURN_DONE, P.ENDED_EARLY)
CLOSE_AFTER = timedelta(days=30)
"""With the AST's access to the papers (R-9.3)."""
CLOSE_ANYWAY = timedelta(days=365)
"""By then nobody writes an evaluation any more that is still waited for."""


def open_windows(today: date) -> int:
    """Open the final evaluation of every active placement whose last fortnight has begun; how many."""
    soon = Placement.objects.filter(status=P.ACTIVE, ends_on__lte=today + rules.WINDOW).with_people()
    return each(soon, lambda placement: completing.open_final_evaluation(placement=placement, by=None))


def remind(today: date) -> int:
    """Of placements past their last day: whoever's turn it is, twice; the co-ordinator once more after a fortnight.

    How many messages are new. Those who are supported have reminders of their own.
    """
    late = Placement.objects.past_last_day(today).filter(status__in=PLACEMENT_UNDER_WAY).with_people()
    return each(late, lambda placement: _remind(placement, today))


def _remind(placement: Placement, today: date) -> int:
    number = rules.reminder_due(placement.ends_on, today)
    missing = completing.completion_problems(placement)
    readers = readers_of(placement, today)
    new = 0
    if number == rules.TO_COORDINATOR:
        return emails.remind(placement, readers[Party.COORDINATOR], [p.message for p in missing], number)
    for owner in dict.fromkeys([problem.field or CO for problem in missing] or [CO]):
        words = [problem.message for problem in missing if (problem.field or CO) == owner]
        new += emails.remind(placement, readers.get(owner, []), words, number)
    return new


def close_over(today: date) -> int:
    """Close what is over and of which nothing more can come; how many. Days still to be written up keep it open."""
    over = Placement.objects.filter(status__in=CLOSES_BY_ITSELF).over_before(today - CLOSE_AFTER).with_people()
    ready = [placement for placement in over if _can_close(placement, today)]
    return each(ready, lambda placement: completing.close(placement=placement, by=None))


def _can_close(placement: Placement, today: date) -> bool:
    if completing.closing_problems(placement):
        return False
    long_ago = placement.over_on is None or placement.over_on < today - CLOSE_ANYWAY
    return long_ago or not completing.outstanding(placement)

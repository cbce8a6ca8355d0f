"""Extensions in the demonstration: one that everybody has signed, one that waits for signatures (R-8.15)."""

from datetime import date, timedelta
from decimal import Decimal

from astcoord.core import policy as policies
from astcoord.core.policy_choices import Party, Pattern
from astcoord.core.problems import Refused
from astcoord.demo import days
from astcoord.demo.scene import Scene
from astcoord.demo.story import Story
from placements.changes.actions import asking, deciding
from placements.changes.models import Amendment
from placements.placement.models import Placement
from schools.calendar.models import HalfTerm
from staff.accounts.models import User

LONGEST = 10
"""Weeks that are tried for the new last day."""


def extend(scene: Scene, story: Story, *, ago: int, parties: tuple[str, ...]) -> None:
    """One day more, asked for by the host head `ago` school days before, and signed by these parties by now.

    In the summer the year may have no week left for it: then nothing is asked.
    """
    told = days.school_days_before(scene.today, ago)
    with days.on(told[0], 16, 40):
        amendment = _asked(story.fresh(), story.head, scene.today)
    if amendment is None:
        return
    with days.on(told[1], 10, 15):
        amendment = deciding.offer(amendment=amendment, by=scene.coordinator)
    placement = story.fresh()
    signers: dict[str, User] = {
        Party.HOST_HEAD: story.head,
        Party.AST: placement.post.user,
        Party.COORDINATOR: scene.coordinator,
        Party.HOME_HEAD: story.home_heads[placement.home_id],
    }
    number = amendment.version.number if amendment.version else 0
    for minute, party in enumerate(parties):
        with days.on(told[2], 14, minute * 6):
            by = signers[party]
            deciding.sign(amendment=amendment, version_number=number, party=party, by=by, declared=True)


def _asked(placement: Placement, by: User, today: date) -> Amendment | None:
    """The first later last day that pattern, calendar, cap and year allow."""
    for ends_on in _later(max(_last(placement), today)):
        try:
            return asking.ask_extension(
                placement=placement,
                by=by,
                ends_on=ends_on,
                days=placement.days + Decimal(1),
                reason="One unit more is to be planned together, and the parallel class would like to see it.",
            )
        except Refused:
            continue
    return None


def _later(last: date) -> list[date]:
    """Weeks on; where placements are blocks, the ends of half-terms."""
    if policies.in_force().placement_pattern == Pattern.BLOCK:
        return list(HalfTerm.objects.filter(ends_on__gt=last).values_list("ends_on", flat=True).order_by("ends_on")[:2])
    return [last + timedelta(weeks=weeks) for weeks in range(2, LONGEST)]


def _last(placement: Placement) -> date:
    if placement.ends_on is None:
        raise LookupError("a contract has a last day")
    return placement.ends_on

"""Placements whose home school is another when their AST's post moves (R-17.7, decision 19)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from astcoord.core import audit
from astcoord.core.consequences import Hanging
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.placement.dates import OWN_DAY
from placements.placement.lifecycle import PLACEMENT_OUT_FOR_SIGNATURE, PLACEMENT_UNDER_CONTRACT, PlacementStatus
from placements.placement.models import Placement, PlannedReview
from staff.accounts.models import User
from staff.posts.events import AWAY, MOVING, Away, Moving, moving_facts


def going(event: Moving) -> QuerySet[Placement]:
    """Those that are not closed; what is closed keeps the school that it had."""
    mine = Placement.objects.filter(post=event.post, home=event.left).exclude(status=PlacementStatus.CLOSED)
    return mine.exclude(host=event.home).with_people().order_by("pk")


def of_moving(event: Moving) -> Iterator[Hanging]:
    """Each goes on; a contract that is out for signature names the old school."""
    for placement in going(event):
        what = f"{placement.reference}, {placement.host.name}: {placement.get_status_display().lower()}"
        fate = f"{event.home.name} is its home school from {date_words(event.on)}: its headteacher sees it and signs."
        out = placement.status in PLACEMENT_OUT_FOR_SIGNATURE
        if out:
            fate += " The contract that is out names the old school: issue a new version after the move."
        elif placement.status in PLACEMENT_UNDER_CONTRACT:
            fate += " What is signed stays as it was signed. Agree cover with the new school."
        yield Hanging(what, fate, placement.get_absolute_url(), undecided=out)


def carry(event: Moving, by: User | None) -> None:
    """The days, the diary and the reviews stay with the placement; only the home school is another."""
    for placement in list(going(event)):
        placement.home = event.home
        placement.save(update_fields=["home"])
        before, after = {"home school": event.left.name}, {"home school": event.home.name, "from": event.on}
        audit.record("placement: the AST moved to another school", placement, by=by, before=before, after=after)


def works_there(event: Moving) -> list[Problem]:
    """No placement is at the AST's own school: that would be inreach (R-1.6)."""
    there = Placement.objects.open().filter(post=event.post, host=event.home).order_by("pk").first()
    if there is None:
        return []
    words = (
        f"{event.post.name} works at {event.home.name} in {there.reference}. End {say('that placement')} first: at the "
    )
    return [Problem(f"{words}{say('AST', within=True)}’s own school the work is inreach.", "home", "R-1.6", "host")]


def of_absence(event: Away) -> Iterator[Hanging]:
    """Placements that lie in the time: nothing is ended silently."""
    for placement in Placement.objects.filter(post=event.post).while_away(event.first, event.last).with_people():
        what = f"{placement.reference}, {placement.host.name}: {placement.get_status_display().lower()}"
        fate = say("You decide: wait for the AST, change the contract’s dates, or end it early.")
        yield Hanging(what, fate, placement.get_absolute_url(), undecided=True)


def meetings_away(event: Away) -> Iterator[Hanging]:
    """Meetings and evaluations with a date in the time away: nothing moves them but another agreement (R-20.4)."""
    last = event.last or date.max
    mine = Placement.objects.open().filter(post=event.post).with_people()
    for placement in mine.filter(meeting_called_for__range=(event.first, last)).order_by("meeting_called_for"):
        yield _meeting("Preliminary meeting", placement.meeting_called_for, placement)
    fixed = PlannedReview.objects.filter(placement__in=mine, on__range=(event.first, last)).exclude(kind__in=OWN_DAY)
    for review in fixed.select_related("placement__host"):
        yield _meeting(review.get_kind_display(), review.on, review.placement)


def _meeting(what: str, on: date | None, placement: Placement) -> Hanging:
    named = f"{what} on {date_words(on)}, {placement.host.name} ({placement.reference})" if on else what
    return Hanging(named, "Stays: agree another day with the school.", placement.get_absolute_url(), undecided=True)


def register() -> None:
    """Called when the software starts."""
    MOVING.register(say("Placements"), of_moving, carry, order=5)
    AWAY.register(say("Placements"), of_absence, order=5)
    AWAY.register("Meetings in that time", meetings_away, order=12)
    moving_facts.append(works_there)

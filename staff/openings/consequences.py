"""What of accounts that are merged, and of a policy, hangs on talks between heads and on posts to fill (R-17.7)."""

from collections.abc import Iterator

from django.db.models import QuerySet

from astcoord.core.consequences import Hanging
from astcoord.core.policy_events import ADOPTING, Adopting
from astcoord.core.words import say
from staff.accounts.events import Merging
from staff.accounts.models import User
from staff.openings.lifecycle import LOOKING
from staff.openings.models import Introduction, Opening, TalkOffer


def register() -> None:
    """Called when the software starts."""
    ADOPTING.register(say("AST posts to fill"), of_adopting, order=5)


def of_adopting(event: Adopting) -> Iterator[Hanging]:
    """Posts that schools look to fill, and could not ask for under the new policy (R-16.1). One query."""
    may = event.after.appointing_phases
    if lost := set(event.before.appointing_phases) - set(may):
        looking = Opening.objects.filter(status__in=LOOKING, school__phase__in=lost).select_related("school")
        for opening in looking.order_by("pk"):
            yield Hanging(str(opening), "Goes on. The school can ask for no other.", opening.get_absolute_url())


def merged(event: Merging) -> Iterator[Hanging]:
    """Two queries."""
    if TalkOffer.objects.filter(user=event.other).exists():
        yield Hanging("Offer to talk to other headteachers", "Goes over")
    for each in _introductions(event).select_related("opening__school"):
        yield Hanging(f"Introduction to the headteacher of {each.opening.school.name}", "Goes over")


def carry_merged(event: Merging, by: User | None) -> None:
    """Of two offers, the one of the account that goes on stays; of two introductions to one school, its own."""
    mine = TalkOffer.objects.filter(user=event.other)
    if TalkOffer.objects.filter(user=event.keep).exists():
        mine.delete()
    else:
        event.move(mine, "user")
    event.move(_introductions(event), "colleague")


def _introductions(event: Merging) -> QuerySet[Introduction]:
    known = Introduction.objects.filter(colleague=event.keep).values("opening")
    return Introduction.objects.filter(colleague=event.other).exclude(opening__in=known)

"""Ideas brought back as other pages and papers tell them (R-10.11)."""

from datetime import date

from astcoord.core import shown
from evaluation.ideas.models import Idea
from placements.days.models import OutreachDay
from staff.accounts.models import User


def text_of(day: OutreachDay, user: User | None = None) -> str:
    """What the diary of a day says of it, to somebody who may read it; to its writer where `user` is None."""
    found = Idea.objects.filter(day=day)
    if user is not None:
        found = found.visible_to(user)
    return found.values_list("text", flat=True).first() or ""


def of_schools(first: date, last: date) -> dict[int, list[tuple[str, str]]]:
    """By home school: (idea, the school it comes from), the earliest first. Without names, whatever they say."""
    found: dict[int, list[tuple[str, str]]] = {}
    rows = Idea.objects.told().between(first, last).select_related("placement__host").order_by("noted_on", "pk")
    for each in shown.all_shown_to(shown.ANYBODY, rows):
        found.setdefault(each.placement.home_id, []).append((each.text, each.placement.host.name))
    return found

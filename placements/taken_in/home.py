"""The set-up list's step: placements that were under way before this system (R-17.1, R-17.4)."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from astcoord.core import opening
from astcoord.core.opening import SetUpStep
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.core.words import say
from placements.matching.lifecycle import MatchStatus
from placements.placement.models import Placement
from staff.accounts.models import User


def register() -> None:
    """What this room puts on the first page."""
    opening.register("under-way", set_up, order=65)


def set_up(user: User, today: date) -> SetUpStep:
    """Done with the first placement of any kind: an authority that has some of its own is past this. One query."""
    entered = Q(taken_in_on__isnull=False) & ~Q(match__status=MatchStatus.UNDONE)
    counts = Placement.objects.aggregate(every=Count("pk"), entered=Count("pk", filter=entered))
    said = f"{counted(counts['entered'], 'placement')} entered" if counts["entered"] else "None entered"
    url = reverse("placements:import_placements") if user.has_role(Role.COORDINATOR) else ""
    title = say("Placements already under way")
    return SetUpStep(title, url, done=bool(counts["every"]), said=said, may_be_left=True)

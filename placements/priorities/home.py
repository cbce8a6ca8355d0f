"""The authority's priorities on the set-up list: an authority may keep none."""

from datetime import date
from typing import Any

from django.urls import reverse

from astcoord.core import opening
from astcoord.core.opening import SetUpStep
from astcoord.core.wording import counted
from astcoord.core.words import say
from placements.priorities.models import Priority


def register() -> None:
    """What this room puts on the set-up list."""
    opening.register("priorities", set_up, order=70)


def set_up(user: Any, on: date) -> SetUpStep:
    """Those that run this school year. One query."""
    count = Priority.objects.running(on).count()
    said = (
        counted(count, "priority", "priorities")
        if count
        else say("None: requests and placements are not asked for any")
    )
    return SetUpStep("Priorities", reverse("placements:priorities"), done=bool(count), said=said, may_be_left=True)

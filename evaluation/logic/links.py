"""The way to a placement's logic model from its page, where evaluation is on four levels (R-11.7)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.core.models.policy import Policy
from placements.placement.models import Placement
from staff.accounts.models import User


def of_placement(placement: Placement, _: User, policy: Policy) -> Iterator[tuple[str, str]]:
    """For everybody whose page of the placement it is: each reads of it as far as section G allows."""
    if policy.on_levels:
        yield "Logic model", reverse("evaluation:logic_model", args=[placement.pk])

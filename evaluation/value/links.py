"""The way to what a placement cost, and what came of it, from its page (R-11.13)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.core.models.policy import Policy
from evaluation.value import permissions
from evaluation.value.lifecycle import BEGUN
from placements.days.reads.given import has_happened
from placements.placement.models import Placement
from staff.accounts.models import User


def of_placement(placement: Placement, user: User, _: Policy) -> Iterator[tuple[str, str]]:
    """For who may know what it cost, once it has begun; not where it came to nothing."""
    if placement.status in BEGUN and permissions.keeps_cost(user, placement) and has_happened(placement):
        yield "Value for money", reverse("evaluation:placement_cost", args=[placement.pk])

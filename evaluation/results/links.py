"""The way to results from a placement's page, for those who may read them (section G)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.core.models.policy import Policy
from evaluation.results import permissions
from placements.placement.models import Placement
from staff.accounts.models import User


def of_placement(placement: Placement, user: User, _: Policy) -> Iterator[tuple[str, str]]:
    """Before and after at the host school."""
    if permissions.reads_results(user, placement):
        yield "Results before and after", reverse("evaluation:placement_results", args=[placement.pk])

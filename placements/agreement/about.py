"""A placement's preliminary meeting and contract, on all pages about it (R-20.11)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.ui import about
from astcoord.ui.about import Line
from placements.placement.models import Placement
from placements.placement.permissions import reads_whole
from staff.accounts.models import User


def register() -> None:
    about.register(Placement, _of_placement, order=30, name="papers")


def _of_placement(placement: Placement, user: User) -> Iterator[Line]:
    """For those who read it whole; one query."""
    if not reads_whole(user, placement):
        return
    if placement.taken_in_on is None:
        yield Line("Meeting", "The ten items", reverse("placements:placement_protocol", args=[placement.pk]))
    version = placement.contracts.in_force().first()
    if version:
        yield Line("Contract", str(version), reverse("placements:contract", args=[placement.pk]))

"""Ways to results from a placement's page and a school's, for those who may read them (section G)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.core.models.policy import Policy
from astcoord.core.roles import AUTHORITY, Role
from evaluation.results import permissions
from placements.placement.models import Placement
from schools.register.models import School
from staff.accounts.models import User


def of_placement(placement: Placement, user: User, _: Policy) -> Iterator[tuple[str, str]]:
    """Before and after at the host school."""
    if permissions.reads_results(user, placement):
        yield "Results before and after", reverse("evaluation:placement_results", args=[placement.pk])


def of_school(school: School, user: User) -> Iterator[tuple[str, str]]:
    """All years of a school that this person sees: not for ASTs, who read of their placements."""
    if user.has_role(*AUTHORITY, Role.HEADTEACHER, Role.GOVERNOR):
        yield "Results", reverse("evaluation:school_results", args=[school.urn])

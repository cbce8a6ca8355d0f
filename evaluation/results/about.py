"""The way to a school's results from its own page, for those who may read them (section G)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.core.roles import AUTHORITY, Role
from astcoord.ui import about
from astcoord.ui.about import Card
from schools.register.models import School
from staff.accounts.models import User


def register() -> None:
    about.register_cards(School, _cards_of_school, order=80)


def _cards_of_school(school: School, user: User) -> Iterator[Card]:
    """All years that this person sees: not for ASTs, who read of their placements."""
    if user.has_role(*AUTHORITY, Role.HEADTEACHER, Role.GOVERNOR):
        yield Card("Attainment", links=(("Results", reverse("evaluation:school_results", args=[school.urn])),))

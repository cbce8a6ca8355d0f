"""The availability letters of a school, on its own page (R-20.6)."""

from collections.abc import Iterator

from django.urls import reverse

from astcoord.ui import about
from astcoord.ui.about import Card
from placements.letters.actions import APPROVED
from placements.letters.models import Letter
from placements.letters.reads import LetterState, with_state
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import heads
from staff.accounts.querysets import OFFICE_AND_OFFICER

MOST = 5


def register() -> None:
    about.register_cards(School, _cards_of_school, order=50)


def _cards_of_school(school: School, user: User) -> Iterator[Card]:
    """For office and officers; a head reads them once their round is approved. One query."""
    reads_all = user.has_role(*OFFICE_AND_OFFICER)
    if not (reads_all or heads(user, school.pk)):
        return
    letters = Letter.objects.visible_to(user).filter(school=school)
    if not reads_all:
        letters = letters.filter(round__status__in=APPROVED)
    found = with_state(letters).select_related("round__term").order_by("-pk")[:MOST]
    lines = tuple(
        (str(each.round), str(LetterState(each.state).label), reverse("placements:letter_pdf", args=[each.pk]))
        for each in found
    )
    page = "placements:letter_rounds" if reads_all else "placements:own_letters"
    yield Card("Letters", lines, (("All letters", reverse(page)),), "No letter has gone to it yet.")

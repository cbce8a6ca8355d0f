"""The office's notes on a school, on its own page (R-20.6)."""

from astcoord.ui import about
from placements.notes import reads
from schools.register.models import School


def register() -> None:
    about.register_cards(School, reads.of_school, order=70)

"""What a register's history says of a row."""

from decimal import Decimal

import pytest

from astcoord.core.register import _words
from placements.placement.models import Placement


@pytest.mark.parametrize(("stored", "told"), [("0.50", "0.5"), ("3.00", "3"), ("1.25", "1.25")])
def test_a_number_is_told_without_its_noughts_so_that_saving_it_again_is_no_change(stored: str, told: str) -> None:
    assert _words(Placement(days=Decimal(stored)), Placement._meta.get_field("days")) == told


def test_a_choice_is_told_by_its_label() -> None:
    assert _words(Placement(weekday=1), Placement._meta.get_field("weekday")) == "Tuesday"

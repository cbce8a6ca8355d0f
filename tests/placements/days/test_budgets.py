"""When ASTs get a year's days (R-4.1)."""

from datetime import date

import pytest
import time_machine

from placements.days import ledger
from placements.days.models import LedgerEntry
from schools.calendar.actions import save_year
from schools.calendar.years import default_year
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_r_4_1_a_year_entered_after_its_asts_gives_them_its_days_at_once(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    """A new authority may load its ASTs first; letters sent in the same hour must not say that nobody has days."""
    clock.move_to(date(2027, 7, 5))
    year = save_year(default_year("2027-28"), by=cast.coordinator)
    assert ledger.balance(cast.post, year).budget == ledger.balance(cast.post, cast.year).budget > 0
    entries = LedgerEntry.objects.count()
    save_year(default_year("2027-28"), by=cast.coordinator)
    assert LedgerEntry.objects.count() == entries, "saved again, it gives nothing twice"

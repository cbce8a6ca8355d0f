"""A new school year is opened: budgets, contracts over the summer, priorities that go on (R-17.13)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused
from placements.days import budgets
from placements.priorities.actions import PRIORITIES
from placements.priorities.models import Priority
from placements.year_end import reads
from schools.calendar.models import AcademicYear
from schools.calendar.years import first_year_of
from staff.accounts.actions.people import require_coordinator
from staff.accounts.models import User


@dataclass(frozen=True)
class Opened:
    """What was done: how many priorities run a year longer; ASTs have had the year's days since it was entered."""

    year: AcademicYear
    priorities: int


@transaction.atomic
def open_year(*, slug: str, go_on: Collection[Priority], by: User) -> Opened:
    """Open the year's budgets, put contracts over the summer into both years, let priorities run a year longer.

    Refused before its terms are entered, since days lie in weeks that are taught. A second call changes nothing.
    """
    require_coordinator(by)
    year = AcademicYear.objects.select_for_update().filter(slug=slug).first()
    if year is None:
        raise Refused([Problem(f"Enter the terms of {slug.replace('-', '/')} first", rule="R-17.13", code="calendar")])
    if year.opened_on is not None:
        return Opened(year, 0)
    known = {each.pk for each in reads.ending(slug)}
    if any(each.pk not in known for each in go_on):
        message = "One of these priorities has been changed meanwhile. Look at the list again."
        raise Refused([Problem(message, "go_on", "R-14.1", "gone")])
    for each in go_on:
        PRIORITIES.save(row=each, by=by, last_year=first_year_of(slug))
    budgets.open_all(today())
    budgets.spread_all()
    year.opened_on = today()
    year.save(update_fields=["opened_on"])
    audit.record(
        "School year opened",
        year,
        by=by,
        after={"year": str(year), "priorities that go on": [str(each) for each in go_on]},
    )
    return Opened(year, len(go_on))

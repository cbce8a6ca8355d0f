"""The figures of the acceptance example, and placements that lie between two summers."""

from datetime import date
from decimal import Decimal

from evaluation.results import actions
from evaluation.results.models import AttainmentResult
from placements.placement.models import Placement
from schools.register.models import School
from staff.accounts.models import User

BOTH = "gcse_5acem"
EXAMPLE = (
    (2008, "mathematics", "gcse_ac", "59.0"),
    (2008, "english", "gcse_ac", "74.7"),
    (2008, "", BOTH, "54.3"),
    (2009, "mathematics", "gcse_ac", "68.1"),
    (2009, "english", "gcse_ac", "71.7"),
    (2009, "", BOTH, "62.4"),
)
"""R-11.10: year, subject, measure, figure."""


def entered(
    by: User, school: School, year: int, subject: str, measure: str, value: str, cohort: int | None = None
) -> AttainmentResult:
    return actions.enter(
        school=school, subject=subject, measure=measure, year=year, value=Decimal(value), cohort=cohort, by=by
    )


def example(by: User, school: School) -> None:
    """All six."""
    for year, subject, measure, value in EXAMPLE:
        entered(by, school, year, subject, measure, value)


def in_between(placement: Placement, first: date = date(2008, 11, 3), last: date = date(2009, 3, 27)) -> Placement:
    """The placement ran from autumn to spring of an earlier school year."""
    Placement.objects.filter(pk=placement.pk).update(starts_on=first, ends_on=last)
    return Placement.objects.get(pk=placement.pk)

"""The spans for which days are counted: school years, their terms and half-terms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schools.calendar.models import AcademicYear, Term


@dataclass(frozen=True)
class Period:
    """From `first` to `last`. A `whole` year has days under contract; a part of one has only days with a date."""

    slug: str
    name: str
    first: date
    last: date
    year: AcademicYear
    whole: bool

    @property
    def days_heading(self) -> str:
        """What is counted beside the days that were delivered."""
        return "Days under contract" if self.whole else "Days with a date"

    @property
    def nothing(self) -> str:
        """Said where there is nothing to count."""
        what = "Nothing was under contract" if self.whole else "No outreach day was planned or delivered"
        return f"{what} in this period ({self.name})."


def periods() -> list[Period]:
    """Every year whose terms are entered, the newest first, each followed by its terms and half-terms. Two queries."""
    found: dict[AcademicYear, list[Term]] = {}
    for term in (
        Term.objects.select_related("year").prefetch_related("half_terms").order_by("-year__starts_on", "starts_on")
    ):
        found.setdefault(term.year, []).append(term)
    return [period for year, terms in found.items() for period in _within(year, terms)]


def _within(year: AcademicYear, terms: Iterable[Term]) -> Iterable[Period]:
    yield Period(year.slug, f"School year {year}", year.starts_on, year.ends_on, year, whole=True)
    for term in terms:
        yield Period(term.slug, term.name, term.starts_on, term.ends_on, year, whole=False)
        for half in term.half_terms.all():
            name = f"{term.name}, {'first' if half.number == 1 else 'second'} half"
            yield Period(half.slug, name, half.starts_on, half.ends_on, year, whole=False)


def usual(found: Iterable[Period], today: date) -> Period | None:
    """The school year of that day, or else the newest that has begun, or else any."""
    years = [period for period in found if period.whole]
    begun = (period for period in years if period.first <= today)
    return next(begun, years[-1] if years else None)

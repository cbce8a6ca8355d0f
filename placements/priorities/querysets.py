"""Scopes over the authority’s priorities."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Q, Value, When

from placements.priorities.lifecycle import PriorityState
from schools.calendar.years import first_year_of, slug_on

if TYPE_CHECKING:
    from placements.priorities.models import Priority  # noqa: F401  (named in strings below)


class PriorityQuerySet(models.QuerySet["Priority"]):
    def running(self, day: date) -> "PriorityQuerySet":
        """Those that may be chosen on that day: neither retired nor outside their school years (R-14.1)."""
        return self.running_in(first_year_of(slug_on(day)))

    def running_in(self, year: int) -> "PriorityQuerySet":
        """Those of a school year, by the calendar year in which it begins."""
        return self.filter(self._runs(year))

    def with_state(self, day: date) -> "PriorityQuerySet":
        """Each with `state`: how it stands on that day, a value of `PriorityState`."""
        year = first_year_of(slug_on(day))
        state = Case(
            When(self._runs(year), then=Value(PriorityState.RUNS)),
            When(retired_on__isnull=False, then=Value(PriorityState.RETIRED)),
            When(first_year__gt=year, then=Value(PriorityState.TO_COME)),
            default=Value(PriorityState.ENDED),
        )
        return self.annotate(state=state)

    @staticmethod
    def _runs(year: int) -> Q:
        return (Q(last_year=None) | Q(last_year__gte=year)) & Q(retired_on=None, first_year__lte=year)

    def used(self) -> "PriorityQuerySet":
        """Those that a request or a placement is linked to: they stay for good."""
        return self.filter(Q(requests__isnull=False) | Q(placements__isnull=False)).distinct()

"""Scopes over what follows schools that closed."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import OuterRef, Q

if TYPE_CHECKING:
    from schools.succession.models import Succession  # noqa: F401  (named in strings below)


GENERATIONS = 3
"""Schools that closed one after another and whose support still counts for the one that stands now."""


class SuccessionQuerySet(models.QuerySet["Succession"]):
    def current(self) -> "SuccessionQuerySet":
        """Without those that were put right."""
        return self.filter(replaced=False)

    def before(self, schools: Collection[int]) -> dict[int, set[int]]:
        """Of these schools each that has followed others: their ids, one after another (R-17.6).

        One query where there are none, one more for each link of the longest chain.
        """
        came: dict[int, set[int]] = {}
        ends = {school: {school} for school in schools}  # who stands at the end of the chain that leads through it
        newest = set(schools)
        while newest:
            pairs = list(self.filter(successor_id__in=newest).values_list("school_id", "successor_id"))
            newest = {school for school, _ in pairs} - set(ends)
            for school, successor in pairs:
                ends.setdefault(school, set()).update(ends[successor])
                for end in ends[successor] - {school}:
                    came.setdefault(end, set()).add(school)
        return came

    def of_line(self, column: str, school: int | OuterRef) -> Q:
        """Rows whose `column` is this school, or one that it has followed (R-17.6). No query of its own."""
        found = Q(**{column: school})
        for back in range(1, GENERATIONS + 1):
            last: Any = school
            for _ in range(back if isinstance(school, OuterRef) else 0):
                last = OuterRef(last)
            ids = self.current().filter(successor=last).values("school")
            for _ in range(back - 1):
                ids = self.current().filter(successor__in=ids).values("school")
            found |= Q(**{f"{column}__in": ids})
        return found

    def and_followers(self, schools: Any) -> Q:
        """Schools among these ids, or that have followed one of them. No query of its own."""
        found, ids = Q(pk__in=schools), schools
        for _ in range(GENERATIONS):
            ids = self.current().filter(school__in=ids, successor__isnull=False).values("successor")
            found |= Q(pk__in=ids)
        return found

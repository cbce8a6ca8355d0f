"""Scopes over what follows schools that closed."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from schools.succession.models import Succession  # noqa: F401  (named in strings below)


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

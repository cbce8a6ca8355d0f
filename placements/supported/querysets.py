"""Scopes over the people supported."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from placements.supported.models import SupportedStaff  # noqa: F401  (named in strings below)


class SupportedQuerySet(models.QuerySet["SupportedStaff"]):
    def taking_part(self, on: date | None = None) -> "SupportedQuerySet":
        """Those who have not withdrawn; with a day, those who had joined and had not before that day (R-6.12)."""
        here = Q(withdrew_on=None)
        if on is not None:
            here = (here | Q(withdrew_on__gte=on)) & (Q(joined_on=None) | Q(joined_on__lte=on))
        return self.filter(here, joining=False)

    def owing_a_yes(self) -> "SupportedQuerySet":
        """Those still there, or to join, who have not said yes to the objectives as they stand (R-8.11)."""
        return self.filter(withdrew_on=None).exclude(concerned="").exclude(yes_to=F("concerned"))

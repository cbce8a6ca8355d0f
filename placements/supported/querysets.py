"""Scopes over the people supported."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from placements.supported.models import SupportedStaff  # noqa: F401  (named in strings below)


class SupportedQuerySet(models.QuerySet["SupportedStaff"]):
    def taking_part(self, on: date | None = None) -> "SupportedQuerySet":
        """Those who have not withdrawn; with a day, those who had not before that day (R-6.12)."""
        here = Q(withdrew_on=None)
        return self.filter(here | Q(withdrew_on__gte=on) if on else here)

"""Scopes over changes of work that is under way."""

from typing import TYPE_CHECKING

from django.db import models

from placements.changes.lifecycle import AMENDMENT_OPEN

if TYPE_CHECKING:
    from placements.changes.models import Amendment  # noqa: F401  (named in strings below)


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def open(self) -> "AmendmentQuerySet":
        """Neither settled nor taken back: at most one of each placement."""
        return self.filter(status__in=AMENDMENT_OPEN)

"""Scopes over the office's notes."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from placements.notes.models import CaseNote  # noqa: F401  (named in strings below)


class CaseNoteQuerySet(models.QuerySet["CaseNote"]):
    def still_open(self) -> "CaseNoteQuerySet":
        """Not done, each with the name of the school that it is about, if any."""
        host = Coalesce(F("request__host__name"), F("school__name"))
        return self.filter(done_on=None).annotate(host_name=host)

"""Scopes over spans of days."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F


class SpanQuerySet(models.QuerySet[Any]):
    """Years, terms, half-terms and closures: anything with a first and a last day."""

    def on(self, day: date) -> "SpanQuerySet":
        """Spans that hold `day`; first and last day count."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def touching(self, first: date, last: date) -> "SpanQuerySet":
        """Spans that share at least a day with first–last."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def after(self, day: date) -> "SpanQuerySet":
        """Spans that begin after `day`, the nearest first."""
        return self.filter(starts_on__gt=day).order_by(F("starts_on"))

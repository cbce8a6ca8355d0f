"""The one place that asks what day it is, so that rules and reports never do."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """Today in the authority's time zone."""
    return timezone.localdate()

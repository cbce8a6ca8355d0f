"""How printed documents write dates, times, days and money. Facts are stored as text, so these read text too."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from astcoord.core import wording
from astcoord.core.wording import date_words, days_words, time_words

register = template.Library()


@register.filter
def day(value: Any) -> str:
    """ "2026-09-01" → "1 September 2026"; nothing for nothing."""
    if not value:
        return ""
    if isinstance(value, datetime) or (isinstance(value, str) and "T" in value):
        value = _local(value).date()
    on: Any = parse_date(value) if isinstance(value, str) else value
    return date_words(on)


@register.filter
def moment(value: Any) -> str:
    """A moment in the authority's time zone: "1 September 2026, 2:15pm"."""
    if not value:
        return ""
    at = _local(value)
    return f"{day(at.date())}, {time_words(at)}"


@register.filter
def days(value: Any) -> str:
    """ "2.50" → "2.5 days", "1.00" → "1 day"."""
    if value in (None, ""):
        return ""
    return days_words(Decimal(str(value)))


@register.filter
def counted(count: int, noun: str) -> str:
    """`{{ total|counted:"school" }}`: 1 school, 2 schools; `counted:"match,matches"` where an "s" does not do."""
    return wording.counted(count, *noun.split(","))


@register.filter
def pounds(value: Any) -> str:
    """ "11638.00" → "£11,638"; pence only where there are some."""
    if value in (None, ""):
        return ""
    return wording.pounds(Decimal(str(value)))


def _local(value: Any) -> datetime:
    moment_ = parse_datetime(value) if isinstance(value, str) else value
    return timezone.localtime(moment_)

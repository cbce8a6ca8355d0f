"""Days come in quarters; and how days, dates and numbers are written in sentences."""

from datetime import date
from decimal import Decimal

QUARTER = Decimal("0.25")


def words(days: Decimal) -> str:
    """A number of days for people: "1 day", "2.5 days", "0 days"."""
    number = f"{days.normalize():f}" if days else "0"
    return f"{number} day{'' if days == 1 else 's'}"


def date_words(day: date) -> str:
    """A date for people, as GOV.UK writes it."""
    return f"{day.day} {day:%B %Y}"


def day_words(day: date) -> str:
    """Such as “3 May 2027”."""
    return f"{day.day} {day:%B %Y}"

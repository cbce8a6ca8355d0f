"""How numbers, days, dates and lists are written in sentences; and that days come in quarters.

Every page, paper, message and file takes its words from here.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from astcoord.core.words import say

QUARTER = Decimal("0.25")


def number(value: Decimal) -> str:
    """Without idle noughts.

    >>> number(Decimal("2.50")), number(Decimal("10")), number(Decimal("0.00"))
    ('2.5', '10', '0')
    """
    return f"{value.normalize():f}" if value else "0"


def plural(count: Decimal | int, noun: str, nouns: str = "") -> str:
    """The noun for so many; `nouns` where an "s" does not do.

    >>> plural(1, "day"), plural(0, "day"), plural(2, "match", "matches"), plural(2, "is", "are")
    ('day', 'days', 'matches', 'are')
    """
    return say(noun if count == 1 else nouns or f"{noun}s", within=True)


def counted(count: Decimal | int, noun: str, nouns: str = "") -> str:
    """The number and its noun.

    >>> counted(1, "letter"), counted(3, "match", "matches"), counted(Decimal("2.50"), "mile")
    ('1 letter', '3 matches', '2.5 miles')
    """
    return f"{number(Decimal(count))} {plural(count, noun, nouns)}"


def pounds(amount: Decimal) -> str:
    """Money, with pence only where there are some.

    >>> pounds(Decimal("11638.00")), pounds(Decimal("3879.33")), pounds(Decimal(-1000))
    ('£11,638', '£3,879.33', '−£1,000')
    """
    sign = "−" if amount < 0 else ""
    return f"{sign}£{abs(amount):,.0f}" if amount == amount.to_integral() else f"{sign}£{abs(amount):,.2f}"


def days_words(days: Decimal) -> str:
    """A number of days.

    >>> days_words(Decimal("1.00")), days_words(Decimal("2.50")), days_words(Decimal(0))
    ('1 day', '2.5 days', '0 days')
    """
    return counted(days, "day")


def date_words(day: date) -> str:
    """A date as GOV.UK writes it.

    >>> date_words(date(2027, 5, 3))
    '3 May 2027'
    """
    return f"{day.day} {day:%B %Y}"


def time_words(at: datetime) -> str:
    """A time of day as GOV.UK writes it.

    >>> time_words(datetime(2027, 5, 3, 14, 15)), time_words(datetime(2027, 5, 3, 0, 5))
    ('2:15pm', '12:05am')
    """
    return f"{at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"


def dialled(telephone: str) -> str:
    """What of a telephone number is pressed: "01632 960001" → "01632960001"; "" where it has no digits."""
    return "".join(sign for sign in telephone if sign in "+0123456789")


def listed(items: Iterable[str], last: str = "and") -> str:
    """Several things in one sentence.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or"), listed([])
    ('a', 'a and b', 'a, b or c', '')
    """
    *before, final = map(str, list(items) or [""])
    return f"{', '.join(before)} {last} {final}" if before else final

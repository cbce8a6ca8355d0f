"""Words by which free text asks for what no AST does (R-6.4, R-6.6), whatever box; and weeks in a few words."""

import re
from collections.abc import Collection
from datetime import date

from staff.expertise.vocabulary import Weekday

_ABSENT = (
    r"(absen\w*|sick\w*|illness|leave|maternity|vacan\w+|class(es)?|lessons?|teachers?|colleagues?|staff|mrs?|ms|miss)"
)
FORBIDDEN_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "supply",
        re.compile(
            r"\bsupply\b(?!\s+(of\b|materials|resources|examples|ideas|the school with))"
            rf"|\bcover(ing)?\s+for\b|\bcover(ing)?\s+(\S+\s+){{0,3}}{_ABSENT}\b|\babsence\s+cover\b"
            r"|\bstand(ing)?[\s-]+in\s+for\b|\bsubstitute\s+teach|\btak(e|ing)\s+(\S+\s+)?class(es)?\s+(while|when|so)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "references",
        re.compile(
            r"\b(write|writing|give|giving|provid\w+|supply\w*|job|personal)\s+(\S+\s+){0,3}references?\b"
            r"|\breferences?\s+(for\s+(staff|teachers?|a\s+teacher|mrs?|ms|miss|colleagues?|the)|to\s+(a|an|another)\b)"
            r"|^\W*references?\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        "appraisal",
        re.compile(
            r"\bapprais\w*|\bperformance[\s-]+(manage\w*|review\w*|observation\w*|assess\w*|rating\w*)"
            r"|\bthreshold\s+(assess|applic|observ)\w*|\bgrad(e|ing)\s+(\S+\s+){0,2}(teachers?|teaching|lessons?|staff)\b"
            r"|\bset(ting)?\s+(\S+\s+){0,2}(teachers?|staff)\W*\s*(performance\s+)?(objectives|targets)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "capability",
        re.compile(
            r"\bcapability\s+(\S+\s+)?(procedure|process|proceeding|case|meeting|action|plan|stage)\w*|\bon\s+capability\b"
            r"|\bcompeten(ce|cy)\s+(procedure|proceeding)\w*|\bdisciplinary\b|\bunder-?perform\w*\s+(teacher|staff)",
            re.IGNORECASE,
        ),
    ),
)


def never_done(text: str) -> list[str]:
    """Codes of the work that no AST does which `text` seems to ask for (R-6.4)."""
    return [code for code, pattern in FORBIDDEN_WORDS if pattern.search(text)]


def weeks_words(first: date | None, last: date | None, weekdays: Collection[str]) -> str:
    """When help is wanted, short enough for a line of a list.

    >>> weeks_words(date(2026, 11, 2), date(2027, 2, 12), ("1", "2"))
    '2 Nov to 12 Feb 2027, Tue, Wed'
    >>> weeks_words(date(2026, 11, 2), date(2027, 11, 12), ())
    '2 Nov 2026 to 12 Nov 2027'
    """
    if first is None or last is None:
        return ""
    return ", ".join(filter(None, [span_words(first, last), weekdays_words(weekdays)]))


def weekdays_words(weekdays: Collection[str]) -> str:
    """Tue, Wed; nothing where any day will do."""
    some = sorted(weekdays) if len(weekdays) < len(Weekday) else []
    return ", ".join(Weekday(int(code)).label[:3] for code in some)


def short(on: date) -> str:
    """A day in a cell of a list: 4 Jul 2026."""
    return f"{on:%-d %b %Y}"


def span_words(first: date, last: date) -> str:
    """From day to day; the year once where it can be no other."""
    within = (last.year, last.month, last.day) < (first.year + 1, first.month, first.day)
    return f"{f'{first:%-d %b}' if within else short(first)} to {short(last)}"

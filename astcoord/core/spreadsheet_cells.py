"""Cells of files that we give out: words without markup, which a spreadsheet opens without harm (R-14.7, R-20.10)."""

import re
from html import unescape
from typing import Any

from django.utils.html import strip_tags

FORMULA = ("=", "+", "-", "@", "\t", "\r")
ENDS_A_LINE = re.compile(r"<(?:br|/p|/div|/li|/summary|/dt|/dd|/tr)\b[^>]*>", re.IGNORECASE)


def safe(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers, HTML becomes words."""
    value = words_of(value)
    if isinstance(value, str) and value.startswith(FORMULA) and not _is_number(value):
        return f"'{value}"
    return "" if value is None else value


def words_of(value: Any) -> Any:
    """What a piece of HTML says, its lines joined by semicolons. What is no HTML stays as it is: people may type "<".

    >>> from django.utils.html import format_html
    >>> words_of(format_html("<p>{}</p><p>two</p>", "one < 2"))
    'one < 2; two'
    """
    if not hasattr(value, "__html__"):
        return value
    lines = unescape(strip_tags(ENDS_A_LINE.sub("\n", value.__html__()))).split("\n")
    return "; ".join(filter(None, (" ".join(line.split()) for line in lines)))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

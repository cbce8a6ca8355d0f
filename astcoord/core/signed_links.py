"""Links that carry their own permission: whoever has one may use it, so none may stand in a log or a copy of data."""

import logging
import re

TOKEN = re.compile(r"[\w.-]+(?::|%3A)[\w-]{6,7}(?::|%3A)[\w-]{43}(?![\w-])", re.ASCII)
"""What `django.core.signing.dumps` makes: payload, time, signature."""

LEFT_OUT = "[link left out]"


def without_tokens(text: str) -> str:
    """`text` with every signed token taken out."""
    return TOKEN.sub(LEFT_OUT, text)


class LineFormatter(logging.Formatter):
    """One line for each record, tracebacks included, without anybody's link."""

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(record))

"""Cells as people and spreadsheets write them."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y", "%d.%m.%y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
SERIAL_ZERO = date(1899, 12, 30)
"""Spreadsheets hold a day as the number of days since then."""
SERIALS = range(20_000, 80_000)
"""Numbers that can only be meant as days: 1954 to 2119."""


def clean(cell: str) -> str:
    """Without control characters and spaces around; windows-1252 read as latin-1 at source is put right."""
    if cell.isprintable():
        return cell.strip()
    return " ".join("".join(map(_repaired, cell)).split())


def whole_number(cell: str) -> int | None:
    """“101720”, “101720.0”, “1,200”; None for anything else."""
    found = re.fullmatch(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.0*)?", cell.strip())
    return int(found[1].replace(",", "")) if found else None


def decimal_number(cell: str) -> Decimal | None:
    """“0.6”, “0,6”, “60%”; None for anything else."""
    text = cell.strip().replace(",", ".")
    percent = text.endswith("%")
    if not re.fullmatch(r"[0-9]{0,6}(\.[0-9]{0,12})?", text.rstrip("% ")):
        return None
    try:
        number = Decimal(text.rstrip("% "))
    except InvalidOperation:
        return None
    return number / 100 if percent else number


def day(cell: str) -> date | None:
    """A day in the orders that are usual in England, or as a spreadsheet's number; None for anything else."""
    text = re.sub(r"[ T]00:00(:00(\.0+)?)?$", "", cell.strip())
    text = re.sub(r"^([0-9]{1,2})(st|nd|rd|th)\b", r"\1", text)
    for pattern in DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    number = whole_number(text)
    return SERIAL_ZERO + timedelta(days=number) if number is not None and number in SERIALS else None


def _repaired(character: str) -> str:
    if "\x80" <= character <= "\x9f":
        return character.encode("latin-1").decode("windows-1252", errors="replace")
    return character if character.isprintable() else " "

"""Cells about an AST as people write them. Each reader raises `BadCell`, which says what to do."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from astcoord.core.name_keys import name_key
from astcoord.core.tablefile.cells import decimal_number
from astcoord.core.words import say
from staff.expertise.vocabulary import ALSO_CALLED, Funding, FundingArea, KeyStage, Subject, Weekday, WorkType
from staff.posts.models import Expertise

LISTED = re.compile(r"[;,/|\n]+")
JOINED = re.compile(r"\s+and\s+|\s*[&+]\s*", re.IGNORECASE)
LEVELS = {"lead": Expertise.Level.LEAD, "strong": Expertise.Level.STRONG, "some": Expertise.Level.SOME}
HALF = re.compile(r"\b(am|pm|a\.m\.?|p\.m\.?|half|mornings?|afternoons?|0\.5)\b|½", re.IGNORECASE)
WHOLE = {"full time", "full-time", "ft", "full"}
STAGE_NUMBERS = [KeyStage.KS1, KeyStage.KS2, KeyStage.KS3, KeyStage.KS4, KeyStage.POST_16]
STAGE_WORDS = (
    (r"foundation( stage)?|eyfs|early years|reception|nursery|\bfs\b", [KeyStage.FOUNDATION]),
    (r"post[- ]?16|sixth form|6th form|a[- ]level", [KeyStage.POST_16]),
    (r"primary", [KeyStage.KS1, KeyStage.KS2]),
    (r"secondary", [KeyStage.KS3, KeyStage.KS4]),
)


class BadCell(ValueError):
    """What is wrong in a cell, and what to do."""


def subjects(cell: str) -> dict[str, int]:
    """Level by subject, by the words that schools use: “Maths (lead), ICT”. Strong where no level is said."""
    found: dict[str, int] = {}
    for piece in _pieces(cell):
        level = re.search(r"\(\s*(lead|strong|some)[^)]*\)", piece, re.IGNORECASE)
        bare = (piece[: level.start()] + piece[level.end() :] if level else piece).strip()
        for subject in _subjects_in(bare):
            found[subject] = LEVELS[level[1].lower()] if level else Expertise.Level.STRONG
    return found


def key_stages(cell: str) -> list[str]:
    """“KS1-2”, “3 and 4”, “EYFS, KS1”, “Primary”, in their order."""
    text, found = cell.lower(), set()
    for pattern, stages in STAGE_WORDS:
        text, times = re.subn(pattern, " ", text)
        found |= set(stages) if times else set()
    text = re.sub(r"key stages?|\bks", " ", text)
    for first, last in re.findall(r"([1-5])\s*(?:-|–|to)\s*(?:ks)?\s*([1-5])", text):
        found |= set(STAGE_NUMBERS[int(first) - 1 : int(last)])
    found |= {STAGE_NUMBERS[int(number) - 1] for number in re.findall(r"[1-5]", text)}
    if rest := re.sub(r"[1-5]|\b(and|to)\b|[\s,;/&+–.-]", "", text):
        raise BadCell(f"“{cell[:60]}” names no key stages (at “{rest[:20]}”): write them like KS1, KS2 or Foundation.")
    return [stage for stage in KeyStage.values if stage in found]


def pattern(cell: str) -> dict[int, Decimal]:
    """“Wednesday”, “Mon pm, Thu am”: the share of a day by weekday."""
    found: dict[int, Decimal] = {}
    for listed in LISTED.split(cell):
        for piece in filter(None, map(str.strip, JOINED.split(listed))):
            day = re.search(r"\b(mon|tue|wed|thu|fri)[a-z]*", piece, re.IGNORECASE)
            if day is None:
                raise BadCell(
                    f"“{piece[:40]}” is no weekday: write the outreach time like Wednesday, or Mon pm, Thu am."
                )
            number = next(each.value for each in Weekday if each.label.lower().startswith(day[1].lower()))
            more = Decimal("0.5") if HALF.search(piece) else Decimal(1)
            found[number] = min(Decimal(1), found.get(number, Decimal(0)) + more)
    return found


def fte(cell: str) -> Decimal:
    """Between 0.1 and 1; full-time where nothing is said."""
    number = Decimal(1) if not cell or cell.lower() in WHOLE else decimal_number(cell)
    if number is None or not Decimal("0.1") <= number <= 1:
        raise BadCell(f"“{cell[:20]}” is no full-time equivalent: write a number from 0.1 to 1, such as 0.6.")
    return number.quantize(Decimal("0.01"))


def days(cell: str) -> Decimal:
    """Whole days, halves and quarters; none where nothing is said."""
    number = decimal_number(cell) if cell else Decimal(0)
    if number is None or number % Decimal("0.25") or number > 200:
        raise BadCell(f"“{cell[:20]}” is no number of days: write days in quarters, such as 6 or 2.5.")
    return number


def funding(cell: str) -> str:
    """By its words or the start of them; the Standards Fund where nothing is said."""
    if not cell:
        return str(Funding.STANDARDS_FUND)
    starting = [
        str(each) for each in Funding if name_key(each.label).startswith(name_key(cell)) or each == cell.lower()
    ]
    if len(starting) != 1:
        raise BadCell(f"“{cell[:40]}” is no source of money: write one of {_words(Funding)}.")
    return starting[0]


def funding_area(cell: str) -> str:
    """What the department pays for, by its words or part of them; nothing where nothing is said (R-2.12)."""
    if not cell:
        return ""
    found = [each.value for each in FundingArea if name_key(cell) in name_key(each.label) or each == cell.lower()]
    if len(found) != 1:
        raise BadCell(f"“{cell[:40]}” is nothing that the department pays for: write one of {_words(FundingArea)}.")
    return found[0]


def work_types(cell: str) -> list[str]:
    """Kinds of work in their full words, one after another with semicolons; every kind where nothing is said."""
    if not cell:
        return list(WorkType.values)
    known = {name_key(word): each.value for each in WorkType for word in (each.label, each.value.replace("_", " "))}
    found = []
    for piece in filter(None, map(str.strip, re.split(r"[;\n]", cell))):
        if name_key(piece) not in known:
            raise BadCell(f"“{piece[:60]}” is no kind of work: write it as on the page “Add {say('an AST')} in post”.")
        found.append(known[name_key(piece)])
    return found


def _pieces(cell: str) -> list[str]:
    """The cell itself where it is one subject, such as “D&T”; else what it lists."""
    if name_key(cell) in KNOWN:
        return [cell]
    return [piece.strip() for piece in LISTED.split(cell) if piece.strip()]


def _subjects_in(piece: str) -> list[str]:
    if known := KNOWN.get(name_key(piece)):
        return [known]
    parts = [KNOWN.get(name_key(part), "") for part in JOINED.split(piece)]
    if all(parts) and parts:
        return parts
    raise BadCell(
        f"“{piece[:40]}” is no subject that we know: write it like Maths, Science or Modern foreign languages."
    )


def _known() -> dict[str, str]:
    """Subject by every word for it; a part of a longer name counts where it means one subject only."""
    found = {
        name_key(word): str(each) for each in Subject for word in (each.label, each.value, *ALSO_CALLED.get(each, ()))
    }
    parts: dict[str, set[str]] = {}
    for each in Subject:
        for part in JOINED.split(str(each.label)):
            parts.setdefault(name_key(part), set()).add(str(each))
    return {key: next(iter(means)) for key, means in parts.items() if len(means) == 1} | found


def _words(choices: Iterable[Any]) -> str:
    return "; ".join(str(each.label) for each in choices)


KNOWN = _known()

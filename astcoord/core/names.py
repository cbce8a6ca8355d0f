"""Texts without the names of supported staff: for governors, for history, and for the time after (R-13.2, section G).

Over-careful on purpose: "Mark" in "Mark the date" goes too where a Mark is supported. A name is found whatever its
case, accents, apostrophes, hyphens and spaces, in full or in part, with or without a title.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

COLLEAGUE = "a colleague"
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "rev", "prof", "professor", "madam"})
PARTICLES = frozenset({"de", "la", "le", "van", "von", "der", "den", "bin", "al", "el", "da", "di", "du", "st", "of"})
ROLES = frozenset(
    {"teacher", "teachers", "teaching", "assistant", "assistants", "head", "headteacher", "leader", "leaders", "year"}
    | {"years", "subject", "class", "staff", "team", "group", "nqt", "nqts", "department", "trainee"}
)
"""Words that stand in the box for a name where nobody is named yet: "Teacher A", "Year 5 team"."""
WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"} | dict.fromkeys("‐‑‒–—−", "-"))


def without_names(text: str, names: Iterable[str]) -> str:
    """`text` with every mention of one of `names` put as "a colleague"."""
    pattern = _pattern(tuple(sorted(set(names))))
    if pattern is None:
        return text
    folded, places = _fold(text)
    pieces, end = [], 0
    for found in pattern.finditer(folded):
        start, stop = places[found.start()], places[found.end() - 1] + 1
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        pieces += [text[end:start], _in_place(text[:start])]
        end = stop
    return "".join([*pieces, text[end:]])


def without_whole_names(text: str, names: Iterable[str]) -> str:
    """The same for whole names only: for a text in which "Rowan" may well be somebody else, such as its reader."""
    for name in sorted(filter(None, {" ".join(n.split()) for n in names}), key=len, reverse=True):
        if " " in name:
            spaced = re.escape(name).replace(r"\ ", r"\s+")
            text = re.sub(rf"(?<![^\W_]){spaced}(?![^\W_])", COLLEAGUE, text, flags=re.IGNORECASE)
    return text


def names_somebody(text: str, names: Iterable[str]) -> bool:
    """Whether a text mentions one of these people."""
    pattern = _pattern(tuple(sorted(set(names))))
    return pattern is not None and pattern.search(_fold(text)[0]) is not None


def _in_place(before: str) -> str:
    """With a capital at the start of a sentence."""
    lead = before.rstrip()
    return COLLEAGUE.capitalize() if not lead or lead[-1] in ".!?:\n" or before.endswith("\n") else COLLEAGUE


def _fold(text: str) -> tuple[str, list[int]]:
    """Without case, accents and fancy punctuation; and for each letter left, where it stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(_SAME)):
        for part in unicodedata.normalize("NFKD", character).casefold():
            if not unicodedata.combining(part):
                letters.append(" " if part.isspace() else part)
                places.append(place)
    return "".join(letters), places


def _parts(name: str) -> list[str]:
    """The words of a name that would give a person away: not the title, not an initial, not a particle."""
    words = WORDS.findall(_fold(name)[0])
    dropped = TITLES | PARTICLES | (frozenset() if TITLES & set(words) else ROLES)
    return [w for w in words if len(w) > 1 and w not in dropped]


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """A title if there is one, then one or more words of the names, with initials and particles between them."""
    words = {part for name in names for part in _parts(name)}
    words |= {piece for word in words for piece in re.split(r"['-]", word) if len(piece) > 2}
    if not words:
        return None
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(re.escape(word).replace("'", "'?").replace(r"\-", "[- ]?") for word in longest_first)
    title = rf"(?:(?:{'|'.join(sorted(TITLES))})\.? +(?:[a-z](?:\. *| +))*)?"
    between = rf"(?: +|-)(?:[a-z]\. *|(?:{'|'.join(sorted(PARTICLES))}) +)*"
    return re.compile(rf"(?<![^\W_]){title}(?:{either})(?:{between}(?:{either}))*(?![^\W_])")

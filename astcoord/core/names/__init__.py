"""Texts without the names of supported staff: for governors, for history, and for the time after (R-13.2, section G).

Over-careful on purpose. What counts is the person's whole name: every word of it is looked for, whatever its case,
accents, apostrophes, hyphens, spaces and invisible signs, with titles, in initials, in addresses. Of a word that is
also an ordinary one ("Will", "May") a capital makes a name, and so does a title or another part of the name beside it:
"Mark the date" is hidden where a Mark is supported, "they will mark it" is not. docs/personal-data.md says what is
not found.
"""

from collections.abc import Iterable

from astcoord.core.names.finding import mentions
from astcoord.core.names.folding import fold
from astcoord.core.names.people import people

COLLEAGUE = "a colleague"
NEAR = 80
"""Signs before a mention that say whether a sentence begins there."""


def without_names(text: str, names: Iterable[str]) -> str:
    """`text` with every mention of one of `names` put as "a colleague"."""
    return _without(text, names, whole=False)


def without_whole_names(text: str, names: Iterable[str], *, keep: str = "") -> str:
    """The same for whole names only: for a text in which "Rowan" may well be somebody else, such as its reader.

    `keep` is a name that stays where it stands for itself: the reader's own.
    """
    return _without(text, names, whole=True, keep=keep)


def names_somebody(text: str, names: Iterable[str]) -> bool:
    """Whether a text mentions one of these people."""
    return bool(mentions(fold(text), people(_known(names))))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, accents and spaces."""
    return fold(one).plain.casefold().split() == fold(other).plain.casefold().split()


def _without(text: str, names: Iterable[str], *, whole: bool, keep: str = "") -> str:
    boxes = _known(names)
    if not boxes or not text:
        return text
    folded = fold(text)
    pieces, end = [], 0
    for span in mentions(folded, people(boxes), whole=whole):
        start, stop = folded.span(*span)
        if keep and same_name(text[start:stop], keep):
            continue
        pieces += [text[end:start], _in_place(text[max(0, start - NEAR) : start])]
        end = stop
    return "".join([*pieces, text[end:]])


def _known(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))


def _in_place(before: str) -> str:
    """With a capital at the start of a sentence."""
    lead = before.rstrip()
    return COLLEAGUE.capitalize() if not lead or lead[-1] in ".!?:\n" or before.endswith("\n") else COLLEAGUE

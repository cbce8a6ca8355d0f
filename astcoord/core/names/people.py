"""What would give somebody away, from the whole of what stands in the box for their name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from astcoord.core.names.folding import fold
from astcoord.core.names.words import ABOUT_ROLES, NEVER_ALONE, ROLES, TITLES, is_ordinary

UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of scripts that put no space between words: Thai, Lao, Tibetan, Burmese, Khmer, Japanese, Chinese."""
PIECE = re.compile(rf"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[{UNSPACED}]+|[^\W\d_A-Za-z{UNSPACED}]+")
"""A run of letters of one script; within a word a capital begins a new one: jane|Smith, Mc|Donald, J|Smith."""
HANGUL = re.compile("[\uac00-\ud7a3]{2,4}")
NOT_SPACED = re.compile(rf"[{UNSPACED}]+")
HAN_OR_KANA = re.compile("[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{2,8}")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})

BESIDE = re.compile(
    r"[()\[\]/;:|&\n]| - | – | — |,(?= *(?:year|class|nqt|ks|y)\b)|\b(?:year|ks|nqt|y)\s*\d+\w*", re.IGNORECASE
)
"""What divides the box into several people, or a name from what is said of the person."""
ONE_ANOTHER = re.compile(r"\s(?:and|with|or)\s", re.IGNORECASE)
ARTICLE = "ال"
MOST_WORDS = 8
"""Of one name; a longer text in the box is no name, and every word of it counts by itself."""

Word = tuple[str, ...]
"""The pieces of a word, in small letters: ("o", "hara"), ("anne", "marie"), ("smith",)."""


@dataclass
class People:
    """All ways of mentioning some people, in small letters.

    `parts` are what one of them is called, with the letters that their names begin with; `whole` are run-together forms
    of a name with two words or more, and whether these stand in their order, without initials; `single` are names of
    one word; `titled` those that came with a title. `beginnings` is all that one of these forms begins with.
    """

    parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    whole: dict[str, bool] = field(default_factory=dict)
    single: set[str] = field(default_factory=set)
    titled: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)
    beginnings: set[str] = field(default_factory=set)
    unspaced: re.Pattern[str] | None = None
    unspaced_whole: re.Pattern[str] | None = None


@lru_cache(maxsize=128)
def people(boxes: tuple[str, ...]) -> People:
    """What to look for, from everything that stands in these boxes."""
    known = People()
    for box in boxes:
        for text in dict.fromkeys((box, unicodedata.normalize("NFC", box).translate(UMLAUTS))):
            for name in names_in(text):
                _learn(known, name)
    known.beginnings = {form[:end] for form in (*known.parts, *known.whole) for end in range(1, len(form) + 1)}
    wholes = {each for each in (*known.whole, *known.single) if len(each) > 1}
    known.unspaced_whole = _either(wholes)
    known.unspaced = _either({*wholes, *known.parts})
    return known


def names_in(box: str) -> list[str]:
    """The names in a box, plain; none where it evidently names nobody: “Teacher A”, “Year 5 team”, “TBC”."""
    found: list[str] = []
    for part in BESIDE.split(fold(box).plain):
        for name in ONE_ANOTHER.split(part or ""):
            sides = [side.strip() for side in name.split(",")]
            named = " ".join(side for side in sides if side and not _names_nobody(side))
            if named:
                found.append(named)
    return found


def _names_nobody(plain: str) -> bool:
    """A role with what goes with it: decided from all words together, since a Head may be somebody's surname."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", plain)]
    if not words:
        return True
    if len(words) == 1 and words[0] in {"a", "i"}:
        return True
    if TITLES & set(words) or not ROLES & set(words):
        return False
    if len(words[0]) == 1 and not (words[0] == "a" and plain.lstrip()[2:3].islower()):
        return False  # “A. Head” is somebody; “a teacher” and “Teacher A” are not
    return all(word in ROLES or word in ABOUT_ROLES or len(word) == 1 for word in words)


def _learn(known: People, name: str) -> None:
    """One name's parts, forms and initials. Its title is no part of it, and a single letter stands for a word."""
    texts = [text for text in name.split() if text.strip("'-.").casefold() not in TITLES]
    titled = len(texts) < len(name.split())
    words = [word for text in texts for word in _words(text)]
    full = [word for word in words if len("".join(word)) > 1 or not "".join(word).isascii()]
    letters = {piece[0] for word in words for piece in word}
    if not full:
        known.initials.add("".join(map("".join, words)))
        known.letters |= letters
        return
    for part in (*_parts(full), *(_halves(name) if HAN_OR_KANA.fullmatch(name) else ())):
        known.parts[part] |= letters
    if len(texts) == 1 and texts[0].isupper() and len(texts[0]) < 4:
        known.initials.add(texts[0].casefold())
    known.letters |= letters
    known.initials |= set(_initials(words))
    _learn_whole(known, words, full, titled=titled)


def _learn_whole(known: People, words: Sequence[Word], full: Sequence[Word], *, titled: bool) -> None:
    joined = ["".join(word) for word in full]
    if HAN_OR_KANA.fullmatch(joined[0]) and len(joined) == 1:
        known.single |= {joined[0][at:] + joined[0][:at] for at in (1, 2)}
    if len(words) == 1:
        (known.titled if titled else known.single).add(joined[0])
    elif len(full) == 1:
        known.titled.add(joined[0])
    for start in range(len(joined)):
        for end in range(start + 2, len(joined) + 1):
            known.whole["".join(joined[start:end])] = True
    if len(joined) > 2:
        known.whole.setdefault(joined[0] + joined[-1], True)
    given, last = [word[0][0] for word in words[:-1]], "".join(words[-1])
    swapped = [last + "".join(map("".join, words[:-1])), last + "".join(words[0])] if len(words) > 1 else []
    short = [each for one in {"".join(given), *given[:1]} if one for each in (one + last, last + one)]
    for form in (*swapped, *short):
        if not is_ordinary(form):
            known.whole.setdefault(form, False)
            known.parts[form] |= {words[0][0][0], last[0]}


def _words(text: str) -> list[Word]:
    """One word of a name in its pieces; of Chinese, Japanese and Korean names without a space their likely halves."""
    pieces = tuple(piece.casefold() for piece in PIECE.findall(text))
    if not pieces or "." in text:
        return [(piece,) for piece in pieces]
    if len(pieces) == 1 and HANGUL.fullmatch(pieces[0]):
        return [(pieces[0][: len(pieces[0]) - 2 or 1],), (pieces[0][len(pieces[0]) - 2 or 1 :],)]
    return [pieces]


def _parts(words: Sequence[Word]) -> Iterator[str]:
    """Every word, and every run of their pieces; of a piece of a word, such as the Neill of O'Neill, three letters."""
    pieces = [piece for word in words[:MOST_WORDS] for piece in word][: 2 * MOST_WORDS]
    for start in range(len(pieces)):
        for end in range(start + 2, len(pieces) + 1):
            run = "".join(pieces[start:end])
            if not is_ordinary(run):
                yield run
    for word in words:
        whole = "".join(word)
        if whole not in NEVER_ALONE:
            yield whole
        yield from (piece for piece in word if len(piece) > 2 or not piece.isascii() or _hyphened(piece, word))
        if whole.startswith(ARTICLE) and len(whole) > 3:
            yield whole.removeprefix(ARTICLE)


def _hyphened(piece: str, word: Word) -> bool:
    return len(piece) > 1 and len(word) > 1 and piece not in {"mc", "mac", "de", "le", "la", "st"}


def _halves(name: str) -> Iterator[str]:
    """Of a name without a space: where it might begin and end, since nobody can see where the family's name ends."""
    for at in range(1, len(name)):
        yield name[:at]
        if at < len(name) - 1 or len(name) == 2:
            yield name[at:]


def _initials(words: Sequence[Word]) -> Iterator[str]:
    """J.S. of Jane Smith; A.S. and A.M.S. of Anna Maria Smith; of O'Neill O and O'N, of Anne-Marie A and A-M."""
    if len(words) < 2:
        return
    each = [{word[0][0], "".join(piece[0] for piece in word)} for word in words[:MOST_WORDS]]
    for some in (each, [each[0], each[-1]]):
        yield from ("".join(letters) for letters, _ in zip(product(*some), range(64), strict=False))


def _either(parts: Iterable[str]) -> re.Pattern[str] | None:
    """One of them, the longest first, of those that stand in a text without spaces; between their signs may be one."""
    longest_first = sorted(filter(NOT_SPACED.fullmatch, parts), key=lambda part: (-len(part), part))
    return re.compile("|".join("(?:, ?|[ _.-])?".join(part) for part in longest_first)) if longest_first else None

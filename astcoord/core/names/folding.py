"""One form for all that looks the same: without accents, invisible signs, and kinds of apostrophe, hyphen and space.

Capitals stay: whether a word has one says much about whether it is somebody's name.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

APOSTROPHES = dict.fromkeys("’‘‛`´ʼʹʻʽ′׳՚", "'")
HYPHENS = dict.fromkeys("‐‑‒–—―−־·・‧•", "-")
LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"} | {
    **{"ɓ": "b", "ɗ": "d", "ƙ": "k", "ə": "e", "ß": "ss", "ŧ": "t", "ɛ": "e", "ɔ": "o", "ɩ": "i", "ʋ": "v"},
    **{"ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ة": "ه", "ٱ": "ا"},
    **{"ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ"},
}
"""Signs that do not come apart into a letter and an accent, and letters that people write in two ways."""
CAPITALS = {sign.upper(): same.title() for sign, same in LETTERS.items() if len(sign.upper()) == 1}
SAME = {**APOSTROPHES, **HYPHENS, **LETTERS, **CAPITALS}
HIRAGANA = {chr(katakana): chr(katakana - 0x60) for katakana in range(0x30A1, 0x30F7)}
INVISIBLE = frozenset("ـ\u115f\u1160\u3164\uffa0")
"""What lengthens a word or fills a gap, and Unicode calls a letter."""
IN_PLAIN = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "\x0b": " ", "\x0c": " ", "`": "'"})
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
SYLLABLE = re.compile("[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|.", re.DOTALL)
"""A Korean syllable that is written in its parts, or one sign."""


@dataclass(frozen=True)
class Folded:
    """`plain` is what is compared; its sign `i` stood at `places[i]` of the text, whose signs it does not outlast."""

    text: str
    plain: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of `plain` stood, with what belongs to its last letter."""
        first, last = self.places[start], self.places[end - 1] + 1
        ahead = last
        while ahead < len(self.text) and (belongs := _belongs_to_the_one_before(self.text[ahead])) is not None:
            ahead += 1
            last = ahead if belongs else last
        return first, last


def fold(text: str) -> Folded:
    """Sign by sign; plain ASCII at once, since it stays where it is."""
    if text.isascii() and not CONTROL.search(text):
        return Folded(text, text.translate(IN_PLAIN), range(len(text)))
    letters: list[str] = []
    places: list[int] = []
    for found in SYLLABLE.finditer(text):
        plain = same(found[0])
        letters.append(plain)
        places += [found.start()] * len(plain)
    return Folded(text, "".join(letters), places)


def _belongs_to_the_one_before(sign: str) -> bool | None:
    """An accent does, or the second part of a Korean syllable; None for a sign that ends the word."""
    if unicodedata.category(sign).startswith("M") or "\u1161" <= sign <= "\u11ff":
        return True
    return None if same(sign) else False


@lru_cache(maxsize=4096)
def same(sign: str) -> str:
    """What one sign, or the parts of one Korean syllable, is compared as; "" for what nobody sees alone."""
    if sign in SAME:
        return SAME[sign]
    if sign.isspace():
        return " "
    if len(sign) > 1 or "\uac00" <= sign <= "\ud7a3":
        return unicodedata.normalize("NFC", sign)
    if sign in INVISIBLE or unicodedata.category(sign) in {"Mn", "Mc", "Me", "Cf", "Cc"}:
        return ""
    apart = unicodedata.normalize("NFKD", sign)
    return HIRAGANA.get(sign, sign) if apart == sign else "".join(same(part) for part in apart)

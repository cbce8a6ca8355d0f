"""Where a text mentions one of some people: in one pass, which takes twice as long for a text twice as long."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from astcoord.core.names.folding import Folded
from astcoord.core.names.people import NOT_SPACED, PIECE, People
from astcoord.core.names.words import ABBREVIATIONS, ALSO_WORDS, DATED, TITLES, is_ordinary

Span = tuple[int, int]
"""A piece of the plain text: its first sign, and the one after its last."""

TIGHT = frozenset({"", "-", "'"})
LOOSE = re.compile(r" {1,20}| ?[_+.,-] ?|, +")
BETWEEN_INITIALS = frozenset({"", ".", ". ", " ", "'", "-"})
MOST_PIECES = 12
"""So many pieces of a text are looked at together."""

LONGEST_NAME = 40
"""Letters of one word."""

JOINING = re.compile(r" {0,20}|[-_'+.]|,? (?:[A-Z]\.? ?){1,3}|[-. ]{1,2}")
"""What stands between two words of one mention: “Jane_Smith”, “Jane M. Smith”."""
LEAD = re.compile(
    rf"(?<![^\W_])(?:(?i:{'|'.join(sorted(TITLES - ALSO_WORDS))})|{'|'.join(w.title() for w in sorted(ALSO_WORDS))})"
    r"\.? +(?:[^\W\d_](?:\. *| +))*$"
)
FARTHEST_LEAD = 40
EMAIL = re.compile(r"[\w.+-]{0,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){0,8}")
FULL_STOP = re.compile(r"\.(?=[ ,;:)]{0,4}[a-z']|$)")
"""Of an initial, and not of the sentence."""
DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?(?: of)?[ -]$")
YEAR_AFTER = re.compile(r"[ -]\d|'\d\d")
ARABIC = re.compile("[وفبكل]?(?:ال|ل)?")
HEBREW = re.compile("[ובלמהשכ]{1,2}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters, and what stands between it and the one before it."""

    start: int
    end: int
    key: str
    capital: bool
    gap: str

    @property
    def is_letter(self) -> bool:
        return self.end - self.start == 1

    @property
    def stands_out(self) -> bool:
        """Not to be taken for an ordinary word: by its capital, or because it is none."""
        return self.capital or not is_ordinary(self.key)

    def goes_on_from(self, before: "Piece") -> bool:
        """Whether both can belong to one name: not over the end of a sentence, unless an initial ends there."""
        if self.gap in TIGHT:
            return True
        return LOOSE.fullmatch(self.gap) is not None and (self.gap != ". " or before.is_letter)


def mentions(text: Folded, known: People, *, whole: bool = False) -> list[Span]:
    """Every mention; `whole` leaves out those by a part of a name. Pieces of the plain text, from left to right."""
    search = Search(text.plain, known, whole=whole)
    found = [(start, search.with_address(end)) for start, end in search.found()]
    return list(_joined(text.plain, sorted(found)))


class Search:
    """One text that is gone through for some people."""

    def __init__(self, plain: str, known: People, *, whole: bool) -> None:
        self.plain, self.known, self.whole = plain, known, whole
        self.pieces = list(_pieces(plain, known))

    def found(self) -> Iterator[Span]:
        """Every mention, those in scripts without spaces first."""
        unspaced = self.known.unspaced_whole if self.whole else self.known.unspaced
        yield from (found.span() for found in unspaced.finditer(self.plain)) if unspaced else ()
        at = 0
        while at < len(self.pieces):
            beyond = self._whole_name(at) or self._part(at)
            if beyond:
                yield self._widened(at, beyond)
            at = beyond or at + 1

    def with_address(self, end: int) -> int:
        """A mention's end, with the rest of an e-mail address that begins with it."""
        address = EMAIL.match(self.plain, end)
        return address.end() if address else end

    def _whole_name(self, at: int) -> int:
        """The piece after a name of two words or more that begins here, whatever joins its words; 0 for none."""
        key, beyond = "", 0
        for end in range(at, min(at + MOST_PIECES, len(self.pieces))):
            piece = self.pieces[end]
            if end > at and not piece.goes_on_from(self.pieces[end - 1]):
                break
            if key and piece.is_letter and piece.capital and end + 1 < len(self.pieces):
                within = self.known.whole.get(key + self.pieces[end + 1].key)  # Jane M. Smith
                beyond = end + 2 if within else beyond
            key += piece.key
            ordered = self.known.whole.get(key)
            if ordered or (ordered is not None and all(self._counts(each) for each in range(at, end + 1))):
                beyond = max(beyond, end + 1)
            if key not in self.known.beginnings:
                break
        return beyond

    def _counts(self, at: int) -> bool:
        """Of a form that may be ordinary words, such as “a head” for an Anna Head."""
        piece = self.pieces[at]
        if not piece.is_letter:
            return piece.stands_out
        after = self.pieces[at + 1].gap if at + 1 < len(self.pieces) else ""
        return piece.capital or piece.gap in {"-", "_", "."} or after in {"-", "'", "_", "."}

    def _part(self, at: int) -> int:
        """The piece after a mention by a part of a name, or by initials, that begins here; 0 for none."""
        if self.whole:
            return at + 1 if self._is_name_of_one_word(at) else 0
        key, beyond = "", 0
        for end in range(at, min(at + MOST_PIECES, len(self.pieces))):
            piece = self.pieces[end]
            if end > at and not self._goes_on_in_one_word(at, end):
                break
            key += piece.key
            if self._gives_away(at, end, key):
                beyond = end + 1
            if key not in self.known.beginnings:
                break
        return beyond or self._initials(at)

    def _goes_on_in_one_word(self, at: int, end: int) -> bool:
        """Also over a space between capitals: Anne Marie for an Annemarie."""
        piece = self.pieces[end]
        if piece.gap == "'" and piece.key == "s":
            return False
        some = self.pieces[at : end + 1]
        return piece.gap in TIGHT or (piece.gap == " " and all(each.capital and not each.is_letter for each in some))

    def _gives_away(self, at: int, end: int, key: str) -> bool:
        """Whether a word is a part of a name here, and neither an ordinary word, a date nor a “don’t”."""
        start, stop = self.pieces[at].start, self.pieces[end].end
        name = self._singular(at, key)
        if not name or self.plain[stop : stop + 2].casefold() == "'t":
            return False
        if name in DATED and (
            DAY_BEFORE.search(self.plain[max(0, start - 8) : start]) or YEAR_AFTER.match(self.plain, stop)
        ):
            return False
        is_word = is_ordinary(key) or is_ordinary(name)
        return self.pieces[at].capital or not is_word or self._is_led(at, self.known.parts[name])

    def _singular(self, at: int, key: str) -> str:
        """The part of a name that a word is; “the Smiths” are Smiths, “marks” and “this” are not; "" for none."""
        if key in self.known.parts:
            return key
        if len(key) < 4 or not key.endswith("s"):
            return ""
        ones = (key[:-1], key[:-2] if key.endswith("es") else "")
        name = next((one for one in ones if one in self.known.parts), "")
        if name and is_ordinary(key):
            of_a_family = at > 0 and self.pieces[at - 1].key == "the" and self.pieces[at].capital
            return name if of_a_family else ""
        return name

    def _is_led(self, at: int, letters: set[str]) -> bool:
        """Whether a title or one of the person's own initials stands before a word: “mr will”, “J. head”."""
        piece, before = self.pieces[at], self.pieces[at - 1] if at else None
        if before is None or not (piece.goes_on_from(before) or piece.gap == ". "):
            return False
        if before.key in TITLES:
            return before.capital or before.key not in ALSO_WORDS
        return before.is_letter and before.capital and before.key in letters

    def _is_name_of_one_word(self, at: int) -> bool:
        """A whole name of one word: with its title, or standing by itself and no ordinary word."""
        piece = self.pieces[at]
        name = self._singular(at, piece.key)
        if name in self.known.titled and self._is_led(at, self.known.parts[name]):
            return True
        if name not in self.known.single or is_ordinary(name):
            return False
        neighbours = [(each, each.gap) for each in self.pieces[at + 1 : at + 2]]
        neighbours += [(self.pieces[at - 1], piece.gap)] if at else []
        return not any(_is_name_beside(each, gap) for each, gap in neighbours)

    def _initials(self, at: int) -> int:
        """The piece after J.S., J S, JS or S. O'N, in capitals; 0 for none, and for an abbreviation such as PE.

        Beside a title one letter is no word: “Mrs A”.
        """
        key, beyond = "", 0
        titled = self.pieces[at].is_letter and self._is_led(at, set())
        for end in range(at, min(at + MOST_PIECES, len(self.pieces))):
            piece = self.pieces[end]
            written = self.plain[piece.start : piece.end]
            if written != written.upper() or len(written) > 5 or (end > at and piece.gap not in BETWEEN_INITIALS):
                break
            key += piece.key
            is_word = end == at and not titled and (key in ABBREVIATIONS or is_ordinary(key))
            if key in self.known.initials and not is_word and not self.plain[piece.end : piece.end + 1].isdigit():
                beyond = end + 1
        return beyond

    def _widened(self, at: int, beyond: int) -> Span:
        """With the title and the initials that go with it."""
        plain, pieces = self.plain, self.pieces
        start, end = pieces[at].start, pieces[beyond - 1].end
        letters = self.known.parts.get(pieces[at].key, self.known.letters)
        for piece in reversed(pieces[max(0, at - 4) : at]):
            own = piece.is_letter and piece.capital and piece.key in letters
            if not own or plain[piece.end : start] not in BETWEEN_INITIALS:
                break
            start = piece.start
        if lead := LEAD.search(plain, max(0, start - FARTHEST_LEAD), start):
            start = lead.start()
        dotted = pieces[beyond - 1].is_letter
        if beyond == at + 1 and self._is_own_initial(beyond, letters):
            end, dotted = pieces[beyond].end, True
        return start, end + 1 if dotted and FULL_STOP.match(plain, end) else end

    def _is_own_initial(self, at: int, letters: set[str]) -> bool:
        """Smith J, and Smith, J.; an A or I without a full stop is a word."""
        piece = self.pieces[at] if at < len(self.pieces) else None
        if piece is None or not (piece.is_letter and piece.capital and piece.key in letters):
            return False
        after = self.plain[piece.end : piece.end + 1]
        return piece.gap in {" ", ", "} and (after == "." or (piece.key not in "ai" and after != "'"))


def _pieces(plain: str, known: People) -> Iterator[Piece]:
    end = 0
    for found in PIECE.finditer(plain):
        word, start = found[0], found.start()
        key = word.casefold()
        if not key.isascii() and key not in known.parts and not NOT_SPACED.fullmatch(key):
            key = _name_within(key, known)
        yield Piece(start, found.end(), key, word[0] == word[0].upper(), plain[end:start])
        end = found.end()


def _name_within(word: str, known: People) -> str:
    """In scripts other than Latin an ending or a small word may be written on to a name: the name, or else the word."""
    for bare in _bare(word):
        shortest = 1 if len(word) < 4 and "\uac00" <= word[0] <= "\ud7a3" else 2
        for end in range(min(len(bare), LONGEST_NAME), shortest - 1, -1):
            if bare[:end] in known.parts:
                return bare[:end]
        if bare in known.parts:
            return bare
    return word


def _bare(key: str) -> Iterator[str]:
    """The word, and without “and the” where Arabic and Hebrew write such words on to it."""
    yield key
    if "\u0600" <= key[0] <= "\u06ff" and (before := ARABIC.match(key)):
        yield key[before.end() :]
    if "\u0590" <= key[0] <= "\u05ff" and (before := HEBREW.match(key)):
        yield from (key[count:] for count in range(1, before.end() + 1))


def _is_name_beside(other: Piece, gap: str) -> bool:
    """So that it may be somebody else's: a Rowan Castellow where a Rowan is known."""
    return other.capital and gap in {" ", "-", "_"} and other.key not in TITLES


def _joined(plain: str, found: Sequence[Span]) -> Iterator[Span]:
    """Mentions that touch, or have only a space or an initial between them, are one."""
    start, end = -1, -1
    for first, last in found:
        if start >= 0 and (first <= end or (first - end < FARTHEST_LEAD and _is_one(plain[end:first]))):
            end = max(end, last)
            continue
        if start >= 0:
            yield start, end
        start, end = first, last
    if start >= 0:
        yield start, end


def _is_one(between: str) -> bool:
    return between != ". " and JOINING.fullmatch(between) is not None

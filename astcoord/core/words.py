"""The scheme's own words: what its role, its authority, its co-ordinator and its placements are called (R-19.1).

Our own text is written in the standard scheme's words ("an AST", "Advanced Skills Teachers", "the authority"), and
`say` puts the scheme's in: templates do so by themselves (`core.templates`), Python wherever a text of ours holds one.
What people typed is never put through it. Nothing here asks Django or the database: whoever begins a request,
a task or a command says where the words come from (`scope`), and they are asked for once, if at all.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

PAIR = re.compile(r"(?P<one>[^\W\d_][\w’' \-]*) / (?P<many>[^\W\d_][\w’' \-]*)")
"""How a word is written in the policy: singular and plural. No sign among them means anything to a page."""
LETTERS_SAID_WITH_A_VOWEL = "AEFHILMNORSX"
BEGINS_WITH_A_CONSONANT = re.compile(r"(?:uni(?!n)|us[ei]|eu|one)", re.IGNORECASE)
SILENT_H = ("hour", "honour", "honest", "heir")


@dataclass(frozen=True)
class Word:
    """A noun, as it stands within a sentence."""

    one: str
    many: str

    @classmethod
    def read(cls, pair: str) -> "Word":
        """From "coach / coaches"; ValueError where one of the two is missing."""
        if not (found := PAIR.fullmatch(pair.strip())):
            raise ValueError(f"no singular and plural: {pair!r}")
        return cls(found["one"].strip(), found["many"].strip())


@dataclass(frozen=True)
class Words:
    """What a scheme calls things."""

    role: Word = Word("Advanced Skills Teacher", "Advanced Skills Teachers")
    short: Word = Word("AST", "ASTs")
    authority: str = "authority"
    coordinator: Word = Word("co-ordinator", "co-ordinators")
    placement: Word = Word("placement", "placements")

    def kept(self) -> dict[str, Any]:
        """As a paper keeps them among its facts."""
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any] | None) -> "Words":
        """From what `kept` gave; the standard ones from nothing."""
        if not kept:
            return STANDARD
        nouns = {name: Word(**it) for name, it in kept.items() if name != "authority"}
        return cls(authority=kept["authority"], **nouns)


STANDARD = Words()

HELD = re.compile(
    r"(?<![\w./#=-])"
    r"(?:(?P<article>[Aa]n?)(?P<gap>\s+))?"
    r"(?P<word>Advanced\s+Skills\s+Teachers?|ASTs?"
    r"|(?<=[Tt]he )authority|(?<=[Tt]his )authority|(?<=[Yy]our )authority|(?<=[Oo]ther )authority"
    r"|(?<=[Aa]n )authority|Authority(?=\W(?:officer|staff)|$)"
    r"|[Cc]o-ordinators?|Placements?|placements?(?!\"))"
    r"(?:(?P<own>’)(?!\w))?"
    r"(?![\w/=_]|[-.:]\w)"
)
"""A word of the standard scheme with its article, where it is no part of an address or of a name in code."""
BEGINS = re.compile(r"(?:^|>\s*|[.?!]\s+|“)$")
"""What stands before the beginning of a sentence, a heading or a cell."""


def article(word: str) -> str:
    """What stands before a word.

    >>> article("AST"), article("SLE"), article("lead"), article("expert"), article("university lead"), article("UPS")
    ('an', 'an', 'a', 'an', 'a', 'a')
    """
    first = word.split(maxsplit=1)[0]
    if len(first) > 1 and first[:2].isupper():
        return "an" if first[0] in LETTERS_SAID_WITH_A_VOWEL else "a"
    if first.casefold().startswith(SILENT_H):
        return "an"
    return "an" if first[0].casefold() in "aeiou" and not BEGINS_WITH_A_CONSONANT.match(first) else "a"


@lru_cache(maxsize=8192)
def put(text: str, words: Words, *, within: bool = False) -> str:
    """`text` in these words. `within`: its beginning is not that of a sentence."""
    return HELD.sub(lambda found: _instead(found, words, within=within), text)


def _instead(found: re.Match[str], words: Words, *, within: bool) -> str:
    held = " ".join(found["word"].split())
    said, usual = _pair(held, words)
    if said == usual:
        return found[0]
    if leading := found["article"] or "":
        leading = (article(said).capitalize() if leading[0] == "A" else article(said)) + found["gap"]
    elif held == usual.capitalize() or _at_beginning(found, within=within):
        said = said[0].upper() + said[1:]
    own = "’s" if found["own"] and not said.endswith("s") else found["own"] or ""
    return f"{leading}{said}{own}"


def _pair(held: str, words: Words) -> tuple[str, str]:
    """What the scheme says for a word, and what the standard one says within a sentence."""
    if held.casefold() == STANDARD.authority:
        return words.authority, STANDARD.authority
    name = {"Adv": "role", "AST": "short", "co-": "coordinator", "pla": "placement"}
    key = name.get(held[:3]) or name[held[:3].lower()]
    said, usual = getattr(words, key), getattr(STANDARD, key)
    return (said.many, usual.many) if held.endswith("s") else (said.one, usual.one)


def _at_beginning(found: re.Match[str], *, within: bool) -> bool:
    """Whether the word begins a sentence, which of the role alone its own capital does not tell."""
    before = found.string[max(0, found.start() - 20) : found.start()]
    return found["word"][0] == "A" and bool(BEGINS.search(before)) and not (within and not found.start())


class _Scope:
    """Where the words come from, and what came."""

    def __init__(self, source: Callable[[], Words]) -> None:
        self._source = source
        self._found: Words | None = None

    @property
    def words(self) -> Words:
        if self._found is None:
            found = self._source()
            self._found = STANDARD if found == STANDARD else found
        return self._found


_scope: ContextVar[_Scope | None] = ContextVar("scope", default=None)


@contextmanager
def scope(source: Callable[[], Words]) -> Iterator[None]:
    """Within this our text is said in the words that `source` gives, asked once and not before they are needed."""
    token = _scope.set(_Scope(source))
    try:
        yield
    finally:
        _scope.reset(token)


def current() -> Words:
    """The words in which things are said here: the standard ones outside of a `scope`."""
    here = _scope.get()
    return STANDARD if here is None else here.words


def say(text: str, *, within: bool = False) -> str:
    """A text of ours in the scheme's words; `within` a sentence, a word at its beginning gets no capital.

    Where there is no scope, as while the software starts, it is kept as it is written, and said when it is shown.
    """
    here = _scope.get()
    if here is None:
        return Later(text)
    return text if here.words is STANDARD else put(text, here.words, within=within)


class Later(str):
    """A text of ours that is said when it is shown, in the words in force then.

    To whatever compares or looks it up it is what we wrote, so that no key, migration or choice hangs on a policy.
    """

    __slots__ = ()

    def __str__(self) -> str:
        words, written = current(), str.__str__(self)
        return written if words is STANDARD else put(written, words)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __add__(self, other: str) -> str:
        both: str = _still(str(self) + other)
        return both

    def __radd__(self, other: str) -> str:
        both: str = _still(other + str(self))
        return both


def written(text: str) -> str:
    """A text as we wrote it: for what is looked up by it in the database."""
    return str.__str__(text)


def said(value: Any) -> Any:
    """The same lists and pairs with every text of ours said: before they are written where no words change any more."""
    if isinstance(value, Later):
        return str(value)
    if isinstance(value, Mapping):
        return {said(key): said(inner) for key, inner in value.items()}
    return [said(inner) for inner in value] if isinstance(value, list | tuple) else value


def _still(made: Any) -> Any:
    """What is made of a text while the software starts, such as a label from a column's name, is said later, too."""
    return Later(made) if isinstance(made, str) and _scope.get() is None else made


def _said_first(name: str) -> Callable[..., Any]:
    def method(self: Later, *args: Any, **kwargs: Any) -> Any:
        return _still(getattr(str(self), name)(*args, **kwargs))

    return method


def say_later(text: str) -> str:
    """For what is written outside of functions, a label, a choice, a heading of a class: `text`, as a `Later`."""
    return Later(text)


for _name in (
    *("__getitem__", "__iter__", "__mod__", "capitalize", "casefold", "encode", "format", "format_map", "lower"),
    *("lstrip", "partition", "removeprefix", "removesuffix", "replace", "rpartition", "rsplit", "rstrip", "split"),
    *("splitlines", "strip", "title", "translate", "upper"),
):
    setattr(Later, _name, _said_first(_name))

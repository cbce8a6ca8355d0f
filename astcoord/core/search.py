"""One search for everything (R-20.1): each room says how what is its own is found, and the page asks them all.

A room's `search.py` says it in `register()`, which `FOUND` in the app's `apps.py` names. Lists use the same functions,
so that what the search finds is what the list behind it shows.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst

if TYPE_CHECKING:
    from staff.accounts.models import User

MOST = 5
"""So many of each kind stand on the page; the list behind them has the rest."""

LONGEST = 200
"""Signs of what is looked for that are read."""

REFERENCE = re.compile(r"([A-Za-z])[\s.:-]*(\d{1,9})")
"""R12, r 12, P00007."""


@dataclass(frozen=True)
class Hit:
    """One thing that was found. `row` has the state that is shown beside it, `line` says which one it is."""

    title: str
    url: str
    line: str = ""
    row: Any = None


@dataclass(frozen=True)
class Hits:
    """The first of one kind and how many there are; `more` is the list that shows them all, where there is one."""

    shown: Sequence[Hit] = ()
    total: int = 0
    more: str = ""

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.shown)


Look = Callable[["User", str], Hits]
Address = Callable[["User", int], str]
"""Where the thing of that number is, "" where there is none that this person may read."""


@dataclass(frozen=True)
class Kind:
    """One kind of thing: `noun` in the plural; `letter` and `address` where it has numbers that people quote."""

    noun: str
    order: int
    look: Look
    letter: str = ""
    address: Address | None = None

    @property
    def title(self) -> str:
        """The noun as a heading."""
        return capfirst(self.noun)


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    kind: Kind
    hits: Hits


_kinds: dict[str, Kind] = {}


def register(noun: str, look: Look, *, order: int, letter: str = "", address: Address | None = None) -> None:
    """Called by a room's `search.register`. `look(user, text)` starts from `visible_to(user)`, in few queries."""
    _kinds[noun] = Kind(noun, order, look, letter, address)


def register_rooms(app: str, rooms: Iterable[str]) -> None:
    """Called by an `AppConfig.ready`."""
    for room in rooms:
        import_module(f"{app}.{room}.search").register()


def kinds() -> list[Kind]:
    """All that can be found, in the order of the page."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def tidy(text: str) -> str:
    """What somebody typed, as it is looked for: without NULs, idle blanks and what is too long to mean anything."""
    return " ".join(text.replace("\0", " ").split())[:LONGEST].strip()


def reference_in(text: str) -> tuple[Kind, int] | None:
    """The kind and number that a text consists of.

    >>> reference_in("fernleigh r12")
    """
    found = REFERENCE.fullmatch(text)
    kind = next((each for each in kinds() if found and each.letter == found[1].upper()), None)
    return (kind, int(found[2])) if found and kind else None


def address_of(user: "User", text: str) -> str:
    """Where a number such as R12 leads straight; "" for words, and for what this person may not read."""
    named = reference_in(text)
    return named[0].address(user, named[1]) if named and named[0].address else ""


def groups(user: "User", text: str) -> list[Group]:
    """Everything of the reader's that is found by each word of `text`, by kind; only kinds of which there is some."""
    found = [Group(kind, kind.look(user, text)) for kind in kinds()] if any(map(str.isalnum, text)) else []
    return [group for group in found if group.hits.total]

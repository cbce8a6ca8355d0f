"""What a page is about: the request, the placement, the AST, the schools, each one click away (R-20.11).

A room's `about.py` says in `register()` what belongs to a thing of its own, or of an earlier room; `ABOUT` in the app's
`apps.py` names the rooms. A page shows it all with `{% about thing %}`, to each reader what that reader may open. What
takes more than a line, such as the last requests of a school, is a card on the thing's own page (R-20.6).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from astcoord.core.wording import dialled
from astcoord.core.words import say

if TYPE_CHECKING:
    from astcoord.core.models.policy import Policy
    from staff.accounts.models import User


@dataclass(frozen=True)
class Line:
    """One thing or person. Without a `url` it is named only; telephone and e-mail are those the reader may have."""

    label: str
    text: str
    url: str = ""
    note: str = ""
    telephone: str = ""
    email: str = ""

    @property
    def digits(self) -> str:
        """The telephone number as something to press; "" where there are none in it."""
        return dialled(self.telephone)


@dataclass(frozen=True)
class Card:
    """A short section of a page: lines of (words, hint, address), and ways on as (words, address)."""

    title: str
    lines: tuple[tuple[str, str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    empty: str = ""
    """Said where there is no line."""


Source = Callable[[Any, "User"], Iterable[Line]]
Cards = Callable[[Any, "User"], Iterable[Card]]
_sources: dict[type, list[tuple[int, str, Source]]] = {}
_cards: dict[type, list[tuple[int, Cards]]] = {}


def register(model: type, source: Source, *, order: int, name: str = "") -> None:
    """Called by a room's `about.register`. `source(thing, user)` asks few queries, none where it can be helped.

    By its `name` a page leaves out what it shows in another way.
    """
    _sources.setdefault(model, []).append((order, name, source))
    _sources[model].sort(key=lambda each: each[0])


def register_cards(model: type, cards: Cards, *, order: int) -> None:
    """The same for sections of the thing's own page: `cards(thing, user)` asks one query, two at most."""
    _cards.setdefault(model, []).append((order, cards))
    _cards[model].sort(key=lambda each: each[0])


def cards_of(thing: Any, user: "User") -> list[Card]:
    """The sections of a thing's page, as this person may read them."""
    return [card for _, cards in _cards.get(type(thing), []) for card in cards(thing, user)]


def register_rooms(app: str, rooms: Iterable[str]) -> None:
    """Called by an `AppConfig.ready`."""
    for room in rooms:
        import_module(f"{app}.{room}.about").register()


def lines_of(thing: Any, user: "User", *, without: str = "") -> list[Line]:
    """All that belongs to a thing, as this person may open it, but for the source named in `without`."""
    sources = [source for _, name, source in _sources.get(type(thing), []) if not without or name != without]
    return [line for source in sources for line in source(thing, user)]


def office_of(authority: "Policy") -> list[Line]:
    """How to reach the office that helps, where the authority has said it."""
    if not (authority.office_phone or authority.office_email):
        return []
    return [Line(say("AST office"), "", telephone=authority.office_phone, email=authority.office_email)]

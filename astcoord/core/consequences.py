"""What hangs on a person, a post or a school, and what becomes of it when that changes (R-17.6, R-17.7).

The room to which a change belongs keeps one `Change`. Each room above says at start-up what of its own hangs on it, and
what is to be done with it; so the page that asks and the action that does cannot disagree about what there is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from staff.accounts.models import User

E = TypeVar("E")
"""What is about to happen: a frozen dataclass, such as "this post ends on that day"."""


def register_rooms(app: str, rooms: Iterable[str]) -> None:
    """Called by an `AppConfig.ready`: each room says what of its own hangs on which change."""
    for room in rooms:
        import_module(f"{app}.{room}.consequences").register()


@dataclass(frozen=True)
class Hanging:
    """One thing that hangs on a change: `fate` is what the action does with it, or whom it leaves to decide."""

    what: str
    fate: str
    url: str = ""
    undecided: bool = False
    """The action leaves it as it is, and somebody has to decide: the first page says so until they have."""
    key: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """What may become of it, for the person who confirms to choose by `key`; the first is the usual one."""


@dataclass(frozen=True)
class Section:
    """All of one kind, under one heading."""

    title: str
    rows: list[Hanging]

    def told(self, *, asks: bool) -> "Section":
        """For a page that `asks`, without what is chosen of there."""
        return Section(self.title, [row for row in self.rows if not (asks and row.choices)])


@dataclass(frozen=True)
class _Source(Generic[E]):
    title: str
    order: int
    lists: Callable[[E], Iterable[Hanging]]
    carries: Callable[[E, Any], object] | None


class Change(Generic[E]):
    """One kind of change, and the rooms that have something to do with it."""

    def __init__(self) -> None:
        self._sources: list[_Source[E]] = []

    def register(
        self,
        title: str,
        lists: Callable[[E], Iterable[Hanging]],
        carries: Callable[[E, Any], object] | None = None,
        *,
        order: int,
    ) -> None:
        """Called in `AppConfig.ready`. `lists(event)` gives the rows, in a fixed number of queries.

        `carries(event, by)` writes, inside the transaction of the action; without it nothing of the room's changes.
        """
        self._sources.append(_Source(title, order, lists, carries))
        self._sources.sort(key=lambda each: each.order)

    def sections(self, event: E) -> list[Section]:
        """What hangs on it, for the page that asks: only the kinds of which there is something."""
        found = [Section(source.title, list(source.lists(event))) for source in self._sources]
        return [section for section in found if section.rows]

    def carry(self, event: E, *, by: "User | None") -> None:
        """Do what the page said, in the order of the page. Whoever calls it has opened the transaction."""
        for source in self._sources:
            if source.carries is not None:
                source.carries(event, by)

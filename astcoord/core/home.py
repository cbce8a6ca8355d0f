"""The first page after signing in: what this person must do now. Each floor says what it wants of whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from staff.accounts.models import User


@dataclass(frozen=True)
class Task:
    """One thing to do: where, by when, and for whom it waits. `count` is for tasks that stand for a list.

    `first` is for what comes before anything that has a date.
    """

    title: str
    url: str
    due: date | None = None
    hint: str = ""
    count: int | None = None
    first: bool = False

    def is_overdue(self, on: date) -> bool:
        return self.due is not None and self.due < on


@dataclass(frozen=True)
class Panel:
    """What stands below the tasks: `action` is the button (label, url) for what this person mostly comes to do.

    `text` says what will stand here where there is nothing yet. `stats` are (number, label, url) or
    (number, label, url, tone).
    """

    title: str
    stats: tuple[tuple[Any, ...], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    action: tuple[str, str] | None = None
    text: str = ""


Tasks = Callable[[Any, date], Iterable[Task]]
Panels = Callable[[Any, date], Iterable[Panel]]
_tasks: dict[Tasks, int] = {}
_panels: dict[Panels, int] = {}


def register(tasks: Tasks | None = None, panels: Panels | None = None, *, order: int = 50) -> None:
    """Called by a room's `home.register`: functions of (user, today) that look only at that user's own things.

    Among tasks without a date those of a lower `order` come first: what keeps others waiting before housekeeping.
    """
    if tasks:
        _tasks[tasks] = order
    if panels:
        _panels[panels] = order


def register_rooms(app: str, rooms: Iterable[str]) -> None:
    """Called by an `AppConfig.ready`: each room puts what it has on the first page and in the menu."""
    for room in rooms:
        import_module(f"{app}.{room}.home").register()


def tasks_for(user: "User", on: date) -> list[Task]:
    """Everything that waits for this person: what is `first`, by date, and the undated in their sources' order."""
    found = [task for source in sorted(_tasks, key=_tasks.__getitem__) for task in source(user, on)]
    return sorted(found, key=lambda task: (not task.first, task.due is None, task.due or on))


def panels_for(user: "User", on: date) -> list[Panel]:
    """What stands below the tasks, in the sources' order."""
    return [panel for source in sorted(_panels, key=_panels.__getitem__) for panel in source(user, on)]

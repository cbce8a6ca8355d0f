"""Whoever waits sees for whom and since when, and may remind politely once in three days (R-18.5).

A room says in `waits.py` who is waited for in a thing of its own (`register`); `WAITS` in the app's `apps.py` names the
rooms. A page shows it with `{% waits thing %}`. What was sent stands in the audit trail, and is counted from there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from astcoord.core import audit, emails, outbox
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.wording import date_words

if TYPE_CHECKING:
    from staff.accounts.models import User

PAUSE = timedelta(days=3)
REMINDED = "a reminder was sent"
TEMPLATE = "core/emails/reminder.txt"


@dataclass(frozen=True)
class Wait:
    """One party that has not acted yet. `who` is the party in words (“the home headteacher”).

    `what` is what is waited for (“an answer to …”), `wanted` what to do, in an order, `path` where. Without `readers`
    there is nobody to write to.
    """

    party: str
    who: str
    since: date
    what: str
    wanted: str
    path: str
    readers: tuple[Reader, ...]
    by: date | None = None
    """The last day for it; where it is `before` something, the day of that."""
    before: bool = False

    @property
    def named(self) -> str:
        """The party, with the names of those who have accounts."""
        names = [reader.name for reader in self.readers if not reader.stands_in]
        return f"{self.who}, {' and '.join(names)}" if names else self.who


@dataclass(frozen=True)
class Kind:
    """One kind of waiting: `rows` are the things that a person may see, `waits` who is waited for in one, in a few
    queries, `may` whether this person reads of it and may remind, `page` where this person reads the thing."""

    code: str
    model: type
    rows: Callable[["User"], QuerySet[Any]]
    waits: Callable[[Any], Iterable[Wait]]
    may: Callable[["User", Any], bool]
    page: Callable[[Any, "User"], str]


@dataclass(frozen=True)
class Line:
    """What a page says of one wait: `again_on` is the day from which a reminder may go out after the last."""

    wait: Wait
    slug: str
    thing: Any
    reminded_on: date | None
    again_on: date | None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called by a room's `waits.register`."""
    _kinds[kind.code] = kind


def register_rooms(app: str, rooms: Iterable[str]) -> None:
    """Called by an `AppConfig.ready`."""
    for room in rooms:
        import_module(f"{app}.{room}.waits").register()


def kind_called(code: str) -> Kind | None:
    return _kinds.get(code)


def lines_of(thing: Any, user: "User") -> list[Line]:
    """Who is waited for in a thing, as far as this person reads of it; no query where nobody is."""
    kinds = [kind for kind in _kinds.values() if kind.model is type(thing) and kind.may(user, thing)]
    found = [(kind, wait) for kind in kinds for wait in kind.waits(thing) if user.pk not in _accounts(wait)]
    last = _last(thing) if found else {}
    return [_line(thing, kind, wait, last) for kind, wait in found]


def _accounts(wait: Wait) -> set[Any]:
    """Nobody waits for themselves."""
    return {int(reader.key) for reader in wait.readers if reader.key.isdigit()}


def _line(thing: Any, kind: Kind, wait: Wait, last: dict[str, date]) -> Line:
    slug = f"{kind.code}-{wait.party}"
    on = last.get(slug)
    again = on + PAUSE if on and on >= wait.since else None
    return Line(wait, slug, thing, on if again else None, again if again and again > today() else None)


def _last(thing: Any) -> dict[str, date]:
    """When each was reminded last, in one query."""
    events = AuditEvent.objects.about(thing).filter(verb=REMINDED).order_by("pk")
    return {after.get("of", ""): localdate(at) for after, at in events.values_list("after", "at")}


@transaction.atomic
def remind(*, kind: Kind, thing: Any, party: str, by: "User") -> Wait:
    """Write to a party that is waited for, unless that was done in the last three days (R-18.5).

    The thing is locked, so that of two who press at once one finds the other's reminder.
    """
    type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    if not kind.may(by, thing):
        raise PermissionDenied(f"remind of {kind.code}")
    line = next((each for each in lines_of(thing, by) if each.slug == f"{kind.code}-{party}"), None)
    if line is None:
        raise Refused([Problem("Nobody is waited for here any more.", rule="R-18.5", code="over")])
    refuse(_problems(line))
    audit.record(REMINDED, thing, by=by, after={"of": line.slug})
    facts: dict[str, Any] = {"wait": line.wait, "asked_by": by.name, "link": outbox.link(line.wait.path)}
    for reader in line.wait.readers:
        key = f"reminder:{line.slug}:{thing.pk}:{today()}:{reader.key}"
        emails.send(TEMPLATE, to=reader, key=key, about=thing, **facts)
    return line.wait


def _problems(line: Line) -> list[Problem]:
    if line.again_on and line.reminded_on:
        words = (
            f"A reminder went out on {date_words(line.reminded_on)}. "
            f"You can send the next from {date_words(line.again_on)}."
        )
        return [Problem(words, rule="R-18.5", code="too-soon")]
    if not line.wait.readers:
        return [Problem("There is no e-mail address to write to. Telephone instead.", rule="R-18.5", code="nobody")]
    return []

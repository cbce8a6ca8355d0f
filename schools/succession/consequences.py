"""What of the register itself goes over to the school that follows: contacts, the cluster, feeder links (R-17.6)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from astcoord.core.consequences import Hanging
from schools.register.actions import link_feeder, unlink_feeder, update_contacts
from schools.register.models import School
from schools.succession.events import Handing

if TYPE_CHECKING:
    from staff.accounts.models import User

CARRIED = ("head_name", "email", "chair_name", "chair_email", "teacher_count", "specialist_subject", "cluster")
"""Contacts that go over where the successor has none; who may sign in with an address is no contact."""

EMPTY: dict[str, Any] = dict.fromkeys(CARRIED, "") | {"teacher_count": None, "cluster": None}


def contacts(event: Handing) -> Iterator[Hanging]:
    """A line for each contact that the closed school has."""
    if event.earlier is not None:
        for name in _given(event):
            yield Hanging(
                f"{_label(name)}: {getattr(event.school, name)}", f"Taken away from {event.school.name} again"
            )
        return
    for name in CARRIED if event.to else ():
        value, there = getattr(event.school, name), getattr(event.to, name)
        if value == EMPTY[name] or value == there:
            continue
        kept = f"{event.to.name} keeps its own: {there}" if event.to else ""
        fate = f"Written at {event.to.name}, which has none" if event.to and there == EMPTY[name] else kept
        yield Hanging(f"{_label(name)}: {value}", fate)


def carry_contacts(event: Handing, by: "User") -> None:
    """Only where the successor has none; of a wrong successor what it was given is taken away again."""
    if event.earlier is not None:
        update_contacts(event.school, by=by, **{name: EMPTY[name] for name in _given(event)})
        return
    given = event.notes.given(School, event.target.pk)  # before: what was emptied since stays empty
    wanting = {
        name: getattr(event.school, name)
        for name in CARRIED
        if name not in given and getattr(event.target, name) == EMPTY[name] != getattr(event.school, name)
    }
    update_contacts(event.target, by=by, **wanting)
    for name in wanting:
        event.notes.note(School, name, [event.target.pk])


def feeders(event: Handing) -> Iterator[Hanging]:
    """Schools that pupils come from and go on to (R-1.1)."""
    fate = f"Linked with {event.to.name} instead" if event.to else "Stays as it is"
    for words, column in (("Pupils come from", "feeders"), ("Pupils go on to", "feeds_into")):
        for other in _linked(event, column):
            same = event.to is not None and other.pk == event.to.pk
            yield Hanging(f"{words} {other.name}", "Removed: both are one school now" if same else fate)


def carry_feeders(event: Handing, by: "User") -> None:
    """The links move; one to the successor itself is removed."""
    for column, ends in (("feeders", _from), ("feeds_into", _to)):
        others = _linked(event, column)
        for other in others:
            feeder, into = ends(event.school, other)
            unlink_feeder(feeder, into=into, by=by)
            if other.pk != event.target.pk:
                feeder, into = ends(event.target, other)
                link_feeder(feeder, into=into, by=by)
        event.notes.note(School, column, [other.pk for other in others if other.pk != event.target.pk])


def _from(school: School, other: School) -> tuple[School, School]:
    return other, school


def _to(school: School, other: School) -> tuple[School, School]:
    return school, other


def _linked(event: Handing, column: str) -> list[School]:
    """The schools linked in this way; of a wrong successor's only those it was given."""
    linked: Any = getattr(event.school, column)
    found = linked.by_name()
    if event.earlier is not None:
        found = found.filter(pk__in=event.earlier.ids(School, column))
    return list(found)


def _given(event: Handing) -> list[str]:
    """Contacts that a wrong successor was given and that nobody has changed since."""
    if event.earlier is None:
        return []
    source, given = event.earlier.school, event.earlier.given(School, event.school.pk)
    return [name for name in CARRIED if name in given and getattr(event.school, name) == getattr(source, name)]


def _label(name: str) -> str:
    label = str(School._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]

"""What stands in people's own calendars: days and meetings as iCalendar (RFC 5545), in a feed and beside messages.

A room says what of it belongs into whose calendar (`register`), as all-day entries. An entry's name never changes; its
sequence number is the number of audit events about the row behind it, so that a calendar takes the newer of two,
however it came by them, and nobody has to remember to count (R-18.3).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Max
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from astcoord.core import outbox, policy
from astcoord.core.models.history import AuditEvent

if TYPE_CHECKING:
    from staff.accounts.models import User

FILE_TYPE = "text/calendar"
PRODUCT = "-//astcoord//AST co-ordination//EN"
BACK = timedelta(days=90)
"""A feed goes back so far†: a day that was called off last week is to leave the calendar too."""
REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """One thing on one day. `about` is the row behind it, `what` tells two entries of one row apart.

    `sure` is False for what the other side has not confirmed yet. No entry names a supported person.
    """

    about: models.Model
    on: date
    title: str
    what: str = ""
    place: str = ""
    text: str = ""
    path: str = ""
    sure: bool = True
    cancelled: bool = False
    busy: bool = True

    @property
    def uid(self) -> str:
        """The same for everybody and for ever: a day that a message brought and a feed repeats is one day."""
        name = f"{self.about._meta.model_name}-{self.about.pk}{f'-{self.what}' if self.what else ''}"
        return f"{name}@{urlsplit(settings.SITE_URL).hostname}"


Histories = dict[tuple[type[models.Model], int], tuple[int, datetime]]
Source = Callable[["User", date], Iterable[Entry]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Called by a room's `home.register`: what of it belongs into the calendar of a user, as of a day."""
    if source not in _sources:
        _sources.append(source)


def of(user: "User", today: date) -> list[Entry]:
    """Everything for one person's feed, by day."""
    found = [entry for source in _sources for entry in source(user, today)]
    return sorted(found, key=lambda entry: (entry.on, entry.uid))


def feed(entries: Iterable[Entry], *, name: str) -> bytes:
    """A calendar to subscribe to."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")  # the same, for Outlook
    return _filled(calendar, list(entries))


def attachment(entries: Iterable[Entry], told: Histories | None = None) -> str:
    """What goes beside a message: one file that puts the days into a calendar, or takes them out again.

    A file holds either, never both: RFC 5546 gives the whole of it one method. `told` is `histories` of their rows,
    asked once for all readers of the message.
    """
    found = list(entries)
    gone = {entry.cancelled for entry in found}
    if len(gone) > 1:
        raise ValueError("entries to come and entries called off do not go into one file")
    return _filled(_calendar("CANCEL" if gone == {True} else "PUBLISH"), found, told).decode()


def method_of(text: str) -> str:
    """What a file asks a calendar to do, for the header of the part that holds it."""
    return "CANCEL" if "\r\nMETHOD:CANCEL\r\n" in text else "PUBLISH"


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _filled(calendar: Calendar, entries: list[Entry], told: Histories | None = None) -> bytes:
    history = histories(entry.about for entry in entries) if told is None else told
    authority = policy.in_force()
    for entry in entries:
        count, changed = history.get((type(entry.about), entry.about.pk), (0, None))
        event = _event(entry, count, changed or timezone.now())
        if authority.office_email:
            organiser = vCalAddress(f"mailto:{authority.office_email}")
            organiser.params["cn"] = authority.authority_name
            event.add("organizer", organiser)
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def _event(entry: Entry, sequence: int, changed: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", sequence)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))  # a day ends when the next begins
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED" if entry.sure else "TENTATIVE")
    event.add("transp", "OPAQUE" if entry.busy and not entry.cancelled else "TRANSPARENT")
    if entry.place:
        event.add("location", entry.place)
    link = outbox.link(entry.path) if entry.path else ""
    if entry.text or link:
        event.add("description", "\n\n".join(filter(None, [entry.text, link])))
    if link:
        event.add("url", link)
    return event


def histories(rows: Iterable[models.Model]) -> Histories:
    """How often each row's history was written to, and when last: one query for each kind of row."""
    by_model: dict[type[models.Model], set[int]] = defaultdict(set)
    for row in rows:
        by_model[type(row)].add(row.pk)
    found = {}
    for model, pks in by_model.items():
        about = AuditEvent.objects.filter(about_type=ContentType.objects.get_for_model(model), about_id__in=pks)
        for pk, count, last in about.order_by().values_list("about_id").annotate(Count("pk"), Max("at")):
            found[model, pk] = (count, last)
    return found

"""N13: who hears of days planned, moved and cancelled. No names of supported staff, nothing about anybody's work."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from astcoord.core import emails, outbox
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.wording import date_words, days_words
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from staff.accounts.models import User
from staff.accounts.reads import heads_or_school

VENUES = {"host": "at the host school", "home": "at the AST’s own school"}
SIDES = {"host": "the host school", "ast": "the AST or the AST’s own school"}


def planned(days: Sequence[OutreachDay], *, by: User) -> None:
    """One message about one day or a whole series to the host school and the AST; not to the person who planned."""
    if not days:
        return
    first = days[0]
    several = f"{len(days)} outreach days are planned" if len(days) > 1 else "An outreach day is planned"
    for reader in _readers(first.placement, by):
        _send(
            "day-planned",
            first,
            reader,
            f"{len(days)}:{reader.email}",
            about=first if len(days) == 1 else first.placement,
            several=several,
            days=[_when(day) for day in days],
            prepare=True,
        )


def changed(day: OutreachDay, was: date, *, by: User) -> None:
    """The day has moved, or is longer, shorter or elsewhere."""
    for reader in _readers(day.placement, by):
        key = f"{day.on}:{day.days}:{day.venue}:{reader.email}"
        _send("day-changed", day, reader, key, was=was, days=[_when(day)], prepare=True)


def parts_planned(days: Sequence[OutreachDay], *, by: User) -> None:
    """Somebody else has said what happens on an AST's days: the AST hears of it."""
    first = days[0]
    ast = first.placement.post.user
    if by != ast and ast.is_active:
        _send("day-parts", first, Reader.of(ast), f"{first.parts_version}", by=by, days=[_when(day) for day in days])


def cancelled(day: OutreachDay, *, by: User) -> None:
    """The day is called off; what was still waiting to be sent about it is taken back."""
    outbox.cancel_about(day)
    for reader in _readers(day.placement, by):
        _send("day-cancelled", day, reader, reader.email, was=day.on, days=[_when(day)], side=SIDES[day.cancelled_by])


def _readers(placement: Placement, by: User) -> Iterator[Reader]:
    """The host's heads and the AST, each once, without the one who did it."""
    ast = placement.post.user
    seen = {by.email if by is not None else ""}
    for reader in [*heads_or_school(placement.host, today()), *([Reader.of(ast)] if ast.is_active else [])]:
        if reader.email not in seen:
            seen.add(reader.email)
            yield reader


def _send(
    kind: str, day: OutreachDay, to: Reader, key: str, *, about: OutreachDay | Placement | None = None, **facts: Any
) -> None:
    emails.send(
        f"placements/days/emails/{kind}.txt",
        to=to,
        key=f"{kind}:{day.pk}:{key}",
        about=about or day,
        placement=day.placement,
        **facts,
    )


def _when(day: OutreachDay) -> str:
    share = "whole day" if day.days == 1 else days_words(day.days)
    return f"{day.on:%A} {date_words(day.on)}, {share}, {VENUES[day.venue]}"

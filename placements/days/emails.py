"""N13, R-18.4: who hears of days planned, moved and cancelled. No names of supported staff, nothing of anybody's work.

Three circles hear of each change: the host school and the AST; the AST's own school, which needs to know when cover is
needed; and the people supported, by the link that opens their own page.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from astcoord.core import calendars, emails, outbox, policy
from astcoord.core.calendars import Entry
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say_later
from placements.days import dates
from placements.days.lifecycle import DAY_OPEN, DayStatus
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from placements.supported import links
from placements.supported.emails import reader_of
from staff.accounts.models import User
from staff.accounts.reads import heads_or_school

VENUES = {"host": "at the host school", "home": say_later("at the AST’s own school")}
SIDES = {"host": "the host school", "ast": say_later("the AST or the AST’s own school")}
COVER, SUPPORTED, VISIT = "cover-dates", "supported-days", "visit-missing"
REARRANGED = "days-rearranged"


def planned(days: Sequence[OutreachDay], *, by: User) -> None:
    """One message about one day or a whole series to each who hears of it; not to the person who planned."""
    if not days:
        return
    several = f"{len(days)} outreach days are planned" if len(days) > 1 else "An outreach day is planned"
    about = days[0] if len(days) == 1 else days[0].placement
    _tell("planned", days, by, str(len(days)), about=about, several=several, prepare=True)


def changed(day: OutreachDay, was: date, *, by: User) -> None:
    """The day has moved, or is longer, shorter or elsewhere."""
    _tell("changed", [day], by, f"{day.on}:{day.days}:{day.venue}", was=was, prepare=True)


def cancelled(days: Sequence[OutreachDay], *, by: User | None, but: Collection[str] = ()) -> None:
    """These days are called off; what was still waiting to be sent about them is taken back.

    Addresses in `but` hear of it with something else.
    """
    for day in days:
        outbox.cancel_about(day)
    first, count = days[0], len(days)
    gone = f"The outreach day of {date_words(first.on)}" if count == 1 else f"{count} outreach days"
    _tell("cancelled", days, by, str(count), but, gone=gone, side=SIDES[first.cancelled_by])


def rearranged(
    called_off: Sequence[OutreachDay], moved: Sequence[tuple[OutreachDay, date]], *, by: User | None
) -> None:
    """Several days at once, also of several placements: one message to each who hears of any (R-20.4, R-20.5).

    `moved` are days as they stand now, each with the date on which it was.
    """
    for day in called_off:
        outbox.cancel_about(day)
    lines = [(day, f"Called off: {when(day)}") for day in called_off]
    lines += [(day, f"{was:%A} {date_words(was)} is now {when(day)}") for day, was in moved]
    by_placement: dict[int, list[tuple[OutreachDay, str]]] = {}
    for day, words in sorted(lines, key=lambda line: (line[0].placement_id, line[0].on)):
        by_placement.setdefault(day.placement_id, []).append((day, words))
    letters: dict[str, _Letter] = {}
    for mine in by_placement.values():
        first = mine[0][0]
        for kind, reader, entry, more in _circles(first, REARRANGED, by, ()):
            letter = letters.setdefault(reader.email, _Letter(reader, first.placement, kind == COVER, more))
            letter.add(mine, entry)
    told = calendars.histories(day for day, _ in lines)
    for letter in letters.values():
        letter.send(told)


@dataclass
class _Letter:
    """What one reader is told, school by school."""

    to: Reader
    placement: Placement
    cover: bool
    more: dict[str, Any]
    schools: list[tuple[str, list[str]]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    stamp: list[str] = field(default_factory=list)
    still_on: list[OutreachDay] = field(default_factory=list)

    def add(self, lines: Sequence[tuple[OutreachDay, str]], entry: Callable[[OutreachDay], Entry]) -> None:
        placement = lines[0][0].placement
        self.schools.append((f"{placement.host.name} ({placement.reference})", [words for _, words in lines]))
        self.entries += [entry(day) for day, _ in lines]
        self.still_on += [day for day, _ in lines if day.status in DAY_OPEN]
        self.stamp += [f"{day.pk}:{day.on}:{day.status}" for day, _ in lines]

    @property
    def _unconfirmed(self) -> bool:
        return any(day.status == DayStatus.PLANNED for day in self.still_on)

    def send(self, told: calendars.Histories) -> None:
        """The key holds what is said, so that the same said twice is one message.

        A calendar file puts days in or takes days out, never both: of a mixed message it has the days to come.
        """
        to_come = [each for each in self.entries if not each.cancelled]
        said = sha256(",".join(self.stamp).encode()).hexdigest()[:16]
        emails.send(
            f"placements/days/emails/{REARRANGED}.txt",
            to=self.to,
            key=f"{REARRANGED}:{said}:{self.to.key}",
            about=self.placement,
            calendar=to_come or self.entries,
            told=told,
            placement=self.placement,
            schools=self.schools,
            cover=self.cover,
            first=min((day.on for day in self.still_on), default=None),
            **self.more | {"confirms": "confirms" in self.more and self._unconfirmed},
        )


def parts_planned(days: Sequence[OutreachDay], *, by: User) -> None:
    """Somebody else has said what happens on an AST's days: the AST hears of it."""
    first = days[0]
    ast = first.placement.post.user
    if by != ast and ast.is_active:
        said = [when(day) for day in days]
        _send("day-parts", first, Reader.of(ast), f"day-parts:{first.pk}:{first.parts_version}", by=by, days=said)


def visit_missing(placement: Placement) -> None:
    """N19: a third of the days has come and no visit is planned; once to both heads and the AST."""
    ast = placement.post.user
    heads = [*heads_or_school(placement.host, today()), *heads_or_school(placement.home, today())]
    for reader in [*heads, *([Reader.of(ast)] if ast.is_active else [])]:
        template, key = f"placements/days/emails/{VISIT}.txt", f"{VISIT}:{placement.pk}:{reader.key}"
        plans = reader.email == ast.email
        emails.send(template, to=reader, key=key, about=placement, placement=placement, plans=plans)


@policy.once()
def _tell(
    news: str, days: Sequence[OutreachDay], by: User | None, key: str, but: Collection[str] = (), **facts: Any
) -> None:
    """`news` is planned, changed or cancelled: the same to all three circles, each in its own words."""
    first = days[0]
    facts |= {"news": news, "days": [when(day) for day in days], "told": calendars.histories(days)}
    facts["first"] = min(day.on for day in days)
    for kind, reader, entry, more in _circles(first, f"day-{news}", by, but):
        name = f"{kind}:{first.pk}:{news}:{key}:{reader.key}"
        _send(kind, first, reader, name, calendar=[entry(day) for day in days], **facts, **more)


Circle = tuple[str, Reader, Callable[[OutreachDay], Entry], dict[str, Any]]


def _circles(day: OutreachDay, kind: str, by: User | None, but: Collection[str]) -> Iterator[Circle]:
    """Template, reader, how the day stands in that reader's calendar, and what only that reader is told.

    Whoever belongs to two circles hears once; whoever did it, not at all.
    """
    placement, ast = day.placement, day.placement.post.user
    seen = {by.email if by is not None else "", *but}

    def new(reader: Reader) -> bool:
        before = len(seen)
        seen.add(reader.email)
        return len(seen) > before

    for reader in filter(new, heads_or_school(placement.host, today())):
        yield kind, reader, dates.for_host, {"confirms": day.status == DayStatus.PLANNED}
    if ast.is_active and new(Reader.of(ast)):
        yield kind, Reader.of(ast), dates.for_ast, {}
    for reader in filter(new, heads_or_school(placement.home, today())):
        yield COVER, reader, dates.for_home, {}
    for person in placement.supported.taking_part(day.on).select_related("placement"):
        if person.has_own_form and new(reader_of(person)):
            yield SUPPORTED, reader_of(person), for_supported, {"link": links.address(person)}


def for_supported(day: OutreachDay) -> Entry:
    """Without the address of a page that needs an account."""
    return replace(dates.for_host(day), path="")


def _send(
    kind: str, day: OutreachDay, to: Reader, key: str, *, about: OutreachDay | Placement | None = None, **facts: Any
) -> None:
    emails.send(
        f"placements/days/emails/{kind}.txt",
        to=to,
        key=key,
        about=about or day,
        placement=day.placement,
        **facts,
    )


def when(day: OutreachDay) -> str:
    """A line about one day."""
    share = "whole day" if day.days == 1 else days_words(day.days)
    return f"{day.on:%A} {date_words(day.on)}, {share}, {VENUES[day.venue]}"

"""The e-mails at the end of a placement (N19, N20). No supported person's name, and nobody's own words, are in any."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from astcoord.core import emails
from astcoord.core.calendars import Entry
from astcoord.core.emails import Reader
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.policy_choices import Party
from astcoord.core.wording import date_words, listed
from placements.agreement.emails import REPLY
from placements.agreement.reads.protocol import chair_notice
from placements.days import dates
from placements.days.emails import when
from placements.days.models import OutreachDay
from placements.endings.models import InformalLink
from placements.endings.reads import last_move
from placements.placement.lifecycle import ReviewKind
from placements.placement.models import Placement
from placements.supported import links
from placements.supported.emails import reader_of
from staff.accounts.reads import chair_of

OVERDUE = "placement-overdue"

ENTRIES: dict[str, Callable[[OutreachDay], Entry]] = {
    Party.AST: dates.for_ast,
    Party.HOST_HEAD: dates.for_host,
    Party.HOME_HEAD: dates.for_home,
}
"""How a day stands in the calendar of each party."""

Readers = dict[str, list[Reader]]
"""Whom to write to of each party, from `placements.placement.reads.readers_of`."""


@dataclass(frozen=True)
class Asked:
    """Somebody is asked for something by the same event. One message says both; `link` leads to what is asked.

    Without a link the person has been written to already, by an own link, and is not told a second time.
    """

    email: str
    due_on: date
    link: str = ""


def tell_window(placement: Placement, readers: Readers, asked: Sequence[Asked] = ()) -> None:
    """N19: the last fortnight has begun; to the AST, both heads, the co-ordinator and the people supported."""
    planned = placement.reviews_planned.filter(kind=ReviewKind.FINAL_EVALUATION).order_by("on")
    dates = listed(date_words(review.on) for review in planned)
    told = {each.email for each in asked}
    people = placement.supported.taking_part().exclude(email="")
    _parties("final-evaluation", placement, readers, f"{placement.ends_on}", asked=asked, dates=dates)
    for person in people.select_related("placement"):
        if person.email not in told:
            own = links.address(person) if person.has_own_form else REPLY
            facts: dict[str, Any] = {"party": False, "dates": dates, "link": own}
            _each("final-evaluation", placement, [reader_of(person)], f"{placement.ends_on}:supported", **facts)


def tell_ended(
    placement: Placement,
    readers: Readers,
    notice: Document,
    asked: Sequence[Asked] = (),
    gone: Sequence[OutreachDay] = (),
    *,
    by_words: str,
) -> None:
    """N20: ended early, with the notice; to all parties, with the days called off, and to the host's chair."""
    facts = {"days": [when(day) for day in gone], "by_words": by_words, "attachments": [notice]}
    _all("placement-ended", placement, readers, f"{notice.pk}", asked=asked, gone=gone, **facts)


def tell_completed(placement: Placement, readers: Readers, asked: Sequence[Asked] = ()) -> None:
    """N20: completed; to all parties and the host's chair."""
    _all("placement-completed", placement, readers, f"{last_move(placement)}", asked=asked)


def tell_taken_back(placement: Placement, readers: Readers) -> None:
    """Whoever was told of an end hears that there is none."""
    _all("placement-taken-back", placement, readers, f"{last_move(placement)}")


def remind(placement: Placement, readers: list[Reader], missing: list[str], number: int) -> int:
    """Past its last day: what is missing, to whoever's turn it is; how many messages are new."""
    sent = Message.objects.about(placement).filter(kind=OVERDUE)
    before = sent.count()
    _each(OVERDUE, placement, readers, f"{placement.ends_on}:{number}", missing=missing)
    return sent.count() - before


def tell_abandoned(placement: Placement, readers: Readers, *, reopened: bool) -> None:
    """R-20.13: it will not begin, and the request is open again; the chair, if the chair knew of it."""
    _parties("placement-abandoned", placement, readers, "", reopened=reopened)
    if chair_notice(placement) is not None:
        chair = chair_of(placement.host)
        _each("placement-abandoned", placement, chair, "chair", party=False, reopened=reopened)


def ask_for_link(link: InformalLink, readers: Readers, *, of: str) -> None:
    """P8: the other side is asked whether it wishes an informal link too; what it is about stands on the page."""
    party = Party.AST if of == "ast" else Party.HOST_HEAD
    _each("informal-link", link.placement, readers[party], f"{link.pk}", asked_by=link.noted_by.name)


def _all(
    kind: str,
    placement: Placement,
    readers: Readers,
    key: str,
    *,
    asked: Sequence[Asked] = (),
    gone: Sequence[OutreachDay] = (),
    **facts: Any,
) -> None:
    _parties(kind, placement, readers, key, asked=asked, gone=gone, **facts)
    _each(kind, placement, chair_of(placement.host), f"{key}:chair", party=False, **facts)


def _parties(
    kind: str,
    placement: Placement,
    readers: Readers,
    key: str,
    *,
    asked: Sequence[Asked] = (),
    gone: Sequence[OutreachDay] = (),
    **facts: Any,
) -> None:
    """Each with what is asked of that person, and the days called off as they stand in that person's calendar."""
    wanted = {each.email: each for each in asked if each.link}
    for party in Party.values:
        entry = ENTRIES.get(party)
        calendar = [entry(day) for day in gone] if entry else []
        for reader in readers[party]:
            more = {"asked": wanted.get(reader.email), "calendar": calendar}
            _each(kind, placement, [reader], key, party=True, **facts, **more)


def _each(kind: str, placement: Placement, people: list[Reader], key: str, **facts: Any) -> None:
    """A message of this kind to each; its key begins with the kind and the placement."""
    for reader in people:
        emails.send(
            f"placements/endings/emails/{kind}.txt",
            to=reader,
            key=f"{kind}:{placement.pk}:{key}:{reader.key}",
            about=placement,
            placement=placement,
            **facts,
        )

"""The people supported as pages show them: to themselves, to those who look after them, to those who count them."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils import timezone

from astcoord.core import shown
from astcoord.core.shown import Told
from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say
from placements.placement.lifecycle import PLACEMENT_OPEN
from placements.placement.models import Placement
from placements.supported.lifecycle import Commitment
from placements.supported.models import Confirmation, SupportedStaff

BY_LINK = "through the personal link"
"""How the audit trail tells of what somebody without an account did."""


@dataclass(frozen=True)
class Offered:
    """Something that a person may open from their own page."""

    title: str
    url: str
    about: str


offers: list[Callable[[SupportedStaff, str], Iterable[Offered]]] = []
"""What later rooms have for one person's own page, as (person, token): filled in when the software starts."""


def offered_to(person: SupportedStaff, token: str) -> list[Offered]:
    """Everything of that kind; the addresses hold the person's own link."""
    return [] if person.joining else [each for offer in offers for each in offer(person, token)]


papers: list[Callable[[SupportedStaff, str], Iterable[Offered]]] = []
"""What later rooms have agreed in writing that concerns one person (section G: contract and protocol)."""


def papers_of(person: SupportedStaff, token: str) -> list[Offered]:
    """Everything of that kind, for who takes part; the addresses hold the person's own link."""
    return [each for paper in papers for each in paper(person, token)] if person.is_in else []


@dataclass(frozen=True)
class Line:
    """One person on the page of those who may know the names."""

    person: SupportedStaff
    state: str
    colour: str
    how: str
    latest: Confirmation | None
    can_send: bool
    can_enter: bool
    can_change: bool


def lines_of(placement: Placement) -> list[Line]:
    """Everybody, those who withdrew last; two queries."""
    people = placement.supported.prefetch_related("confirmations__recorded_by")
    found = [_line(person, is_open=placement.status in PLACEMENT_OPEN) for person in people]
    return sorted(found, key=lambda line: line.person.withdrew_on is not None)


def _line(person: SupportedStaff, *, is_open: bool) -> Line:
    latest = max(person.confirmations.all(), key=lambda c: c.pk, default=None)
    state, colour, how = state_of(person, latest)
    here = is_open and person.withdrew_on is None
    return Line(
        person=person,
        state=state,
        colour=colour,
        how=how,
        latest=latest,
        can_send=here and person.has_own_form,
        can_enter=here and not (latest and latest.own),
        can_change=here,
    )


def concerning(objectives: Iterable[Any], person: SupportedStaff) -> list[Any]:
    """Those that name this person, or nobody: then they concern everybody. With `people` prefetched."""
    found = []
    for objective in objectives:
        named = {each.pk for each in objective.people.all()}
        if not named or person.pk in named:
            found.append(objective)
    return found


def digest_of(objectives: Iterable[Any]) -> str:
    """What these objectives say, as a SHA-256; empty for none. Their numbers say nothing."""
    words = [[o.text, o.baseline, o.criterion, o.evidence] for o in objectives]
    return sha256(json.dumps(words).encode()).hexdigest() if words else ""


ToJoin = Callable[[SupportedStaff], Iterable[Any]]

_to_join: dict[str, ToJoin] = {}


def answer_for_joining(objectives: ToJoin) -> None:
    """Changes of a contract live in a later room, which says here which objectives somebody `joining` would have."""
    _to_join["objectives"] = objectives


def objectives_of(person: SupportedStaff) -> list[Any]:
    """The objectives that concern a person, as they stand, or for somebody joining as they would be."""
    if person.joining and "objectives" in _to_join:
        return concerning(_to_join["objectives"](person), person)
    return concerning(person.placement.objectives.prefetch_related("people"), person)


def objectives_for(person: SupportedStaff, told: Told) -> list[dict[str, Any]]:
    """The objectives that concern a person, for their own page; `told` as `teller_for` has it."""
    parts = ("number", "text", "baseline", "criterion", "evidence")
    found: list[dict[str, Any]] = told([{n: getattr(row, n) for n in parts} for row in objectives_of(person)])
    return found


def teller_for(person: SupportedStaff) -> Told:
    """How somebody supported reads what others wrote: by name only themselves. One query while this object lives."""
    if "told" not in person.__dict__:
        person.__dict__["told"] = shown.teller(shown.ANYBODY, person.placement, own=person.name)
    told: Told = person.__dict__["told"]
    return told


def state_of(person: SupportedStaff, latest: Confirmation | None) -> tuple[str, str, str]:
    """Where a person stands: a word, its colour, and how it came about."""
    if person.taken_off and person.withdrew_on is not None:
        return _taken_off(person, person.withdrew_on)
    if person.withdrew_on is not None:
        return "Withdrawn", "grey", f"On {date_words(person.withdrew_on)}. No reason is asked."
    if latest is not None and (latest.own or latest.signed_on):
        by = f", entered by {latest.recorded_by}"
        how = "by the link" if latest.own else "on paper"
        when = f"On {_day(latest.at)}, by the link." if latest.own else f"On paper, {_signed(latest)}{by}."
        if person.owes_a_yes:
            asked = f" Asked on {_day(person.asked_at)}." if person.asked_at else ""
            return "Yes to the objectives needed", "yellow", f"Confirmed {how}, before the objectives stood.{asked}"
        yes = f" Said yes to the objectives on {_day(person.yes_at)}." if person.yes_at else ""
        return "Confirmed", "green", f"{when}{yes}"
    if person.has_own_form and person.link_sent_at:
        return "Invited", "yellow", f"The link was sent on {_day(person.link_sent_at)}."
    return "Paper needed", "blue", "No link can be sent: print the form, and enter it when it is signed."


def _taken_off(person: SupportedStaff, on: date) -> tuple[str, str, str]:
    if person.joining:
        return "Did not join", "grey", "The change of the contract that would have named them was not made."
    return "No longer named", "grey", f"Since {date_words(on)}, by a change of the contract."


def held_about(person: SupportedStaff) -> list[tuple[str, Any]]:
    """What the placement holds on a person, for that person (section G: own part)."""
    sent = _day(person.link_sent_at) if person.link_sent_at else ""
    rows: list[tuple[str, Any]] = [
        ("Name", person.name),
        ("Role", person.get_kind_display()),
        ("Email address", person.email),
        ("How you were chosen", person.get_selection_display()),
        ("Link sent to you", sent),
        ("First confirmed", _day(person.confirmed_at) if person.confirmed_at else ""),
        (say("First talk with the AST"), person.first_met_on),
    ]
    if person.willing_to_develop or person.willing_to_continue:
        rows.insert(4, ("What your headteacher said of you", _willing(person)))
    if person.withdrew_on is not None:
        rows.append(("Withdrew", person.withdrew_on))
    return rows


def history_of(person: SupportedStaff) -> Sequence[Confirmation]:
    """Every form of a person, newest first."""
    return list(person.confirmations.order_by("-pk"))


def about_placement(placement: Placement, told: Told) -> list[tuple[str, Any]]:
    """What a person supported is told of the placement; `told` as `teller_for` has it."""
    return [
        (say("AST"), f"{placement.post.user.name}, {placement.home.name}"),
        ("Your school", placement.host.name),
        ("Subject", placement.get_subject_display()),
        ("Days", days_words(placement.days)),
        ("First day", placement.starts_on),
        ("Last day", placement.ends_on),
        ("What will be done", "; ".join(placement._meta.get_field("work_types").labels(placement))),
        ("Shape of the day", told(placement.day_shape)),
    ]


@dataclass(frozen=True)
class NextDay:
    """The next outreach day, as somebody supported needs to know it."""

    on: date
    where: str
    length: str
    note: str
    parts: list[str]


@dataclass(frozen=True)
class OwnDay:
    """One outreach day of somebody supported, without what the AST wrote of it."""

    on: date
    state: str
    colour: str
    what: str
    """Where it is to be, or what was done."""


own_days: list[Callable[[SupportedStaff, date], Iterable[OwnDay]]] = []
"""Which days are a person's own: days to come, and later rooms those on which they took part (section G)."""


def days_of(person: SupportedStaff, today: date) -> list[OwnDay]:
    """The earliest first; none for somebody who has not joined yet."""
    if person.joining:
        return []
    return sorted((day for days in own_days for day in days(person, today)), key=lambda day: day.on)


reached: list[Callable[[Placement], dict[int, str]]] = []
"""Later rooms say how far each objective, by its number, was reached, once that is concluded (section G)."""


def reached_by(person: SupportedStaff, objectives: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of (objective, how far) of a person's own `objectives`; nothing for who is not or no more in it."""
    told = {number: far for said in reached for number, far in said(person.placement).items()} if person.is_in else {}
    return [(each["text"], told[each["number"]]) for each in objectives if each["number"] in told]


Coming = Callable[[SupportedStaff, date], NextDay | None]

_coming: dict[str, Coming] = {}


def answer_with(coming: Coming) -> None:
    """Days live in a later room, which says here which comes next for a person (R-18.8)."""
    _coming["days"] = coming


def next_day(person: SupportedStaff, today: date) -> NextDay | None:
    """The next day that concerns this person, and what happens on it; None while none is planned."""
    answer = _coming.get("days")
    return answer(person, today) if answer and not person.joining else None


def commitments() -> list[str]:
    """What everybody agrees to, in the words of the form."""
    return [str(label) for label in Commitment.labels]


def _signed(latest: Confirmation) -> str:
    return date_words(latest.signed_on) if latest.signed_on else ""


def _willing(person: SupportedStaff) -> str:
    points = (
        (person.willing_to_develop, "willing to develop your own practice"),
        (person.willing_to_continue, say("willing to carry on after the AST has left")),
    )
    words = " and ".join(words for said, words in points if said)
    return f"You are {words}"


def _day(moment: Any) -> str:
    return date_words(timezone.localdate(moment))

"""The way of a placement from the match to its first day, as steps with an owner and a state."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from astcoord.core.wording import date_words
from placements.agreement.lifecycle import Agreement
from placements.agreement.models import ProtocolItem
from placements.papers.models import SharedDocument
from placements.placement.lifecycle import PLACEMENT_UNDER_CONTRACT, PlacementStatus
from placements.placement.models import Placement
from placements.placement.reads import AST, CO, HOME, HOST, STAFF
from placements.supported.models import SupportedStaff
from schools.register.models import School

DONE, OPEN, STARTED, CANNOT, SKIPPED = "Completed", "Not started", "In progress", "Cannot start yet", "Not required"


@dataclass(frozen=True)
class Step:
    """One thing to do. `blocking`: the placement does not start without it. `readable`: others may open its page."""

    title: str
    owners: tuple[str, ...]
    state: str
    url: str | None = None
    hint: str = ""
    blocking: bool = True
    readable: bool = False
    button: str = "Continue"


@dataclass(frozen=True)
class StepFacts:
    """A placement with the rows that the steps count."""

    placement: Placement
    items: dict[int, ProtocolItem]
    people: list[SupportedStaff]
    papers: list[SharedDocument]
    objectives: int
    signatories: tuple[str, ...]
    signed: frozenset[str]
    has_pattern: bool
    inducted: bool
    chair_told: bool
    host_has_head: bool
    named: int = 0
    """How many were ever to be supported, those who withdrew among them."""

    @property
    def unconfirmed(self) -> int:
        return sum(1 for person in self.people if person.confirmed_at is None)

    @property
    def held(self) -> bool:
        return self.placement.status != PlacementStatus.PLANNED

    @property
    def agreed(self) -> int:
        return sum(1 for item in self.items.values() if item.agreement != Agreement.NOT_DISCUSSED)

    @property
    def confirmed(self) -> bool:
        return self.held and self.placement.status != PlacementStatus.PRELIMINARY_HELD

    @property
    def issued(self) -> bool:
        return self.placement.status in PLACEMENT_UNDER_CONTRACT

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"placements:{name}", args=[self.placement.pk, *args])


def steps(facts: StepFacts) -> list[Step]:
    """All steps in the order in which they are taken."""
    return [step for part in PARTS for step in part(facts)]


def _meeting(f: StepFacts) -> Iterator[Step]:
    called = f.placement.meeting_called_for
    words = f"{date_words(called)}, {f.placement.meeting_place}" if called else ""
    yield Step(
        "Call the preliminary meeting",
        (CO,),
        DONE if called or f.held else OPEN,
        f.url("meeting_call") if not f.held else None,
        words,
    )
    yield Step(
        "Record the preliminary meeting",
        (CO,),
        DONE if f.held else OPEN,
        f.url("meeting_hold") if not f.held else None,
    )


def _agreeing(f: StepFacts) -> Iterator[Step]:
    three = (HOST, AST, CO)
    count = f.agreed
    yield Step(
        "Agree the ten items of the protocol",
        three,
        _progress(f.held, count, 10),
        f.url("placement_protocol"),
        f"{count} of 10 agreed",
        readable=True,
    )
    p = f.placement
    terms = [p.host_expectations, p.ast_expectations, p.work_types, p.focus]
    yield Step(
        "Agree the terms",
        three,
        _progress(f.held, sum(map(bool, terms)), len(terms)),
        f.url("placement_terms") if f.held and not f.issued else None,
        "Dates, days, and what each side does",
    )
    yield Step(
        "Set the objectives",
        three,
        _progress(f.held, f.objectives, min(f.objectives, 1) or 1),
        f.url("placement_objectives"),
        f"{f.objectives} so far" if f.objectives else "At least one",
        readable=True,
    )
    yield _visit(f)
    yield Step(
        "Confirm the protocol",
        (CO,),
        DONE if f.confirmed else OPEN if count == 10 else CANNOT,
        f.url("placement_protocol"),
    )


def _visit(f: StepFacts) -> Step:
    p = f.placement
    discussed = f.items[5].agreement != Agreement.NOT_DISCUSSED if 5 in f.items else False
    state = DONE if p.visit_home_agrees else OPEN if discussed else CANNOT
    if p.visit_waived_reason:
        state = SKIPPED
    return Step(
        "Agree to the visit to the AST’s own school",
        (HOME,),
        state,
        f.url("visit_agree") if state == OPEN else None,
        blocking=False,
    )


def _people(f: StepFacts) -> Iterator[Step]:
    """R-6.11 and R-6.12: everybody's own word before the contract; a decision when nobody is left."""
    page = f.url("supported_people")
    if f.named and not f.people:
        title, hint = "Decide what happens: nobody is left to be supported", "Everybody named has withdrawn"
        yield Step(title, (CO,), OPEN, page, hint)
    elif f.people:
        done = len(f.people) - f.unconfirmed
        yield Step(
            "Get the confirmation of everybody supported",
            (STAFF, HOST),
            DONE if f.issued else _progress(True, done, len(f.people)),
            page,
            f"{done} of {len(f.people)} confirmed",
            button="See who has confirmed",
        )


def _contract(f: StepFacts) -> Iterator[Step]:
    agreed = f.confirmed and f.objectives and f.people and not f.unconfirmed
    yield Step(
        "Issue the contract",
        (CO,),
        DONE if f.issued else OPEN if agreed else CANNOT,
        f.url("contract_issue") if not f.issued else None,
    )
    titles = {
        HOST: "Sign as host headteacher",
        AST: "Sign as AST",
        CO: "Sign as co-ordinator",
        HOME: "Sign as home headteacher",
    }
    for party in f.signatories:
        done = party in f.signed
        yield Step(
            titles[party],
            (party,),
            DONE if done else OPEN if f.issued else CANNOT,
            f.url("contract") if f.issued else None,
            button="Read and sign",
            readable=True,
        )


def _before_the_first_day(f: StepFacts) -> Iterator[Step]:
    p = f.placement
    yield Step(
        "Send the role statement to the host headteacher",
        (CO,),
        DONE if p.role_statement_sent_on else OPEN,
        f.url("placement_item", 1),
        "It goes with the call to the meeting",
    )
    waived = bool(p.override_reason)
    yield Step(
        "Give the protocol to all staff",
        (HOST,),
        DONE if p.circulated_on else SKIPPED if waived else OPEN if f.confirmed else CANNOT,
        f.url("circulation"),
    )
    met = sum(1 for person in f.people if person.first_met_on)
    yield Step(
        "First talk with each person supported",
        (HOST, AST),
        _progress(f.confirmed, met, len(f.people)),
        f.url("circulation") if f.held else None,
        f"{met} of {len(f.people)} held",
        blocking=False,
    )
    yield from _papers(f)
    yield _chair(f, waived=waived)


def _papers(f: StepFacts) -> Iterator[Step]:
    applies = [paper for paper in f.papers if paper.state != SharedDocument.State.NOT_APPLICABLE]
    seen = sum(1 for paper in applies if paper.state != SharedDocument.State.OUTSTANDING)
    yield Step(
        "Show the AST the papers",
        (HOST,),
        _progress(f.held, seen, len(applies)),
        f.url("papers") if f.held else None,
        f"{seen} of {len(applies)} seen or uploaded",
        blocking=False,
    )


def _chair(f: StepFacts, *, waived: bool) -> Step:
    host: School = f.placement.host
    if f.chair_told:
        return Step("Tell the chair of governors", (HOST,), DONE, hint="Done by e-mail")
    if not (host.chair_name and host.chair_email):
        url = reverse("schools:contacts", args=[host.urn])
        return Step("Add the chair of governors to the school’s contacts", (HOST,), OPEN, url)
    state = SKIPPED if waived else CANNOT
    return Step("Tell the chair of governors", (HOST,), state, hint="Goes by itself when everybody has signed")


def _at_home(f: StepFacts) -> Iterator[Step]:
    p = f.placement
    yield Step(
        "Say how the AST’s classes are covered",
        (HOME,),
        DONE if p.cover else OPEN,
        f.url("cover"),
        "Daily supply or the head: think again" if {"supply", "head"} & set(p.cover) else "",
    )
    yield Step(
        "Set the AST’s outreach time",
        (HOME,),
        DONE if f.has_pattern else OPEN,
        reverse("staff:pattern", args=[p.post_id]) if not f.has_pattern else None,
    )
    yield Step("Complete the AST’s induction", (CO,), DONE if f.inducted else OPEN)
    if not f.host_has_head:
        yield Step("Give the host headteacher an account", (CO,), OPEN)


def _progress(may_start: bool, done: int, of: int) -> str:
    if not may_start:
        return CANNOT
    if of and done >= of:
        return DONE
    return STARTED if done else OPEN


PARTS: tuple[Callable[[StepFacts], Iterator[Step]], ...] = (
    _meeting,
    _agreeing,
    _people,
    _contract,
    _before_the_first_day,
    _at_home,
)

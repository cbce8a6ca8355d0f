"""The way of a placement from the match to its first day, as steps with an owner and a state."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.agreement.lifecycle import Agreement
from placements.agreement.models import ProtocolItem
from placements.agreement.reads.readiness import CONDITIONS, is_met, is_waived
from placements.agreement.rules.contracts import cover_warnings
from placements.papers.models import SharedDocument
from placements.placement.lifecycle import PLACEMENT_UNDER_CONTRACT, PlacementStatus
from placements.placement.models import Placement
from placements.placement.reads import AST, CO, HOME, HOST, STAFF
from placements.supported.models import SupportedStaff

DONE, OPEN, STARTED, CANNOT, SKIPPED = "Completed", "Not started", "In progress", "Cannot start yet", "Not required"


@dataclass(frozen=True)
class Step:
    """One thing to do. `blocking`: the placement does not start without it. `readable`: others may open its page.

    `approves`: of the office the co-ordinator alone does it, since the administrator approves nothing (R-3.3).
    """

    title: str
    owners: tuple[str, ...]
    state: str
    url: str | None = None
    hint: str = ""
    blocking: bool = True
    readable: bool = False
    button: str = "Continue"
    approves: bool = False


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
    consulted: bool | None = None
    """Both parts of the initial consultation are filled in; None where the policy does not ask for one (R-8.18)."""
    linked: bool | None = None
    """Somebody has said which of the authority's priorities it serves, or why none; None where nobody asks (R-14.1)."""
    paper: str = "contract"
    """What the paper is called that all sign (R-19.2)."""
    named: int = 0
    """How many were ever to be supported, those who withdrew among them."""

    @property
    def unconfirmed(self) -> int:
        return sum(1 for person in self.people if person.confirmed_at is None or person.owes_a_yes)

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

    def is_met(self, code: str) -> bool:
        """A condition of R-8.13 is met."""
        return is_met(CONDITIONS[code], self.placement)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"placements:{name}", args=[self.placement.pk, *args])


def steps(facts: StepFacts) -> list[Step]:
    """All steps in the order in which they are taken."""
    return [step for part in PARTS for step in part(facts)]


def still_useful(facts: StepFacts) -> list[Step]:
    """Of a placement that was agreed before this system: nothing of it holds anything up (R-17.4)."""
    cover = _to_start(facts, "cover", facts.url("cover"))
    return [replace(step, blocking=False) for step in (_papers(facts), cover)]


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


def _priorities(f: StepFacts) -> Iterator[Step]:
    """Asked when the placement begins, so that the contract is not held up by it."""
    if f.linked is not None:
        url = f.url("placement_priorities") if not f.issued else None
        yield Step(say("Say which of the authority’s priorities it serves"), (CO,), DONE if f.linked else OPEN, url)


def _consulting(f: StepFacts) -> Iterator[Step]:
    if f.consulted is not None:
        state = DONE if f.consulted else OPEN
        words, page = "Fill in the initial consultation", f.url("outreach_consultation")
        yield Step(words, (HOST, AST), state, page, "Each fills in a part", blocking=False, readable=True)


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
    terms = [p.host_expectations, p.ast_expectations, p.work_types, p.focus, f.is_met("inspector")]
    yield Step(
        "Agree the terms",
        three,
        _progress(f.held, sum(map(bool, terms)), len(terms)),
        f.url("placement_terms") if f.held and not f.issued else None,
        "Dates, days, what each side does, and who follows the work",
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
        say("Agree to the visit to the AST’s own school"),
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
            DONE if f.issued and f.is_met("people") else _progress(True, done, len(f.people)),
            page,
            f"{done} of {len(f.people)} confirmed",
            button="See who has confirmed",
        )


def _contract(f: StepFacts) -> Iterator[Step]:
    agreed = f.confirmed and f.objectives and f.people and not f.unconfirmed and f.linked is not False
    yield Step(
        f"Issue the {f.paper}",
        (CO,),
        DONE if f.issued else OPEN if agreed else CANNOT,
        f.url("contract_issue") if not f.issued else None,
        approves=True,
    )
    titles = {
        HOST: "Sign as host headteacher",
        AST: say("Sign as AST"),
        CO: say("Sign as co-ordinator"),
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


def _to_start(f: StepFacts, code: str, url: str | None = None, hint: str = "", *, otherwise: str = OPEN) -> Step:
    """The step that sees to one condition of R-8.13, `otherwise` as long as it is neither met nor set aside."""
    condition = CONDITIONS[code]
    state = DONE if f.is_met(code) else SKIPPED if is_waived(condition, f.placement) else otherwise
    return Step(condition.step, (condition.owner,), state, url, hint)


def _before_the_first_day(f: StepFacts) -> Iterator[Step]:
    yield _to_start(f, "p1", f.url("placement_item", 1), "It goes with the call to the meeting")
    yield _to_start(f, "p2", f.url("circulation"), otherwise=OPEN if f.confirmed else CANNOT)
    met = sum(1 for person in f.people if person.first_met_on)
    yield Step(
        "First talk with each person supported",
        (HOST, AST),
        _progress(f.confirmed, met, len(f.people)),
        f.url("circulation") if f.held else None,
        f"{met} of {len(f.people)} held",
        blocking=False,
    )
    yield _papers(f)
    yield _chair(f)


def _papers(f: StepFacts) -> Step:
    applies = [paper for paper in f.papers if paper.applies]
    seen = sum(1 for paper in applies if paper.is_done)
    return Step(
        say("Show the AST the papers"),
        (HOST,),
        _progress(f.held, seen, len(applies)),
        f.url("papers") if f.held else None,
        f"{seen} of {len(applies)} seen or uploaded",
        blocking=False,
    )


def _chair(f: StepFacts) -> Step:
    if not f.is_met("p3") and not f.is_met("chair"):
        return _to_start(f, "chair", reverse("schools:contacts", args=[f.placement.host.urn]))
    hint = "Done by e-mail" if f.is_met("p3") else "Goes by itself when everybody has signed"
    return _to_start(f, "p3", hint=hint, otherwise=CANNOT)


def _at_home(f: StepFacts) -> Iterator[Step]:
    p = f.placement
    hint = "Daily supply or the head: think again" if cover_warnings(p.cover) else ""
    yield _to_start(f, "cover", f.url("cover"), hint)
    yield _to_start(f, "pattern", reverse("staff:pattern", args=[p.post_id]) if not f.is_met("pattern") else None)
    yield _to_start(f, "induction")
    if not f.is_met("host-head"):
        yield _to_start(f, "host-head")


def _progress(may_start: bool, done: int, of: int) -> str:
    if not may_start:
        return CANNOT
    if of and done >= of:
        return DONE
    return STARTED if done else OPEN


PARTS: tuple[Callable[[StepFacts], Iterator[Step]], ...] = (
    _priorities,
    _consulting,
    _meeting,
    _agreeing,
    _people,
    _contract,
    _before_the_first_day,
    _at_home,
)

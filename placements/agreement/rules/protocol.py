"""The ten items of the preliminary meeting: their facts, the answers given, and when an item counts as done.

Pure: facts in, problems out (R-8.0 to R-8.10, R-9.1). Numbers are those of `placements.protocol_items`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import listed
from astcoord.core.words import say
from placements.agreement.lifecycle import Agreement, Fulfilment
from placements.placement.lifecycle import ReviewKind
from placements.placement.ten_items import ActionOwner

if TYPE_CHECKING:
    from placements.papers.models import SharedDocument
    from placements.placement.models import Placement, PlannedReview
    from placements.supported.models import SupportedStaff

DAYS_TO_ANSWER = 14
"""How long a head has for an action whose date nothing else fixes."""


@dataclass(frozen=True)
class ProtocolRows:
    """A placement with the rows beside it that the ten items look at; of the people those who have not withdrawn."""

    placement: "Placement"
    people: Sequence["SupportedStaff"] = ()
    reviews: Sequence["PlannedReview"] = ()
    papers: Sequence["SharedDocument"] = ()
    chair_told_on: date | None = None

    def dates(self, kind: ReviewKind) -> list[date]:
        """The days fixed in advance for one purpose, in order."""
        return sorted(review.on for review in self.reviews if review.kind == kind)


@dataclass(frozen=True)
class Answer:
    """What the meeting says of one item."""

    agreement: str
    action: str = ""
    owner: str = ""
    due: date | None = None


def meeting_problems(held_on: date, *, today: date, absent: tuple[str, ...], consent: str) -> list[Problem]:
    """R-8.0: the meeting has happened; if somebody was missing, the co-ordinator says why it went ahead."""
    problems = []
    if held_on > today:
        problems.append(Problem("The date of the meeting must be today or in the past.", "held_on", "R-8.0"))
    if absent and not consent.strip():
        message = f"Say why the meeting went ahead without {listed(absent)}."
        problems.append(Problem(message, "absence_consent", "R-8.0"))
    return problems


def answer_problems(answer: Answer, *, today: date) -> list[Problem]:
    """An action has words, an owner and a date that is still to come."""
    if answer.agreement != Agreement.WITH_ACTION:
        return []
    problems = []
    if not answer.action.strip():
        problems.append(Problem("Say what is still to be done.", "action", "R-8.0"))
    if not answer.owner:
        problems.append(Problem("Select who will do it.", "action_owner", "R-8.0"))
    if answer.due is None:
        problems.append(Problem("Enter the date by which it will be done.", "action_due", "R-8.0"))
    elif answer.due < today:
        problems.append(Problem("The date for the action must be today or later.", "action_due", "R-8.0"))
    return problems


def reopening_problems(*, contract_is_out: bool) -> list[Problem]:
    """R-8.11: a contract stands on ten agreed items, so none is taken back while it is out."""
    if not contract_is_out:
        return []
    return [
        Problem(
            "The contract is out: this item has to stay agreed. Change what was agreed instead.", "agreement", "R-8.11"
        )
    ]


def settle(number: int, placement: "Placement", answer: Answer, *, today: date) -> Answer:
    """R-8.5: while the home headteacher has not agreed to the visit, P5 is agreed only with that head's action."""
    if number != 5 or answer.agreement == Agreement.NOT_DISCUSSED or visit_settled(placement):
        return answer
    latest = placement.visit_planned_on or placement.starts_on or today + timedelta(days=DAYS_TO_ANSWER)
    return replace(
        answer,
        agreement=Agreement.WITH_ACTION,
        action=say("Agree to the visit to the AST’s own school"),
        owner=ActionOwner.HOME_HEAD,
        due=max(latest, today),
    )


def visit_settled(placement: "Placement") -> bool:
    """Both heads have agreed to the visit, or one has said why there is none."""
    return bool(placement.visit_waived_reason.strip()) or (placement.visit_host_agrees and placement.visit_home_agrees)


def fulfilment_problems(number: int, rows: ProtocolRows) -> list[Problem]:
    """R-8.1 to R-8.3: items with a fact of their own cannot be called done without it."""
    if number == 1 and rows.placement.role_statement_sent_on is None:
        return [Problem("Enter the date on which the role statement was sent.", "role_statement_sent_on", "R-8.1")]
    if number == 2 and rows.placement.circulated_on is None:
        return [Problem("Enter the date on which the papers went to all staff.", "circulated_on", "R-8.2")]
    if number == 3 and rows.chair_told_on is None:
        return [Problem("The notice to the chair of governors has not been sent yet.", "", "R-8.3")]
    return []


def fulfilment_of(number: int, rows: ProtocolRows, today: date) -> tuple[str, date | None] | None:
    """What the facts themselves say of P1, P2, P3 and P10; None for items that people mark."""
    if number == 1:
        return _dated(rows.placement.role_statement_sent_on)
    if number == 2:
        return _circulation(rows)
    if number == 3:
        return _dated(rows.chair_told_on)
    return _papers(rows.papers, today) if number == 10 else None


def reminder_due(starts_on: date, today: date) -> int:
    """R-9.2: which reminder of outstanding papers is due, 10 or 3 days before the first day; 0 for none."""
    left = (starts_on - today).days
    return next((days for days in (3, 10) if 0 <= left <= days), 0)


def _circulation(rows: ProtocolRows) -> tuple[str, date | None]:
    placement, met = rows.placement, [person.first_met_on for person in rows.people if person.first_met_on]
    if placement.circulated_on is None:
        return Fulfilment.OUTSTANDING, None
    if len(met) < len(rows.people) or not (placement.staff_meeting_not_needed or placement.staff_meeting_on):
        return Fulfilment.ONGOING, None
    return Fulfilment.FULFILLED, max([placement.circulated_on, *met])


def _papers(papers: Sequence["SharedDocument"], today: date) -> tuple[str, date | None]:
    done = sum(1 for paper in papers if paper.is_done)
    if papers and done == len(papers):
        return Fulfilment.FULFILLED, today
    return (Fulfilment.ONGOING if done else Fulfilment.OUTSTANDING), None


def _dated(on: date | None) -> tuple[str, date | None]:
    return (Fulfilment.FULFILLED, on) if on else (Fulfilment.OUTSTANDING, None)

"""The ten items of the preliminary meeting: their facts, the answers given, and when an item counts as done.

Pure: facts in, problems out (R-8.0 to R-8.10, R-9.1). Numbers are those of `placements.protocol_items`.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from astcoord.core.problems import Problem
from astcoord.core.wording import listed

HOME_HEAD = "home_head"
AGREED, WITH_ACTION, NOT_DISCUSSED = "agreed", "with_action", "not_discussed"
OUTSTANDING, ONGOING, FULFILLED = "outstanding", "ongoing", "fulfilled"
DAYS_TO_ANSWER = 14
"""How long a head has for an action whose date nothing else fixes."""


@dataclass(frozen=True)
class Person:
    """One of the people supported."""

    name: str
    selection: str = "self"
    willing: bool = True
    met_on: date | None = None


@dataclass(frozen=True)
class Paper:
    """One kind of paper (R-9.1). Only action plans may not apply."""

    label: str
    owner: str = ""
    due: date | None = None
    state: str = "outstanding"

    @property
    def applies(self) -> bool:
        return self.state != "not_applicable"

    @property
    def asked_for(self) -> bool:
        """Somebody is to provide it by a day."""
        return not self.applies or bool(self.owner and self.due)

    @property
    def done(self) -> bool:
        return self.state != "outstanding"


@dataclass(frozen=True)
class ProtocolFacts:
    """Everything that the ten items look at."""

    starts_on: date | None = None
    ends_on: date | None = None
    weekday: int | None = None
    role_statement_sent_on: date | None = None
    circulated_on: date | None = None
    staff_meeting_on: date | None = None
    staff_meeting_not_needed: bool = False
    people: tuple[Person, ...] = ()
    chair_known: bool = True
    chair_told_on: date | None = None
    school_evaluations: tuple[date, ...] = ()
    final_evaluation: date | None = None
    review_meetings: tuple[date, ...] = ()
    reserved_days: tuple[date, ...] = ()
    day_shape: str = ""
    visit_planned_on: date | None = None
    visit_host_agrees: bool = False
    visit_home_agrees: bool = False
    visit_waived_reason: str = ""
    notice_days: int | None = None
    focus: str = ""
    papers: tuple[Paper, ...] = ()
    today: date | None = None


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
        problems.append(_problem("The date of the meeting must be today or in the past.", "held_on", "R-8.0"))
    if absent and not consent.strip():
        problems.append(
            _problem(
                f"Say why the meeting went ahead without {listed(absent)}.",
                "absence_consent",
                "R-8.0",
            )
        )
    return problems


def answer_problems(answer: Answer, *, today: date) -> list[Problem]:
    """An action has words, an owner and a date that is still to come."""
    if answer.agreement != WITH_ACTION:
        return []
    problems = []
    if not answer.action.strip():
        problems.append(_problem("Say what is still to be done.", "action", "R-8.0"))
    if not answer.owner:
        problems.append(_problem("Select who will do it.", "action_owner", "R-8.0"))
    if answer.due is None:
        problems.append(_problem("Enter the date by which it will be done.", "action_due", "R-8.0"))
    elif answer.due < today:
        problems.append(_problem("The date for the action must be today or later.", "action_due", "R-8.0"))
    return problems


def reopening_problems(*, contract_is_out: bool) -> list[Problem]:
    """R-8.11: a contract stands on ten agreed items, so none is taken back while it is out."""
    if not contract_is_out:
        return []
    return [
        _problem(
            "The contract is out: this item has to stay agreed. Change what was agreed instead.", "agreement", "R-8.11"
        )
    ]


def settle(number: int, facts: ProtocolFacts, answer: Answer, *, today: date) -> Answer:
    """R-8.5: while the home headteacher has not agreed to the visit, P5 is agreed only with that head's action."""
    if number != 5 or answer.agreement == NOT_DISCUSSED or visit_settled(facts):
        return answer
    latest = facts.visit_planned_on or facts.starts_on or today + timedelta(days=DAYS_TO_ANSWER)
    return replace(
        answer,
        agreement=WITH_ACTION,
        action="Agree to the visit to the AST’s own school",
        owner=HOME_HEAD,
        due=max(latest, today),
    )


def visit_settled(facts: ProtocolFacts) -> bool:
    """Both heads have agreed to the visit, or one has said why there is none."""
    return bool(facts.visit_waived_reason.strip()) or (facts.visit_host_agrees and facts.visit_home_agrees)


def fulfilment_problems(number: int, facts: ProtocolFacts) -> list[Problem]:
    """R-8.1 to R-8.3: items with a fact of their own cannot be called done without it."""
    if number == 1 and facts.role_statement_sent_on is None:
        return [_problem("Enter the date on which the role statement was sent.", "role_statement_sent_on", "R-8.1")]
    if number == 2 and facts.circulated_on is None:
        return [_problem("Enter the date on which the papers went to all staff.", "circulated_on", "R-8.2")]
    if number == 3 and facts.chair_told_on is None:
        return [_problem("The notice to the chair of governors has not been sent yet.", "", "R-8.3")]
    return []


def fulfilment_of(number: int, facts: ProtocolFacts) -> tuple[str, date | None] | None:
    """What the facts themselves say of P1, P2, P3 and P10; None for items that people mark."""
    if number == 1:
        return _dated(facts.role_statement_sent_on)
    if number == 2:
        return _circulation(facts)
    if number == 3:
        return _dated(facts.chair_told_on)
    return _papers(facts) if number == 10 else None


def outstanding_meetings(facts: ProtocolFacts) -> list[str]:
    """R-8.2: the people whose individual first talk has not been held."""
    return [person.name for person in facts.people if person.met_on is None]


def reminder_due(starts_on: date, today: date) -> int:
    """R-9.2: which reminder of outstanding papers is due, 10 or 3 days before the first day; 0 for none."""
    left = (starts_on - today).days
    return next((days for days in (3, 10) if 0 <= left <= days), 0)


def _circulation(facts: ProtocolFacts) -> tuple[str, date | None]:
    if facts.circulated_on is None:
        return OUTSTANDING, None
    if outstanding_meetings(facts) or not (facts.staff_meeting_not_needed or facts.staff_meeting_on):
        return ONGOING, None
    days = [facts.circulated_on, *(p.met_on for p in facts.people if p.met_on)]
    return FULFILLED, max(days)


def _papers(facts: ProtocolFacts) -> tuple[str, date | None]:
    if facts.papers and all(paper.done for paper in facts.papers):
        return FULFILLED, facts.today
    return (ONGOING if any(paper.done for paper in facts.papers) else OUTSTANDING), None


def _dated(on: date | None) -> tuple[str, date | None]:
    return (FULFILLED, on) if on else (OUTSTANDING, None)


def _problem(message: str, field: str, rule: str) -> Problem:
    return Problem(message, field=field, rule=rule)

"""When evaluation forms are asked for, when one is whole, and what a final evaluation rests on (R-11.1 to R-11.5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from astcoord.core.problems import Problem
from astcoord.core.wording import listed
from astcoord.core.words import say
from evaluation.evaluations.lifecycle import EVALUATION_ANSWERED, AskedOf, EvaluationStatus, Reached
from evaluation.evaluations.wording import Sheet
from evaluation.reviews.wording import sole_cause_claims

if TYPE_CHECKING:
    from evaluation.evaluations.models import Evaluation

ANSWER_WITHIN = timedelta(days=14)
"""From the day a form is asked for to the day it is due†."""
LATE = timedelta(days=14)
"""So long overdue, the co-ordinator is told (R-11.16)."""
YOUNG = timedelta(days=14)
"""A placement that began less than this before a half-term's end has nothing to tell of yet†."""
CATCH_UP = timedelta(days=28)
"""A worker that was away still asks for what was due to be asked within this time."""


def interim_dates(*, planned: Sequence[date], half_term_ends: Iterable[date], first: date, last: date) -> list[date]:
    """R-11.1: the dates fixed with the protocol (P4); where none is fixed, the end of each half-term of the placement.

    The last half-term's end is left to the final evaluation where it lies in the placement's last fortnight.
    """
    if planned:
        return sorted({on for on in planned if first <= on <= last})
    return sorted({on for on in half_term_ends if first + YOUNG <= on <= last - ANSWER_WITHIN})


def asked_lately(dates: Iterable[date], today: date) -> list[date]:
    """Those whose day has come, and not so long ago that nobody would know what is asked."""
    return [on for on in dates if today - CATCH_UP <= on <= today]


def is_late(due_on: date, today: date) -> bool:
    """R-11.16: overdue by more than a fortnight."""
    return today > due_on + LATE


@dataclass(frozen=True)
class ObjectiveAnswer:
    """What is said of one objective in the end."""

    number: int
    reached: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Answers:
    """A filled-in form: values by the names of its questions, and what is said of each objective."""

    values: Mapping[str, Any]
    objectives: Sequence[ObjectiveAnswer] = ()
    shared: bool | None = None


@dataclass(frozen=True)
class Asked:
    """What the form has to hold: its sheet, the agreed objectives, whether sharing is the writer's to decide."""

    sheet: Sheet
    numbers: Sequence[int] = field(default_factory=tuple)
    may_share: bool = False


def missing_from(asked: Asked, given: Answers, today: date) -> list[Problem]:
    """What keeps a form from being handed in; nothing asked is about how good anybody is (R-10.6)."""
    problems: list[Problem] = []
    for question in asked.sheet.questions:
        value = given.values.get(question.name)
        said = value.strip() if isinstance(value, str) else value
        if question.needed and not said:
            problems.append(Problem(question.missing, question.name, "R-11.1", question.name))
        elif isinstance(said, date) and said > today:
            problems.append(Problem("The day of the talk must be today or in the past", question.name, "R-11.5", "day"))
        elif isinstance(said, str):
            problems += sole_cause_claims(said, field=question.name)
    if asked.sheet.objectives:
        problems += _objectives(asked.numbers, given.objectives)
    if asked.may_share and given.shared is None:
        problems.append(Problem(say("Select whether the AST may read your answers"), "shared", "R-11.1", "shared"))
    return problems


def _objectives(numbers: Sequence[int], answers: Sequence[ObjectiveAnswer]) -> list[Problem]:
    """R-11.5, R-15.10: every agreed objective is answered, with what shows it wherever something was reached."""
    given = {answer.number: answer for answer in answers}
    problems: list[Problem] = []
    for number in numbers:
        answer = given.get(number, ObjectiveAnswer(number))
        if not answer.reached:
            words = f"Select how far objective {number} was reached"
            problems.append(Problem(words, f"reached_{number}", "R-11.5", "reached"))
        elif answer.reached in (Reached.REACHED, Reached.PARTLY) and not answer.evidence.strip():
            words = f"Enter what shows it for objective {number}"
            problems.append(Problem(words, f"evidence_{number}", "R-11.5", "evidence"))
        problems += sole_cause_claims(answer.evidence, field=f"evidence_{number}")
    return problems


VIEWS = {AskedOf.HOST_HEAD: "the host headteacher’s form", AskedOf.SUPPORTED: "a supported person’s form"}
"""What a final evaluation needs beside the AST's own word (R-11.3)."""


def missing_views(forms: Iterable["Evaluation"]) -> list[str]:
    """R-11.3: of the host head and of at least one person supported, those whose view is neither there nor waived.

    `forms` are the final forms of one placement. A party's view counts as waived when every form of it was.
    """
    found: dict[str, set[str]] = {party: set() for party in VIEWS}
    for form in forms:
        if form.asked_of in found:
            found[form.asked_of].add(form.status)
    return [
        words
        for party, words in VIEWS.items()
        if not found[party] & EVALUATION_ANSWERED and found[party] != {EvaluationStatus.WAIVED}
    ]


def conclusion_problems(missing: Sequence[str], reason: str) -> list[Problem]:
    """R-11.3: a final evaluation never rests on the AST's own word alone; the co-ordinator may waive with a reason."""
    if not missing or reason.strip():
        return []
    words = (
        f"Wait for {listed(missing)}, or enter why the final evaluation does without: it never rests "
        f"on {say('the AST')}’s "
        "own view alone"
    )
    return [Problem(words, "without_reason", "R-11.3", "self-report")]


def reason_problems(reason: str, name: str = "reason") -> list[Problem]:
    """A waiver and a return say why."""
    return [] if reason.strip() else [Problem("Enter the reason", name, "R-11.3", "reason")]

"""When a term's impact review is due, and when it is whole (R-11.2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from astcoord.core.problems import Problem
from evaluation.reviews.lifecycle import Progress
from evaluation.reviews.wording import sole_cause_claims

OPENS_BEFORE_END = timedelta(days=20)
"""Reviews open when the last three weeks of a term begin."""
DUE_BEFORE_END = timedelta(days=7)

HINTS: dict[str, str] = {
    Progress.NOTHING: "No work on this objective was planned this term, or it has not begun",
    Progress.STARTED: "Work has begun. There is nothing to compare with the starting point yet",
    Progress.SOME: "Some of what was hoped for can be seen, in places or with some pupils",
    Progress.GOOD: "Most of what was hoped for can be seen, and it is becoming usual practice",
    Progress.MET: "What was agreed as success has been reached, and the evidence shows it",
}
"""What each word for progress means, on the form, on the page and on paper."""


def opens_on(term_ends_on: date) -> date:
    """The first day of the term's last three weeks."""
    return term_ends_on - OPENS_BEFORE_END


def due_on(term_ends_on: date, today: date) -> date:
    """A week before the term ends; a review that is opened later is due at once."""
    return max(term_ends_on - DUE_BEFORE_END, today)


@dataclass(frozen=True)
class Answer:
    """What the AST says of one objective."""

    number: int
    progress: str = ""
    evidence: str = ""
    next_steps: str = ""


def missing_from_review(
    answers: Sequence[Answer], numbers: Iterable[int], summary: str, standards: str = ""
) -> list[Problem]:
    """Every agreed objective is answered, with evidence for every progress there is (R-11.2).

    An effect on standards is told apart from it, where anything shows one (R-11.14).
    """
    given = {answer.number: answer for answer in answers}
    problems: list[Problem] = []
    for number in numbers:
        answer = given.get(number, Answer(number))
        if not answer.progress:
            wanted = f"Select the progress for objective {number}"
            problems.append(Problem(wanted, f"progress_{number}", "R-11.2", "progress"))
        elif answer.progress != Progress.NOTHING and not answer.evidence.strip():
            problems.append(
                Problem(
                    f"Enter what shows the progress for objective {number}", f"evidence_{number}", "R-11.2", "evidence"
                )
            )
        problems += sole_cause_claims(answer.evidence, field=f"evidence_{number}")
    if not summary.strip():
        problems.append(Problem("Enter what has changed in the school", "summary", "R-11.2", "summary"))
    claims = [*sole_cause_claims(summary, field="summary"), *sole_cause_claims(standards, field="standards")]
    return [*problems, *claims]

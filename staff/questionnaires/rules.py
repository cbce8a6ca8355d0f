"""What a questionnaire, a question and an answer need: pure functions (R-3.10, R-3.23)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.suppression import SMALLEST_GROUP, count_words
from astcoord.core.words import say
from staff.questionnaires.lifecycle import QuestionKind

if TYPE_CHECKING:
    from staff.questionnaires.models import Question

FAR = 183
"""Days ahead beyond which a closing day is a slip of the pen†."""
REMINDED_BEFORE = timedelta(days=3)
"""So long before the closing day whoever has not answered is reminded, once†."""
LEAST_CHOICES, MOST_CHOICES, LONGEST_CHOICE = 2, 10, 120
RULE = "R-3.10"


@dataclass(frozen=True)
class Asks:
    """A question before it is stored; no answers where own words are asked for."""

    text: str
    choices: tuple[str, ...] = ()

    @property
    def kind(self) -> QuestionKind:
        return QuestionKind.CHOICE if self.choices else QuestionKind.TEXT


BALANCE_TITLE = "The balance of your own school and outreach"
BALANCE = (
    Asks(
        "Is the balance between your time in your own school and your outreach right?",
        ("It is right", "Too little outreach", "Too much outreach"),
    ),
    Asks(
        "What stands in the way most?",
        (
            "Nothing",
            "Cover for my classes",
            "Other duties in my own school",
            "Travel",
            "Too few requests for what I offer",
            "Something else",
        ),
    ),
    Asks("What would help?"),
)
"""R-3.23: the same every year, so that years can be compared."""


def closing_problems(closes_on: date, *, today: date) -> list[Problem]:
    """There is time to answer, and not for ever."""
    if closes_on <= today:
        return [Problem("The last day to answer must be tomorrow or later", "closes_on", RULE, "past")]
    if (closes_on - today).days > FAR:
        words = "The last day to answer is more than half a year ahead. Check the date."
        return [Problem(words, "closes_on", RULE, "far")]
    return []


def may_show_anew(*, new: int, before: int) -> bool:
    """Section G: results that were read come again when three or more have said something new, or before any were."""
    return new >= SMALLEST_GROUP or before < SMALLEST_GROUP


def question_problems(kind: str, choices: Sequence[str]) -> list[Problem]:
    """Answers to choose from, each once, where one of several is to be chosen; none for own words."""
    if kind == QuestionKind.TEXT:
        if choices:
            words = "Own words have no answers to choose from. Leave this empty, or ask for one of several answers."
            return [Problem(words, "choices", RULE, "choices")]
        return []
    if not LEAST_CHOICES <= len(choices) <= MOST_CHOICES:
        words = f"Enter {LEAST_CHOICES} to {MOST_CHOICES} answers, one on each line"
        return [Problem(words, "choices", RULE, "choices")]
    if any(len(each) > LONGEST_CHOICE for each in choices):
        return [Problem(f"An answer has {LONGEST_CHOICE} characters at most", "choices", RULE, "long")]
    if len({each.casefold() for each in choices}) < len(choices):
        return [Problem("Each answer must be a different one", "choices", RULE, "twice")]
    return []


def send_problems(*, questions: int, asked: int, closes_on: date, today: date) -> list[Problem]:
    """Something to ask, somebody to ask, and time to answer."""
    found = closing_problems(closes_on, today=today)
    if not questions:
        found.append(Problem("Add a question first", "", RULE, "empty"))
    if not asked:
        found.append(Problem(say("No AST is of this kind. Change whom it goes to."), "", RULE, "nobody"))
    return found


def answer_problems(questions: Iterable["Question"], said: dict[int, str]) -> list[Problem]:
    """One of its answers to each question that has some; own words may be left out."""
    return [
        Problem("Select an answer", f"q{each.pk}", RULE, "missing")
        for each in questions
        if each.kind == QuestionKind.CHOICE and said.get(each.pk, "") not in each.answers
    ]


def reminder_due(*, sent_on: date, closes_on: date, today: date) -> bool:
    """In the last days, and not on the day that it was sent.

    >>> reminder_due(sent_on=date(2026, 10, 1), closes_on=date(2026, 10, 20), today=date(2026, 10, 17))
    True
    """
    return closes_on - REMINDED_BEFORE <= today <= closes_on and today > sent_on


Group = tuple[str, list[int]]
"""Its words, and the numbers of those who belong to it."""


def joined(groups: Sequence[Group]) -> list[Group]:
    """Groups of one or two are counted with the next larger one: nobody’s answer stands alone (section G).

    >>> joined([("Primary", [1, 2, 3]), ("Secondary", [4, 5, 6, 7]), ("Special", [8])])
    [('Primary, Special', [1, 2, 3, 8]), ('Secondary', [4, 5, 6, 7])]
    """
    found = list(groups)
    while len(found) > 1:
        least, next_ = sorted(found, key=lambda group: len(group[1]))[:2]
        if len(least[1]) >= SMALLEST_GROUP:
            break
        first, second = sorted((least, next_), key=found.index)
        found[found.index(first)] = (f"{first[0]}, {second[0]}", first[1] + second[1])
        found.remove(second)
    return found


def response_words(sent: int, back: int) -> str:
    """R-3.10: how many have answered, of how many. One or two are not told.

    >>> response_words(20, 12), response_words(20, 2)
    ('20 sent, 12 back: 60%', '20 sent, fewer than 3 back')
    """
    if 0 < back < SMALLEST_GROUP:
        return f"{sent} sent, {count_words(back)} back"
    return f"{sent} sent, {back} back: {round(100 * back / sent) if sent else 0}%"

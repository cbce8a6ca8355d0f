"""Three questions that a governor may ask, chosen from the facts; never about a person's work (R-10.6, R-13.2).

Each list is in the order of choice: the first three that apply are asked. The last ones always apply, so that there
are three whatever the facts are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from astcoord.core.wording import counted, days_words, listed, plural
from astcoord.core.words import say_later

ASKED = 3
WEEKS_NEAR = 6
"""So many weeks before the last day the end is near."""
STILL = frozenset({"nothing", "not", "unclear"})
"""Codes of progress, and of what was reached, that leave something to ask."""
THERE = frozenset({"met", "reached"})
"""Codes that say that an objective is reached."""


@dataclass(frozen=True)
class HostFacts:
    """One placement, as its summary has it. `progress` has codes by the objective's number, where one has been told."""

    under_way: bool
    begun: bool
    over: bool
    ended_early: bool
    agreed: Decimal
    used: Decimal
    planned: Decimal
    weeks_left: int | None
    objectives: int
    progress: Mapping[int, str] = field(default_factory=dict)
    reviewed_since: bool = False
    called_off: int = 0
    linked: bool = True
    standards: bool = True
    """The final evaluation, where it is concluded, says something of an effect on standards (R-11.14)."""

    @property
    def free(self) -> Decimal:
        """Days of the contract that are neither used nor planned."""
        return max(self.agreed - self.used - self.planned, Decimal(0))

    @property
    def near(self) -> bool:
        return self.weeks_left is not None and self.weeks_left <= WEEKS_NEAR

    @property
    def still(self) -> list[int]:
        """Objectives of which nothing was to be told, or that were not reached."""
        return sorted(number for number, code in self.progress.items() if code in STILL)

    @property
    def all_there(self) -> bool:
        return bool(self.objectives) and sum(code in THERE for code in self.progress.values()) == self.objectives


@dataclass(frozen=True)
class HomeFacts:
    """The ASTs whom one school employs, and what they gave this year. `late` says that it is the summer term."""

    asts: int
    budget: Decimal
    given: Decimal
    ideas: int
    none_given: Sequence[str] = ()
    """Names of ASTs with a budget who have given no day yet."""
    late: bool = False


Facts = TypeVar("Facts")


@dataclass(frozen=True)
class Question(Generic[Facts]):
    """Asked where it `applies`, or always; `words` may be made from the facts."""

    words: str | Callable[[Facts], str]
    applies: Callable[[Facts], bool] | None = None

    def asked(self, facts: Facts) -> bool:
        return self.applies is None or self.applies(facts)

    def told(self, facts: Facts) -> str:
        return self.words if isinstance(self.words, str) else self.words(facts)


HOST: tuple[Question[HostFacts], ...] = (
    Question(
        "The work ended early. Which of its aims does the school go on with by itself, and how?",
        lambda f: f.ended_early,
    ),
    Question(
        "No outreach day has been written up yet. When was the first one, or what stands in its way?",
        lambda f: f.under_way and f.begun and not f.used,
    ),
    Question(
        lambda f: (
            f"The last day is near, and {days_words(f.free)} of {days_words(f.agreed)} "
            f"{plural(f.free, 'is', 'are')} neither used nor planned. What will become of {_it(f.free)}?"
        ),
        lambda f: f.under_way and f.near and f.free > 0,
    ),
    Question(
        lambda f: f"{_objectives(f.still)} not told to be reached. What does the school do about that now?",
        lambda f: f.over and bool(f.still),
    ),
    Question(
        "The final evaluation gives no evidence on standards. Which figures will show whether pupils gain, and when?",
        lambda f: f.over and not f.standards,
    ),
    Question(
        "How far the objectives have come has not been told yet. When will governors read the first review?",
        lambda f: f.under_way and f.used > 0 and f.objectives > 0 and not f.progress,
    ),
    Question(
        lambda f: f"{_objectives(f.still)} without progress to tell. What would help?",
        lambda f: f.under_way and bool(f.still),
    ),
    Question(
        (
            "No review of the objectives has been accepted since last term. What would the next one say, and when is "
            "it due?"
        ),
        lambda f: f.under_way and bool(f.progress) and not f.reviewed_since,
    ),
    Question(
        "Every objective is met. What are the days that remain for?",
        lambda f: f.under_way and f.all_there and f.agreed > f.used,
    ),
    Question(
        lambda f: f"No day is planned, and {days_words(f.free)} {plural(f.free, 'is', 'are')} left. What is the plan?",
        lambda f: f.under_way and not f.near and not f.planned and f.free > 0,
    ),
    Question(
        lambda f: (
            f"{counted(f.called_off, 'day')} {plural(f.called_off, 'was', 'were')} called off since last term. "
            "Could the school make it easier to hold them?"
        ),
        lambda f: f.called_off > 1,
    ),
    Question(
        say_later("It is linked to none of the authority’s priorities. How does it serve the school’s own plan?"),
        lambda f: not f.linked,
    ),
    Question(
        "The last day is near. What is planned for afterwards, so that what works goes on?",
        lambda f: f.under_way and f.near,
    ),
    Question(
        "What of the work is still in use, and how does the school know?",
        lambda f: f.over,
    ),
    Question("What do teachers do differently since the work began, and what in pupils’ work shows it?"),
    Question("How does the school see to it that the staff who take part have the time for it?"),
    Question("How does what was learnt reach the teachers who did not take part?"),
)

HOME: tuple[Question[HomeFacts], ...] = (
    Question(
        lambda f: (
            f"{listed(f.none_given)} {plural(len(f.none_given), 'has', 'have')} given no day to other schools yet this "
            "year. Is the time for it kept free?"
        ),
        lambda f: bool(f.none_given),
    ),
    Question(
        say_later("More days were given than the year holds. How are the ASTs’ own classes taught on these days?"),
        lambda f: f.budget > 0 and f.given > f.budget,
    ),
    Question(
        "It is the summer term, and less than half of the year’s days were given. What stands in the way?",
        lambda f: f.late and f.budget > 0 and f.given * 2 < f.budget,
    ),
    Question(
        "No idea from another school was written down this year. What has come back to the school?",
        lambda f: f.given > 0 and not f.ideas,
    ),
    Question(
        "Which of the ideas that came back are in use at the school, and by whom?",
        lambda f: f.ideas > 0,
    ),
    Question(
        say_later("The school employs no AST at the moment. Would it be right for the school to have one?"),
        lambda f: f.asts == 0,
    ),
    Question(
        say_later("Which of the school’s teachers might become an AST, and what would they need?"),
        lambda f: f.asts == 0,
    ),
    Question(
        say_later("How does the school draw on the ASTs of other schools?"),
        lambda f: f.asts == 0,
    ),
    Question(
        say_later("How are the classes of our ASTs taught on the days when they are at other schools?"),
        lambda f: f.asts > 0,
    ),
    Question(
        say_later("What do our own pupils and teachers gain from having an AST at the school?"),
        lambda f: f.asts > 0,
    ),
    Question(
        say_later("How do head and governors see that the AST’s objectives include the work for other schools?"),
        lambda f: f.asts > 0,
    ),
)


def of_host(facts: HostFacts) -> list[str]:
    """Always three."""
    return _chosen(HOST, facts)


def of_home(facts: HomeFacts) -> list[str]:
    """Always three."""
    return _chosen(HOME, facts)


def _chosen(questions: Sequence[Question[Facts]], facts: Facts) -> list[str]:
    return [question.told(facts) for question in questions if question.asked(facts)][:ASKED]


def _objectives(numbers: Sequence[int]) -> str:
    noun = plural(len(numbers), "Objective")
    return f"{noun} {listed(map(str, numbers))} {plural(len(numbers), 'is', 'are')}"


def _it(days: Decimal) -> str:
    return "it" if days <= 1 else "them"

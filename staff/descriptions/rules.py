"""What a job description must say, and when it may be agreed: pure functions (R-2.5, R-2.6)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from astcoord.core.problems import Problem
from astcoord.core.words import say_later

LONGEST_LINE = 300
"""Characters of one responsibility."""
MARKS = "-–•* \t"
"""What people put before the points of a list."""


@dataclass(frozen=True)
class Parts:
    """The four parts, as they are written. What is listed has each point on a line of its own."""

    title: str = ""
    responsibilities: Sequence[str] = ()
    management_duties: str = ""
    line_manager: str = ""
    purpose: str = ""
    head_part: str = ""
    classroom_tasks: str = ""
    outreach_tasks: str = ""


def lines_of(text: str) -> list[str]:
    """The points of a list, one on each line, without what people put before them.

    >>> lines_of("- Lead mathematics\\n\\n  • Help other schools ")
    ['Lead mathematics', 'Help other schools']
    """
    return [line for each in text.splitlines() if (line := " ".join(each.strip(MARKS).split()))]


WANTED = (
    ("title", "Title: enter what the post is called"),
    ("responsibilities", "Title: enter at least one main responsibility"),
    ("line_manager", "Accountable to: enter the line manager at the school"),
    ("purpose", "Purpose: enter what the job is for in the school"),
    ("head_part", "Purpose: enter the headteacher’s part in supporting teachers, at home and in host schools"),
    ("classroom_tasks", say_later("Key tasks: the classroom is missing. Enter what the AST does there")),
    ("outreach_tasks", say_later("Key tasks: outreach is missing. Enter what the AST does in other schools")),
)


def whole_problems(parts: Parts) -> list[Problem]:
    """R-2.5: four parts, each filled, before anybody is asked to agree; each problem names what is missing."""
    said = {name: getattr(parts, name) for name, _ in WANTED}
    empty = {name for name, value in said.items() if not (value.strip() if isinstance(value, str) else value)}
    return [Problem(words, name, "R-2.5", "missing") for name, words in WANTED if name in empty]


def listed_problems(responsibilities: Sequence[str], objectives: Mapping[str, Collection[str]]) -> list[Problem]:
    """R-2.6: none twice, none endless, none gone that an objective names. `objectives`: their texts by responsibility.

    `objectives` holds only responsibilities that are about to go.
    """
    found, seen = [], set()
    for each in responsibilities:
        if len(each) > LONGEST_LINE:
            words = f"“{each[:40]}…” is longer than {LONGEST_LINE} characters. Put each responsibility on its own line."
            found.append(Problem(words, "responsibilities", "R-2.5", "long"))
        if each.casefold() in seen:
            found.append(Problem(f"“{each[:60]}” is listed twice", "responsibilities", "R-2.5", "twice"))
        seen.add(each.casefold())
    for gone, texts in objectives.items():
        words = f"The objective “{next(iter(texts))}” lies in “{gone}”. Change or remove that objective first."
        found.append(Problem(words, "responsibilities", "R-2.6", "named"))
    return found


OUTSIDE = (
    "An objective must lie in one of the responsibilities that this job description lists. Select one of them, or add "
    "the responsibility first."
)
NO_OUTREACH = "No objective is on outreach. At least one should be."


def objective_problems(*, text: str, criterion: str, inside: bool) -> list[Problem]:
    """R-2.6, R-12.1: it says something, and what will count as success; it lies inside the listed responsibilities."""
    found = []
    if not text.strip():
        found.append(Problem("Enter the objective", "text", "R-2.6", "missing"))
    if not criterion.strip():
        found.append(Problem("Enter what will count as success", "criterion", "R-12.1", "missing"))
    if not inside:
        found.append(Problem(OUTSIDE, "responsibility", "R-2.6", "outside"))
    return found


def outreach_warnings(on_outreach: Iterable[bool]) -> list[Problem]:
    """At least one objective on outreach is wished for; nothing is refused for want of it. `on_outreach`: of each."""
    return [] if any(on_outreach) else [Problem(NO_OUTREACH, "", "R-12.1", "no-outreach", warning=True)]


def link_warnings(bare: Sequence[str], loose: Sequence[str]) -> list[Problem]:
    """R-12.1: objectives without a success criterion, and those that name no action plan or no training plan."""
    found = []
    for text in bare:
        words = f"“{text}” does not say what will count as success"
        found.append(Problem(words, "", "R-12.1", "no-criterion", warning=True))
    for text in loose:
        words = f"“{text}” does not say what of the action plan and of the training plan serves it"
        found.append(Problem(words, "", "R-12.1", "no-plan", warning=True))
    return found


def answer_problems(*, seen: int, asked: int) -> list[Problem]:
    """Whoever answers has read what is there now: `seen` is how often it had been put when the page was opened."""
    if seen == asked:
        return []
    words = "It was changed after you opened the page. Read it again before you answer."
    return [Problem(words, "", "R-2.5", "changed")]

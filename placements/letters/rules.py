"""What an availability letter says of the ASTs, and when a term's letters are due (R-5.1, R-5.4). Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.words import say
from schools.calendar.lifecycle import Season

if TYPE_CHECKING:
    from staff.posts.models import Expertise

CATCH_UP = timedelta(days=14)
"""For how long after a term's first working day a round that was missed is still built."""

COMPULSORY_SEASON = Season.SUMMER
"""The summer-term issue goes out whatever the policy says (R-5.1)."""


@dataclass(frozen=True)
class Area:
    """One line of the letter: a subject over all ASTs. `asts` counts everyone in post who lists it."""

    subject: str
    key_stages: tuple[str, ...]
    asts: int
    available: bool


def areas(
    expertise: Iterable["Expertise"],
    free: Collection[int],
    *,
    subjects: Iterable[str],
    key_stages: Iterable[str],
) -> list[Area]:
    """One line per subject that anyone lists, in the order of `subjects`; `free` are posts that could be matched today.

    The stated rule (R-5.4): everyone in post is counted; an area is available where somebody in it could be matched.
    The key stages are all those of its experts, in the order of `key_stages`.
    """
    listed, order = list(expertise), list(key_stages)
    found = []
    for subject in subjects:
        posts = [each.post for each in listed if each.subject == subject]
        if posts:
            stages = {stage for post in posts for stage in post.key_stages}
            available = any(post.pk in free for post in posts)
            found.append(Area(subject, tuple(s for s in order if s in stages), len(posts), available))
    return found


def stage_words(stages: Collection[str], *, words: Mapping[str, str]) -> str:
    """Key stages shortly, three that follow each other as one: `words` has all of them in order, with their names.

    >>> words = {"f": "Foundation", "1": "KS1", "2": "KS2", "3": "KS3", "4": "KS4"}
    >>> stage_words(("f", "1", "2", "4"), words=words), stage_words(("1", "2"), words=words)
    ('Foundation to KS2, KS4', 'KS1, KS2')
    """
    order = list(words)
    found: list[list[str]] = []
    for place, stage in enumerate(order):
        if stage in stages:
            if place and order[place - 1] in stages:
                found[-1].append(words[stage])
            else:
                found.append([words[stage]])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(run) for run in found)


def unfit_problems(*, address: Collection[str], asts: int, signatory: str | None) -> list[Problem]:
    """Why letters cannot go out: they name who writes, who signs and how many ASTs there are (R-5.1, R-17.1).

    `signatory` is None for letters that are signed already.
    """
    found = []
    if not any(line.strip() for line in address):
        message = "The letters have no address of the office: enter it in the policy."
        found.append(Problem(message, rule="R-17.1", code="no-address"))
    if not asts:
        found.append(Problem(say("No AST is in post: enter the ASTs first."), rule="R-5.1", code="no-asts"))
    if signatory == "":
        message = say("Nobody is co-ordinator today, so nobody can sign the letters: give somebody the role.")
        found.append(Problem(message, rule="R-17.1", code="no-signatory"))
    return found


def is_due(*, first_working_day: date, today: date) -> bool:
    """The term has opened, and not so long ago that its letters would be stale."""
    return first_working_day <= today <= first_working_day + CATCH_UP


def season_is_served(season: str, letter_terms: Iterable[str]) -> bool:
    """Whether the policy has letters in this season; summer always has (R-5.1)."""
    return season == COMPULSORY_SEASON or season in set(letter_terms)


def salutation(head_name: str) -> str:
    """How the letter begins: the headteacher by name where one is known."""
    return f"Dear {head_name}" if head_name else "Dear Headteacher"


def addressee_lines(*, head_name: str, school_name: str, address: Iterable[str]) -> list[str]:
    """The address window."""
    return [head_name or "The Headteacher", school_name, *address]

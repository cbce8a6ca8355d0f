"""What has changed since last term, in sentences made from facts (R-13.2, R-13.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from astcoord.core.suppression import count_words
from astcoord.core.wording import counted, date_words, days_words, listed, plural
from astcoord.core.words import say

NOTHING = "Nothing has changed."
NO_TERM = "This cannot be said: the school calendar holds no term yet."


@dataclass(frozen=True)
class Since:
    """The last day that was told of before, what follows the word “since”, and the season of the term after it."""

    day: date
    words: str
    season: str


@dataclass(frozen=True)
class Moved:
    """An objective whose progress reads otherwise; `before` is empty where none had been told."""

    number: int
    before: str
    now: str


@dataclass(frozen=True)
class HostChanges:
    """What happened to one placement. States and progress are in words; days are days.

    `head` and `ast` handed in an evaluation, `supported` is how many of the people supported did.
    `extended_to` is the last day that an extension has set; `changed` says that another change came into force.
    """

    state_before: str = ""
    state: str = ""
    days: Decimal = Decimal(0)
    called_off: int = 0
    moved: Sequence[Moved] = ()
    reviews: int = 0
    head: bool = False
    ast: bool = False
    supported: int = 0
    concluded: bool = False
    extended_to: date | None = None
    changed: bool = False


@dataclass(frozen=True)
class HomeChanges:
    """What happened to the ASTs whom a school employs; `began` and `left` are names of ASTs."""

    days: Decimal = Decimal(0)
    schools: int = 0
    ideas: int = 0
    began: Sequence[str] = ()
    left: Sequence[str] = ()


def of_host(changes: HostChanges) -> list[str]:
    """For the host school's governors; never empty."""
    return list(_of_host(changes)) or [NOTHING]


def of_home(changes: HomeChanges) -> list[str]:
    """For the governors of the ASTs' own school; never empty."""
    return list(_of_home(changes)) or [NOTHING]


def _of_host(changes: HostChanges) -> Iterator[str]:
    if changes.state_before and changes.state_before != changes.state:
        yield f"The state was “{changes.state_before}” and is now “{changes.state}”."
    if changes.extended_to:
        yield f"{say('The placement')} was extended. Its last day is now {date_words(changes.extended_to)}."
    if changes.changed:
        yield "The contract was changed, and all sides have signed the change."
    if changes.days:
        yield f"{days_words(changes.days)} {plural(changes.days, 'was', 'were')} used."
    if changes.called_off:
        yield f"{counted(changes.called_off, 'planned day')} {plural(changes.called_off, 'was', 'were')} called off."
    for moved in changes.moved:
        before = f" Before, it was “{moved.before}”." if moved.before else ""
        yield f"Objective {moved.number} is now at “{moved.now}”.{before}"
    if changes.reviews:
        yield f"{counted(changes.reviews, 'impact review')} {plural(changes.reviews, 'was', 'were')} accepted."
    if told := _handed_in(changes):
        yield f"Evaluation forms were handed in by {told}."
    if changes.concluded:
        yield "The final evaluation was concluded."


def _handed_in(changes: HostChanges) -> str:
    """By whom; of the people supported a number, and never a small one (section G)."""
    people = count_words(changes.supported, "member of staff supported", "members of staff supported")
    parties = ((changes.head, "the headteacher"), (changes.ast, say("the AST")), (changes.supported > 0, people))
    return listed(who for did, who in parties if did)


def _of_home(changes: HomeChanges) -> Iterator[str]:
    if changes.began:
        yield f"{listed(changes.began)} began as {plural(len(changes.began), 'an AST', 'ASTs')}."
    if changes.left:
        yield f"{listed(changes.left)} left {say('the AST')} post."
    if changes.days:
        where = counted(changes.schools, "other school")
        yield f"{days_words(changes.days)} {plural(changes.days, 'was', 'were')} given to {where}."
    if changes.ideas:
        written = plural(changes.ideas, "was", "were")
        yield f"{counted(changes.ideas, 'idea')} from other schools {written} written down."

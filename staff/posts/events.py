"""What may happen to a post that is held, for the rooms above to say what hangs on it (R-17.7, R-3.16).

Each kind is a `Change`, which later rooms fill in when the software starts; `facts` are what may stand against it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from astcoord.core.consequences import Change
from astcoord.core.problems import Problem
from schools.register.models import School
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.rules import Spell


@dataclass(frozen=True)
class Leaving:
    """The AST leaves after `last_day`; None: the leaving is taken back. `post` may be as it was before, or after."""

    post: Post
    last_day: date | None
    today: date

    @property
    def spell(self) -> Spell:
        """When the post is held, as it will be."""
        return self.post.spell.until(self.last_day)


@dataclass(frozen=True)
class NewHours:
    """Another full-time equivalent from a day on; None where `post` has it already, or has it no more."""

    post: Post
    starts_on: date
    fte: Decimal | None
    today: date

    @property
    def spell(self) -> Spell:
        """The hours of the post, as they will be."""
        return self.post.spell if self.fte is None else self.post.spell.changed(self.starts_on, self.fte)


HOURS: Change[NewHours] = Change()


@dataclass(frozen=True)
class Correcting:
    """What the post began with was entered wrong: the first day and the full-time equivalent, as they should be."""

    post: Post
    starts_on: date
    fte: Decimal
    today: date

    @property
    def spell(self) -> Spell:
        """When the post is held and how much, as it will be."""
        spell = self.post.spell
        return replace(spell, first=self.starts_on, hours=((date.min, self.fte), *spell.hours[1:]))


CORRECTING: Change[Correcting] = Change()
correcting_facts: list[Callable[[Correcting], Iterable[tuple[date, str]]]] = []
"""Days on which something of the post is recorded, which its first day may not lie after, each with what it is."""


@dataclass(frozen=True)
class TakenBack:
    """The first day in post was recorded by mistake: nobody held the post. It is written when rooms carry it."""

    post: Post
    today: date


TAKEN_BACK: Change[TakenBack] = Change()
taken_back_facts: list[Callable[[TakenBack], Iterable[Problem]]] = []
"""What hangs on a post already, so that its first day cannot be taken back (R-2.1)."""

before_in_post: list[Callable[[Post], Iterable[Problem]]] = []
"""What rooms above want of a candidate before the post is held, such as a pay range (requirements E)."""

on_passed: list[Callable[[Post, User], object]] = []
"""What rooms above do when somebody has passed the assessment: a secondment is paid otherwise (R-2.18)."""


@dataclass(frozen=True)
class Away:
    """The AST is away from the post from a day until another, if that is known; the post goes on.

    `decisions` say what becomes of the things that may be chosen of, by the key of each (R-20.4).
    """

    post: Post
    first: date
    last: date | None
    today: date
    decisions: Mapping[str, str] = field(default_factory=dict)


AWAY: Change[Away] = Change()


@dataclass(frozen=True)
class Moving:
    """The post goes on at another school from a day on. It has moved already when rooms carry it."""

    post: Post
    left: School
    home: School
    on: date
    today: date


MOVING: Change[Moving] = Change()
moving_facts: list[Callable[[Moving], list[Problem]]] = []
"""What keeps a post from going on at that school."""
LEAVING: Change[Leaving] = Change()
leaving_facts: list[Callable[[Leaving], list[Problem]]] = []
"""What has happened that a last day may not lie before."""

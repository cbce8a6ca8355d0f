"""What matching knows: one school's need, what each AST can give, and when schools are open. No Django.

Time is counted in whole quarters of a day, so that sums are exact and quick.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


def quarters(days: Decimal | float) -> int:
    """Days as quarters of a day, what is less than a quarter left out.

    >>> quarters(Decimal("1.25"))
    5
    """
    return int(days * 4)


def days(count: int) -> Decimal:
    """Quarters of a day as days."""
    return Decimal(count) / 4


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the national grid, in metres."""

    easting: int
    northing: int

    @classmethod
    def of(cls, easting: int | None, northing: int | None) -> "Spot | None":
        """None where the register gives no place: never 0, 0."""
        return None if easting is None or northing is None else cls(easting, northing)


@dataclass(frozen=True, slots=True)
class Slot:
    """Time set aside for outreach every week: a weekday (Monday is 0), whole or half, from a day to a day."""

    weekday: int
    quarters: int
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class UndatedDays:
    """Days promised to another school that have no date yet: they fall somewhere from `first` to `last`."""

    first: date
    last: date
    quarters: int


class Standing(StrEnum):
    """How far an AST's post has come."""

    IN_POST = "in_post"
    ASPIRANT = "aspirant"  # seconded, not yet assessed, and the policy lets aspirants do outreach
    NOT_ASSESSED = "not_assessed"
    NOT_IN_POST = "not_in_post"


@dataclass(slots=True)
class AstFacts:
    """One AST as matching sees the person. `level` is 3 (leads others) to 1 (some experience), 0 for none.

    Only the reads that make one change it; it is not frozen because a page makes thousands, and a frozen one takes
    twice as long.
    """

    post: int
    name: str
    home: int
    home_name: str
    spot: Spot | None
    standing: Standing
    inducted: bool
    level: int
    key_stages: frozenset[str]
    work_types: frozenset[str]
    pupil_groups: frozenset[str]
    slots: tuple[Slot, ...]
    budget: int
    committed: int
    dated: tuple[tuple[date, int], ...] = ()
    undated: tuple[UndatedDays, ...] = ()
    been_there: bool = False
    link: str = ""
    asked_already: bool = False
    cautions: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        """Quarters of the year that nobody has been promised."""
        return max(self.budget - self.committed, 0)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words for the codes of one need."""

    subject: str = ""
    key_stages: Mapping[str, str] = field(default_factory=dict)
    work_types: Mapping[str, str] = field(default_factory=dict)
    pupil_groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """One school's request. No weekdays means that any will do; `blocked` says why no AST may go there at all."""

    request: int
    host: int
    spot: Spot | None
    subject: str
    key_stages: tuple[str, ...]
    work_types: tuple[str, ...]
    pupil_groups: tuple[str, ...]
    quarters: int
    first: date
    last: date
    weekdays: frozenset[int] = frozenset()
    blocked: str = ""
    words: Vocabulary = field(default=Vocabulary(), compare=False)


@dataclass(frozen=True, slots=True)
class Week:
    """A week in which schools teach: its Monday, and the days on which they are open."""

    monday: date
    open_on: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Horizon:
    """The weeks from today to the end of the school year, and how much outreach a week may hold (R-4.3, R-4.5).

    With `averaged`, a full week may borrow from its neighbours.
    """

    weeks: tuple[Week, ...]
    cap: int = 4
    averaged: bool = False

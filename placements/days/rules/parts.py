"""What the plan of an outreach day needs (R-10.1), that a model lesson is watched (R-6.3), and when it looks like
supply (R-6.5). Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import counted
from astcoord.core.words import say
from placements.days.lifecycle import PartKind

if TYPE_CHECKING:
    from placements.days.models import OutreachDay
    from placements.supported.models import SupportedStaff

K = PartKind
DIRECT = frozenset({PartKind.WORK, PartKind.MODEL_LESSON})
"""Teaching and working with the people supported: what most of a day is for (P5)."""

PLANNING = frozenset({PartKind.TOGETHER, PartKind.OWN_PLANNING})
LONGEST = 480
"""Minutes that a whole day holds†; half a day holds half of them."""

USUAL = (
    (Decimal("0.25"), ((K.WORK, 60), (K.MEETING, 20), (K.OWN_PLANNING, 20), (K.TALK, 10))),
    (Decimal("0.5"), ((K.WORK, 80), (K.TOGETHER, 20), (K.MEETING, 20), (K.OWN_PLANNING, 15), (K.TALK, 15))),
    (Decimal(1), ((K.WORK, 90), (K.TOGETHER, 45), (K.WORK, 90), (K.MEETING, 30), (K.OWN_PLANNING, 30), (K.TALK, 15))),
)
"""Plans to begin with†, each for a day up to that long."""

YEAR = re.compile(r"\b(?:year|yr|y)\W*(?=\d)")


@dataclass(frozen=True)
class Part:
    """One part. `row` is its place on the form, from 1; `watchers` are ids of people supported."""

    kind: str
    minutes: int
    taught: str = ""
    watchers: tuple[int, ...] = ()
    other_watcher: str = ""
    row: int = 0

    @property
    def is_lesson(self) -> bool:
        return self.kind == PartKind.MODEL_LESSON

    @property
    def is_watched(self) -> bool:
        return bool(self.watchers) or any(letter.isalpha() for letter in self.other_watcher)


def usual(days: Decimal) -> list[Part]:
    """A sensible plan to begin with, for a whole day or a part of one (P5, P7)."""
    plan = next(plan for most, plan in USUAL if days <= most)
    return [Part(kind, minutes, row=row) for row, (kind, minutes) in enumerate(plan, 1)]


def without_lessons(parts: Sequence[Part]) -> list[Part]:
    """The same plan for another day: each model lesson is planned for its own day, so its time becomes work (R-6.5)."""
    return [Part(PartKind.WORK, part.minutes, row=part.row) if part.is_lesson else part for part in parts]


def plan_problems(
    parts: Sequence[Part], day: "OutreachDay", people: Iterable["SupportedStaff"], *, reserved: bool = False
) -> list[Problem]:
    """Everything wrong with the plan of a day, and what one should look at again. `reserved`: kept for review (P9).

    `people` are all of the placement, those who have withdrawn among them.
    """
    if not parts:
        return [Problem("Enter how long each part of the day takes", "minutes_1", "R-10.1", "nothing")]
    by_the_day = {person.pk: person.takes_part(day.on) for person in people}
    found = [problem for part in parts for problem in _part_problems(part, by_the_day)]
    found += _missing(parts) + _too_long(parts, day.days)
    return found or _little_direct_work(parts) + _no_review(parts, reserved)


def _part_problems(part: Part, people: Mapping[int, bool]) -> list[Problem]:
    if not 0 < part.minutes <= LONGEST:
        words = f"Minutes must be between 1 and {LONGEST}. Leave them empty to leave the part out."
        return [Problem(words, f"minutes_{part.row}", "R-10.1", "minutes")]
    return _lesson_problems(part, people) if part.is_lesson else []


def _lesson_problems(part: Part, people: Mapping[int, bool]) -> list[Problem]:
    """R-6.3: a class, and somebody of the placement who watches. Without a watcher it would be supply (R-6.4).

    `people` says of each whether they still take part.
    """
    found = []
    if not same_class(part.taught):
        found.append(Problem("Enter the class or group of the model lesson", f"taught_{part.row}", "R-6.3", "class"))
    watching = f"watchers_{part.row}"
    if any(people.get(watcher) is False for watcher in part.watchers):
        words = "Somebody whom you ticked has withdrawn. Select who else watches."
        found.append(Problem(words, watching, "R-6.12", "withdrawn"))
    if set(part.watchers) - set(people):
        found.append(Problem(say("Select people who are supported in this placement"), watching, "R-6.3", "foreign"))
    if not part.is_watched:
        found.append(
            Problem(
                say(
                    "Nobody watches this model lesson, and an AST does not cover for anybody. "
                    "Select who watches, or enter "
                    "the role of another member of staff."
                ),
                watching,
                "R-6.3",
                "unwatched",
            )
        )
    return found


def _missing(parts: Sequence[Part]) -> list[Problem]:
    kinds = {part.kind for part in parts}
    found = []
    if PartKind.MEETING not in kinds:
        words = "Add a non-contact meeting: time to talk while somebody else has the class of the people supported"
        found.append(Problem(words, "", "R-10.1", "non-contact"))
    if not kinds & PLANNING:
        found.append(Problem(say("Add planning time, together or the AST’s own"), "", "R-10.1", "planning"))
    return found


def _too_long(parts: Sequence[Part], days: Decimal) -> list[Problem]:
    most = int(LONGEST * days)
    total = sum(part.minutes for part in parts)
    if total <= most:
        return []
    words = f"The parts come to {span(total)}, and {_length(days)} holds {span(most)} at most. Shorten some of them."
    return [Problem(words, "", "R-10.1", "too-long")]


def _little_direct_work(parts: Sequence[Part]) -> list[Problem]:
    total = sum(part.minutes for part in parts)
    direct = sum(part.minutes for part in parts if part.kind in DIRECT)
    if 2 * direct >= total:
        return []
    words = (
        f"Work with the people supported, model lessons included, takes {span(direct)} of {span(total)}. "
        "It should be at least half of the day."
    )
    return [Problem(words, rule="R-10.1", code="direct", warning=True)]


def _no_review(parts: Sequence[Part], reserved: bool) -> list[Problem]:
    if not reserved or any(part.kind == PartKind.REVIEW for part in parts):
        return []
    words = "Item 9 of the protocol keeps time for review on this day, and the plan has none."
    return [Problem(words, rule="R-8.9", code="no-review", warning=True)]


def too_late(on: date, today: date, *, is_open: bool) -> list[Problem]:
    """A plan is made before the day; what happened is told in the diary."""
    if not is_open:
        return [
            Problem("This day has been written up or cancelled, so its plan stands as it is.", "", "R-10.1", "closed")
        ]
    if on < today:
        return [Problem("This day has passed. Say what happened in the diary.", "", "R-10.1", "past")]
    return []


def overtaken(seen: int, now: int) -> list[Problem]:
    """Two people at once: whoever saves second first looks at what the other wrote."""
    if seen == now:
        return []
    words = "Somebody else has changed this plan since you opened it. Look at it again before you change it."
    return [Problem(words, "", "R-10.1", "overtaken")]


def same_class(taught: str) -> str:
    """How a class is counted: “Year 4”, “YEAR 4 ” and “y4” are one (R-6.5); at most 60 characters."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", taught).casefold() if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", YEAR.sub("y", plain))[:60]


def supply_risk(taught: str, lessons: int) -> Problem:
    """R-6.5: repeated demonstration lessons may be cover under another name (R-6.4)."""
    words = (
        f"{taught} has {lessons} model lessons in {say('this placement')}. Repeated lessons for one "
        "class may be supply: "
        "ask the school what they are for."
    )
    return Problem(words, rule="R-6.5", code="supply-risk", warning=True)


def span(minutes: int) -> str:
    """ "1 hour 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    words = [counted(number, noun) for number, noun in ((hours, "hour"), (rest, "minute")) if number]
    return " ".join(words) or "no time"


def _length(days: Decimal) -> str:
    names = {Decimal(1): "a whole day", Decimal("0.5"): "half a day", Decimal("0.25"): "a quarter of a day"}
    return names.get(days, "three quarters of a day")

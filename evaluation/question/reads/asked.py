"""What was asked for and done between two days, line by line of whatever the question is by (R-20.7).

Each figure counts as the report counts that has it alone: requests as "What was asked for", days as "Where the days go"
of a part of a year, objectives as "What came of it". Ten queries at most, whatever the number of rows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, Q, Sum

from astcoord.core.plain_rows import plain
from astcoord.core.words import say, say_later
from evaluation.authority.reads.outcomes import concluded_between, said_of
from evaluation.evaluations.lifecycle import Reached
from placements.allocation.problem import days as in_days
from placements.allocation.problem import quarters
from placements.days.models import LedgerEntry
from placements.deployment.reads.chosen import by_key
from placements.deployment.reads.demand import handed_in
from placements.deployment.reads.rows import COUNTS, UNLINKED, UNSAID, priority_labels
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.placement.models import Objective, Placement
from placements.priorities.reads import NO_PRIORITY, NONE_SAID
from placements.requests.models import OutreachRequest
from schools.register.lifecycle import Phase
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject

REQUESTS, MET, DAYS, DONE, OBJECTIVES = "requests", "met", "days", "done", "objectives"
FIGURES = {
    REQUESTS: "Requests",
    MET: "Requests met",
    DAYS: "Days with a date",
    DONE: "Days done",
    OBJECTIVES: "Objectives met",
}
SUBJECTS, PHASES = dict(Subject.choices), dict(Phase.choices)
Kind = LedgerEntry.Kind
Key = tuple[str, str, str]
"""What a line is of: its code, its label, and where it leads, if anywhere."""


@dataclass(frozen=True)
class Question:
    """Both days count; `rows` is a key of ROWS, `figures` are some of FIGURES."""

    first: date
    last: date
    rows: str
    figures: tuple[str, ...]

    def asks(self, *figures: str) -> bool:
        """Whether any of these is asked for."""
        return bool(set(figures) & set(self.figures))


class Thing(NamedTuple):
    """A request or a placement, by what it can be counted under; ASTs as (key, name)."""

    pk: int
    subject: str
    phase: str
    cluster_id: int | None
    cluster: str | None
    urn: int
    school: str
    reason: str
    asts: tuple[tuple[int, str], ...] = ()
    served: tuple[str, ...] = ()


class Names(dict[str, str]):
    """Priorities by code, with the two codes of what serves none."""

    @classmethod
    def stored(cls) -> "Names":
        """One query."""
        known = {str(pk): label for pk, label in priority_labels().items()}
        return cls({**known, UNLINKED: NO_PRIORITY, UNSAID: NONE_SAID})

    @property
    def order(self) -> dict[int, str]:
        return {int(code): label for code, label in self.items() if code.isdigit()}


@dataclass
class Line:
    """What one line comes to; days in quarters. `concluded` are the placements whose objectives are counted."""

    requests: int = 0
    met: int = 0
    taken: int = 0
    given: int = 0
    objectives: int = 0
    reached: int = 0
    concluded: set[int] = field(default_factory=set)

    def add(self, **more: int) -> None:
        for name, count in more.items():
            setattr(self, name, getattr(self, name) + count)

    @property
    def days(self) -> Decimal:
        return in_days(self.taken)

    @property
    def done(self) -> Decimal:
        return in_days(self.given)


@dataclass
class Answer:
    """The lines by what they are of, and the whole, in which each request and placement counts once."""

    whole: Line
    lines: dict[Key, Line]
    several: bool
    """Something counts in more than one line."""


def _priority(thing: Thing, names: Names) -> Iterable[Key]:
    return [(code, names[code], "") for code in thing.served]


def _ast(thing: Thing, names: Names) -> Iterable[Key]:
    return [(str(pk), name, f"staff:post/{pk}") for pk, name in thing.asts] or [("", say("No AST yet"), "")]


Under = Callable[[Thing, Names], Iterable[Key]]
ROWS: dict[str, tuple[str, Under]] = {
    "priority": ("Priority", _priority),
    "subject": ("Subject", lambda it, _: [(it.subject, str(SUBJECTS[it.subject]), "")]),
    "phase": ("Phase", lambda it, _: [(it.phase, str(PHASES[it.phase]), "")]),
    "cluster": ("Cluster", lambda it, _: [(str(it.cluster_id or ""), it.cluster or "No cluster", "")]),
    "school": ("School", lambda it, _: [(str(it.urn), it.school, f"schools:detail/{it.urn}")]),
    "ast": (say_later("AST"), _ast),
}


def answer(question: Question, reader: User) -> Answer:
    """All figures that are asked for, as this person may count them."""
    names = Names.stored() if question.rows == "priority" else Names()
    under = ROWS[question.rows][1]
    found = Answer(Line(), {}, several=False)

    def count(thing: Thing, **more: int) -> list[Line]:
        keys = list(under(thing, names))
        found.several = found.several or len(keys) > 1
        lines = [found.whole, *(found.lines.setdefault(key, Line()) for key in keys)]
        for line in lines:
            line.add(**more)
        return lines

    if question.asks(REQUESTS, MET):
        for thing in _requests(question, reader, names):
            count(thing, requests=1, met=int(bool(thing.asts)))
    links = _links(Placement.priorities.through, "placement_id", names) if question.asks(DAYS, DONE, OBJECTIVES) else {}
    if question.asks(DAYS, DONE):
        for thing, taken, given in _days(question, reader, links):
            count(thing, taken=taken, given=given)
    if question.asks(OBJECTIVES):
        for thing, reached in _objectives(question, reader, links):
            for line in count(thing, objectives=1, reached=int(reached)):
                line.concluded.add(thing.pk)
    return found


COLUMNS = ("pk", "subject", "host__phase", "host__cluster_id", "host__cluster__name", "host__urn", "host__name")


def _requests(question: Question, reader: User, names: Names) -> Iterable[Thing]:
    """Sent between the two days; met once the three have agreed to an AST, if only for some of the days."""
    mine = handed_in(reader, question.first, question.last)
    agreed: dict[int, tuple[tuple[int, str], ...]] = {}
    matches = Match.objects.filter(request__in=mine.order_by().values("pk"), status=MatchStatus.AGREED).order_by("pk")
    for request, post, name in plain(matches.values_list("request_id", "post_id", "post__user__name")):
        agreed[request] = tuple(dict.fromkeys((*agreed.get(request, ()), (post, name))))
    links = _links(OutreachRequest.priorities.through, "outreachrequest_id", names)
    for row in plain(mine.order_by("pk").values_list(*COLUMNS, "no_priority_reason")):
        yield _thing(row, links, agreed.get(row[0], ()))


def _days(question: Question, reader: User, links: Mapping[int, tuple[str, ...]]) -> Iterable[tuple[Thing, int, int]]:
    """By placement, of entries whose day lies between the two; one query."""
    mine = Placement.objects.visible_to(reader).filter(status__in=COUNTS).order_by()
    entries = LedgerEntry.objects.filter(
        on__range=(question.first, question.last), kind__in=(Kind.PLAN, Kind.DELIVERY), placement__in=mine.values("pk")
    )
    done = Q(kind=Kind.DELIVERY)
    columns = ("placement_id", *(f"placement__{column}" for column in COLUMNS[1:]), "placement__no_priority_reason")
    people = {"post": F("placement__post_id"), "name": F("placement__post__user__name")}
    sums = entries.order_by().values_list(*columns, *people.values())
    for *row, post, name, taken, given in plain(sums.annotate(a=Sum("days", filter=~done), b=Sum("days", filter=done))):
        if (taken or 0) > 0 or (given or 0) > 0:
            yield _thing(row, links, ((post, name),)), quarters(taken or 0), quarters(given or 0)


def _objectives(question: Question, reader: User, links: Mapping[int, tuple[str, ...]]) -> Iterable[tuple[Thing, bool]]:
    """Of placements concluded between the two days; three queries."""
    placed = concluded_between(reader, question.first, question.last)
    said = said_of(placed)
    rows = Objective.objects.filter(placement__in=placed.order_by().values("pk")).order_by("pk")
    columns = ("placement_id", *(f"placement__{column}" for column in COLUMNS[1:]), "placement__no_priority_reason")
    for *row, post, name, objective in plain(
        rows.values_list(*columns, "placement__post_id", "placement__post__user__name", "pk")
    ):
        yield _thing(row, links, ((post, name),)), said.get(objective) == Reached.REACHED


def _thing(row: Iterable[Any], links: Mapping[int, tuple[str, ...]], asts: tuple[tuple[int, str], ...]) -> Thing:
    thing = Thing(*row)
    return thing._replace(asts=asts, served=links.get(thing.pk) or (UNLINKED if thing.reason.strip() else UNSAID,))


def _links(through: Any, column: str, names: Names) -> dict[int, tuple[str, ...]]:
    """Priorities by what serves them; one query, none where the question is by something else."""
    return by_key(plain(through.objects.values_list(column, "priority_id")), names.order) if names else {}

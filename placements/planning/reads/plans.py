"""What the pages of a deployment plan show, each in a fixed number of queries (section 7; issue 4, items 4 to 6)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from astcoord.core.wording import days_words, number
from astcoord.core.words import say
from placements.allocation.problem import days as in_days
from placements.allocation.words import distance
from placements.planning.models import Plan, PlanDecision, PlanLine, PlanNote, PlanPair, PlanUnmet
from placements.planning.reads import problem, words
from placements.requests.models import OutreachRequest
from schools.calendar.models import HalfTerm
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator

ZERO = Decimal(0)
Outcome = PlanDecision.Outcome


@dataclass(frozen=True)
class LineRow:
    """One assignment as the table shows it; `labelled` are days by half-term, each with its column's name.

    `unsettled` for the co-ordinator, whose turn it is before the line can be accepted.
    """

    line: PlanLine
    labelled: tuple[tuple[str, Decimal], ...]
    decision: PlanDecision | None
    change: str
    why: tuple[str, ...]
    unsettled: bool

    @property
    def undecided(self) -> bool:
        """It has not been accepted, and is of somebody who exists."""
        return self.line.post_id is not None and (self.decision is None or self.decision.outcome == Outcome.REFUSED)

    @property
    def open(self) -> bool:
        """It can still be accepted."""
        return self.undecided and not self.unsettled

    @property
    def journey(self) -> str:
        return "" if self.line.km is None else distance(self.line.km)


@dataclass(frozen=True)
class AstGroup:
    """One AST's assignments. `offered` is what the AST could give in these weeks before this plan."""

    name: str
    home: str
    post: int | None
    rows: tuple[LineRow, ...]
    offered: Decimal

    @property
    def used(self) -> Decimal:
        return sum((row.line.days for row in self.rows), ZERO)

    @property
    def load(self) -> str:
        """Such as “6 of 9 days”."""
        used = number(self.used)
        return f"{used} of {days_words(self.offered)}" if self.offered else days_words(self.used)


@dataclass(frozen=True)
class Difference:
    """How one plan differs from another: requests met now and not before, the other way round, and by whom."""

    gained: tuple[OutreachRequest, ...] = ()
    lost: tuple[OutreachRequest, ...] = ()
    moved: tuple[tuple[OutreachRequest, str, str], ...] = ()
    days: Decimal = ZERO

    @property
    def days_less(self) -> Decimal:
        return max(-self.days, ZERO)

    @property
    def nothing(self) -> bool:
        return not (self.gained or self.lost or self.moved)


@dataclass
class PlanPage:
    """A plan's own page. Read once; properties cost nothing more."""

    plan: Plan
    groups: tuple[AstGroup, ...] = ()
    columns: tuple[str, ...] = ()
    unmet: int = 0
    unmet_days: Decimal = ZERO
    pairs: tuple[PlanPair, ...] = ()
    difference: Difference | None = None
    left_out: tuple[tuple[OutreachRequest, str], ...] = ()
    to_settle: Mapping[OutreachRequest, str] = field(default_factory=dict)
    totals: dict[str, Decimal] = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[LineRow]:
        return [row for group in self.groups for row in group.rows]

    @property
    def open(self) -> int:
        """Lines that can still be accepted."""
        return sum(row.open for row in self.rows)

    @property
    def met(self) -> int:
        return len({row.line.request_id for row in self.rows})

    @property
    def used(self) -> Decimal:
        return sum((group.used for group in self.groups), ZERO)

    @property
    def unused(self) -> Decimal:
        """Days that ASTs could give in these weeks and that the plan does not use."""
        return max(in_days(sum(self.plan.offered.values())) - self.used, ZERO)

    @property
    def stats(self) -> list[tuple[Any, str, str, str]]:
        return [
            (f"{self.met} of {self.met + self.unmet}", "requests met", "", ""),
            (number(self.used), "days given", "", ""),
            (number(self.unused), say("AST days not used"), "", ""),
        ]

    @property
    def proof(self) -> str:
        return words.proof(self.plan)


def lines_of(plan: Plan) -> QuerySet[PlanLine]:
    """With all that a table shows, in two queries."""
    decisions = PlanDecision.objects.select_related("match", "by").order_by("pk")
    return (
        PlanLine.objects.filter(plan=plan)
        .select_related("post__user", "post__home", "request__host")
        .prefetch_related(Prefetch("decisions", decisions))
        .order_by("post__user__name_key", "priority", "pk")
    )


def page(plan: Plan, reader: User, today: date) -> PlanPage:
    """A plan's page, in twelve queries at most; three more where it plans with somebody not yet in post."""
    found = PlanPage(plan, pairs=tuple(words.named_for(reader, _pairs(plan))))
    if not plan.made:
        return found
    lines = words.named_for(reader, lines_of(plan))
    slugs = {slug for line in lines for slug in line.by_half_term if slug}
    halves = list(HalfTerm.objects.filter(slug__in=slugs).select_related("term").order_by("starts_on"))
    notes = notes_of(plan, {line.request_id for line in lines})
    people = words.people_in(notes.values(), reader)
    before = {(r, p) for r, p in _before(plan)} if plan.parent_id else None
    found.to_settle = problem.to_settle(plan, today) if is_coordinator(reader) else {}
    found.columns = tuple(f"{h.term.get_season_display()} {h.number}" for h in halves)
    rows = [
        LineRow(
            line,
            tuple(
                (column, in_days(line.by_half_term.get(h.slug, 0)))
                for column, h in zip(found.columns, halves, strict=True)
            ),
            next(reversed(line.decisions.all()), None),
            words.change_of(line, before),
            words.why_chosen(notes.get(line.request_id), line, people),
            line.request in found.to_settle,
        )
        for line in lines
    ]
    found.groups = tuple(_groups(plan, rows))
    found.totals = {column: sum((row.labelled[n][1] for row in rows), ZERO) for n, column in enumerate(found.columns)}
    unmet = list(PlanUnmet.objects.filter(plan=plan).values_list("days", flat=True))
    found.unmet, found.unmet_days = len(unmet), sum(unmet, ZERO)
    found.left_out = tuple(_left_out(plan))
    return found


def _before(plan: Plan) -> Iterable[tuple[int, int | None]]:
    return PlanLine.objects.filter(plan=plan.parent_id).values_list("request_id", "post_id")


def _pairs(plan: Plan) -> QuerySet[PlanPair]:
    return plan.pairs.select_related("post__user", "request__host", "by")


def _groups(plan: Plan, rows: list[LineRow]) -> Iterable[AstGroup]:
    grouped: dict[tuple[str, int | None], list[LineRow]] = defaultdict(list)
    for row in rows:
        grouped[row.line.ast_name, row.line.post_id].append(row)
    for (name, post), mine in sorted(grouped.items(), key=lambda item: (item[0][0], item[0][1] or 0)):
        home = mine[0].line.post.home.name if mine[0].line.post else "Not in post yet"
        yield AstGroup(name, home, post, tuple(mine), in_days(plan.offered.get(str(post), 0)))


def _left_out(plan: Plan) -> Iterable[tuple[OutreachRequest, str]]:
    found = OutreachRequest.objects.select_related("host").in_bulk([pk for pk, _ in plan.left_out])
    return ((found[pk], why) for pk, why in plan.left_out if pk in found)


def notes_of(plan: Plan, requests: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Explanations of these requests that have been found so far; one query."""
    rows = PlanNote.objects.filter(plan=plan, request__in=list(requests)).values_list("request_id", "facts")
    return {request: facts for request, facts in rows if request is not None}


def compare(plan: Plan, other: Plan, reader: User) -> Difference:
    """What `plan` does that `other` does not, in three queries, or four."""
    lines = words.named_for(reader, PlanLine.objects.filter(plan__in=[plan, other]).select_related("post__user"))
    who: dict[int, dict[int, set[str]]] = {plan.pk: defaultdict(set), other.pk: defaultdict(set)}
    days = ZERO
    for line in lines:
        who[line.plan_id][line.request_id].add(line.ast_name)
        days += line.days if line.plan_id == plan.pk else -line.days
    now, then = who[plan.pk], who[other.pk]
    requests = OutreachRequest.objects.select_related("host").in_bulk([*now, *then])
    return Difference(
        gained=tuple(requests[pk] for pk in sorted(now.keys() - then.keys())),
        lost=tuple(requests[pk] for pk in sorted(then.keys() - now.keys())),
        moved=tuple(
            (requests[pk], _names(then[pk]), _names(now[pk]))
            for pk in sorted(now.keys() & then.keys())
            if now[pk] != then[pk]
        ),
        days=days,
    )


def _names(names: set[str]) -> str:
    return " and ".join(sorted(names))


def others(plan: Plan, reader: User) -> list[Plan]:
    """Plans that this one can be compared with: those of the same weeks, and what-ifs beside it."""
    made = Plan.objects.made().light().filter(span=plan.span).exclude(pk=plan.pk)
    return words.told_to(reader, made.order_by("-pk")[:20])


def what_ifs(plan: Plan, reader: User) -> list[Plan]:
    """What was tried beside it."""
    return words.told_to(reader, plan.children.filter(kind=Plan.Kind.WHAT_IF).light().order_by("-pk"))

"""What placements are worth: days, cost, outcomes and the judgement of each, and of several together (R-11.13)."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum

from astcoord.core.plain_rows import plain, raw
from astcoord.core.wording import pounds
from evaluation.evaluations.lifecycle import Helps
from evaluation.evaluations.reads.outcomes import outcomes_of
from evaluation.value import rules
from placements.allocation.problem import days as in_days
from placements.allocation.problem import quarters
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.days.reads.given import happened
from placements.placement.models import Objective, Placement

ZERO = Decimal(0)
NOT_ENTERED, NO_EVIDENCE, NO_DAYS = "Not entered", "No evidence", "No days yet"


class Worth(NamedTuple):
    """One placement, or several together, in quarters of a day; `costed` are those of placements with a cost."""

    given: int = 0
    cost: Decimal | None = None
    costed: int = 0
    with_cost: int = 0
    reached: int = 0
    objectives: int = 0
    helped: tuple[str, ...] = ()
    concluded: int = 0
    placements: int = 1

    @property
    def days(self) -> Decimal:
        return in_days(self.given)

    @property
    def cost_words(self) -> str:
        return NOT_ENTERED if self.cost is None else pounds(self.cost)

    @property
    def a_day_words(self) -> str:
        """“£200 a day”; why there is none, where there is none."""
        each = rules.a_day(self.cost, in_days(self.costed))
        if each is not None:
            return f"{pounds(each)} a day"
        return NOT_ENTERED if self.cost is None else NO_DAYS

    @property
    def reached_words(self) -> str:
        return f"{self.reached} of {self.objectives}" if self.objectives else NO_EVIDENCE

    @property
    def helped_words(self) -> str:
        """“Yes” for one placement; “Yes 2, In part 1” for several."""
        said = Counter(self.helped)
        counts = [(label, said[code]) for code, label in Helps.choices if said[code]]
        if not counts:
            return NO_EVIDENCE
        return counts[0][0] if self.placements == 1 else ", ".join(f"{label} {count}" for label, count in counts)


NOTHING_YET = (0, "", 0)
"""Objectives reached, whether it helped, objectives: before its evaluation is concluded."""


class Line(NamedTuple):
    """One placement: what a line begins with, and what it is worth."""

    pk: int
    host: str
    subject: str
    worth: Worth

    @property
    def reference(self) -> str:
        return f"P{self.pk:05d}"


def lines_of(placements: QuerySet[Placement]) -> list[Line]:
    """Those of `placements` that happened, by their host’s name: four queries however many there are."""
    found = happened(placements)
    mine = found.order_by().values("pk")
    done = OutreachDay.objects.filter(status=DayStatus.DONE, placement__in=mine).order_by()
    days = {pk: quarters(given) for pk, given in plain(done.values_list("placement_id").annotate(Sum("days")))}
    agreed = Objective.objects.filter(placement__in=mine).order_by()
    objectives = dict(agreed.values_list("placement_id").annotate(Count("pk")))
    outcomes = {pk: (reached, helps) for pk, reached, helps in outcomes_of(mine)}
    columns = ("pk", "host__name", "subject", raw("days_before"), raw("cost__amount"), "host__name_key")
    lines = []
    for pk, host, subject, before, amount, _ in plain(found.order_by("host__name_key", "pk").values_list(*columns)):
        given = days.get(pk, 0) + (quarters(before) if before else 0)
        cost = None if amount is None else Decimal(str(amount))
        reached, helps, several = (
            (*outcomes[pk], objectives[pk]) if pk in outcomes and pk in objectives else NOTHING_YET
        )
        worth = Worth(
            *(given, cost, 0 if cost is None else given, 0 if cost is None else 1),
            *(reached, several, (helps,) if helps else (), 1 if several else 0),
        )
        lines.append(Line(pk, host, subject, worth))
    return lines


def together(found: Iterable[Worth]) -> Worth:
    """The sum; a cost only where one is entered."""
    given, costs, costed, with_cost, reached, objectives, helped, concluded, placements = zip(*found, strict=True)
    entered = [cost for cost in costs if cost is not None]
    return Worth(
        given=sum(given),
        cost=sum(entered, ZERO) if entered else None,
        costed=sum(costed),
        with_cost=sum(with_cost),
        reached=sum(reached),
        objectives=sum(objectives),
        helped=tuple(chain.from_iterable(helped)),
        concluded=sum(concluded),
        placements=sum(placements),
    )

"""Days, cost, outcomes and the headteacher's judgement side by side (R-11.13): no single score, and nobody's rank.

Each line is a placement, or for readers of sums all placements of a subject. Outcomes and judgement are those of a
concluded final evaluation: before that there is no evidence.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from astcoord.core import shown
from astcoord.core.roles import Role
from astcoord.core.wording import days_words, number, pounds
from evaluation.evaluations.lifecycle import EVALUATION_ANSWERED, AskedOf, EvaluationKind, Helps, Reached
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.reads.placements import outcome
from evaluation.reviews.wording import CONTRIBUTION
from evaluation.value import permissions, rules
from evaluation.value.lifecycle import BEGUN
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from schools.calendar.models import AcademicYear
from schools.register.lifecycle import Phase
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.expertise.vocabulary import Subject
from staff.figures.reads.sheets import Sheet, Table

ZERO = Decimal(0)
NOT_ENTERED, NO_EVIDENCE, NO_DAYS = "Not entered", "No evidence", "No days yet"
TOO_FEW = "Fewer than 3: not shown"
NOTHING = "Nothing in this period: no placement began in the school year."
NOTHING_OWN = "Nothing in this period: no AST of your school began a placement in the school year."
TITLE = "Value for money"
WHOLE = ("Placement", "Host school", "Subject", "Days", "Cost", "Cost a day", "Objectives reached", "Did it help?")
SUMS = ("Subject", "Placements", "Days", "Cost", "Cost a day", "Objectives reached", "Did it help?")
NOTES = (
    "Side by side, and no score: a costly placement may have met the greater need. Cost a day counts only placements "
    "whose cost is entered. “Did it help?” is the host headteacher’s answer in the final evaluation.",
    CONTRIBUTION,
)


@dataclass(frozen=True)
class Worth:
    """One placement, or several together; `costed` are the days of those whose cost is entered."""

    days: Decimal = ZERO
    cost: Decimal | None = None
    costed: Decimal = ZERO
    with_cost: int = 0
    reached: int = 0
    objectives: int = 0
    helped: Counter[str] = field(default_factory=Counter)
    concluded: int = 0
    placements: int = 1

    @property
    def cost_words(self) -> str:
        return NOT_ENTERED if self.cost is None else pounds(self.cost)

    @property
    def a_day_words(self) -> str:
        """“£200 a day”; why there is none, where there is none."""
        each = rules.a_day(self.cost, self.costed)
        if each is not None:
            return f"{pounds(each)} a day"
        return NOT_ENTERED if self.cost is None else NO_DAYS

    @property
    def reached_words(self) -> str:
        return f"{self.reached} of {self.objectives}" if self.objectives else NO_EVIDENCE

    @property
    def helped_words(self) -> str:
        """“Yes” for one placement; “Yes 2, In part 1” for several."""
        counts = [(label, self.helped[code]) for code, label in Helps.choices if self.helped[code]]
        if not counts:
            return NO_EVIDENCE
        return counts[0][0] if self.placements == 1 else ", ".join(f"{label} {count}" for label, count in counts)


@dataclass(frozen=True)
class Chosen:
    """What the report is narrowed to; sums are of a year alone, or a group could be worked out from two of them."""

    year: AcademicYear
    home: School | None = None
    phase: str = ""
    subject: str = ""


def begun(user: User, chosen: Chosen) -> QuerySet[Placement]:
    """Placements that began in the school year, as far as this reader reads or sums what they cost."""
    found = Placement.objects.filter(status__in=BEGUN, starts_on__range=(chosen.year.starts_on, chosen.year.ends_on))
    if chosen.home:
        found = found.filter(home=chosen.home)
    if chosen.phase:
        found = found.filter(host__phase=chosen.phase)
    if chosen.subject:
        found = found.filter(subject=chosen.subject)
    if reads_all(user):
        return found
    return found.filter(home_id__in=user.schools_as(Role.GOVERNOR if reads_sums(user) else Role.HEADTEACHER))


def schools_of(user: User) -> QuerySet[School]:
    """The schools whose ASTs’ placements this reader may read one by one."""
    sent_out = School.objects.filter(placements_out__status__in=BEGUN)
    if not is_office(user):
        sent_out = sent_out.filter(pk__in=user.schools_as(Role.HEADTEACHER))
    found: QuerySet[School] = sent_out.distinct().by_name()
    return found


def reads_all(user: User) -> bool:
    """Of every school: the office each placement, officers the sums."""
    return is_office(user) or (reads_sums(user) and user.has_role(Role.OFFICER))


def reads_sums(user: User) -> bool:
    """Only sums: officers and governors who are neither of the office nor headteachers."""
    return not user.has_role(*permissions.KEEPERS)


def with_worth(placements: QuerySet[Placement], reader: User) -> list[Any]:
    """With all that a line says, as `reader` may read it: four queries however many there are."""
    done = OutreachDay.objects.filter(status=DayStatus.DONE, placement=OuterRef("pk")).order_by().values("placement")
    dated = Subquery(done.annotate(all=Sum("days")).values("all"), output_field=DecimalField())
    finals = Evaluation.objects.filter(kind=EvaluationKind.FINAL).prefetch_related("objectives")
    rows = placements.select_related("host", "home", "post", "cost").annotate(dated=Coalesce(dated, ZERO))
    found = rows.prefetch_related("objectives", Prefetch("evaluations", finals)).order_by("host__name_key", "pk")
    return [row for row in shown.all_shown_to(reader, found) if _happened(row)]


def _happened(row: Any) -> bool:
    return row.status != PlacementStatus.CLOSED or _days(row) > 0


def _days(row: Any) -> Decimal:
    days: Decimal = row.dated + row.days_before
    return days


def worth_of(row: Any) -> Worth:
    """One placement of `with_worth`."""
    cost = row.cost.amount if hasattr(row, "cost") else None
    forms = list(row.evaluations.all())
    said = outcome(forms)
    head = next((f for f in forms if f.asked_of == AskedOf.HOST_HEAD and f.status in EVALUATION_ANSWERED), None)
    judged = head.helps if said and head else ""
    days = _days(row)
    return Worth(
        days=days,
        cost=cost,
        costed=ZERO if cost is None else days,
        with_cost=0 if cost is None else 1,
        reached=sum(1 for each in said if each.reached == Reached.REACHED.label),
        objectives=len(said),
        helped=Counter([judged] if judged else []),
        concluded=1 if said else 0,
    )


def together(found: Iterable[Worth]) -> Worth:
    """The sum; a cost only where one is entered."""
    rows = list(found)
    costs = [each.cost for each in rows if each.cost is not None]
    return Worth(
        days=sum((each.days for each in rows), ZERO),
        cost=sum(costs, ZERO) if costs else None,
        costed=sum((each.costed for each in rows), ZERO),
        with_cost=len(costs),
        reached=sum(each.reached for each in rows),
        objectives=sum(each.objectives for each in rows),
        helped=sum((each.helped for each in rows), Counter()),
        concluded=sum(each.concluded for each in rows),
        placements=sum(each.placements for each in rows),
    )


def sheet(user: User, chosen: Chosen) -> Sheet:
    """The report as page, file and paper show it."""
    rows = with_worth(begun(user, chosen), user)
    lines = [(row, worth_of(row)) for row in rows]
    table = _sums(lines) if reads_sums(user) else _whole(lines)
    return Sheet(
        name="value-for-money",
        title=TITLE,
        tables=(table,) if lines else (),
        chosen=tuple(_chosen(chosen)),
        notes=NOTES if lines else (),
        empty=NOTHING if reads_all(user) else NOTHING_OWN,
    )


def _chosen(chosen: Chosen) -> Iterable[tuple[str, str]]:
    yield "Placements that began in", str(chosen.year)
    if chosen.home:
        yield "The AST’s own school", chosen.home.name
    if chosen.phase:
        yield "Phase of the host school", str(Phase(chosen.phase).label)
    if chosen.subject:
        yield "Subject", str(Subject(chosen.subject).label)


def _whole(lines: Sequence[tuple[Any, Worth]]) -> Table:
    total = together(worth for _, worth in lines)
    costed = f"Placements with a cost entered: {total.with_cost} of {len(lines)}."
    return Table(
        code="csv",
        title="By placement",
        header=WHOLE,
        rows=tuple(
            (row.reference, row.host.name, str(Subject(row.subject).label), *_cells(worth)) for row, worth in lines
        ),
        total=("Total", "", "", *_cells(total)),
        links=tuple(reverse("placements:placement_detail", args=[row.pk]) for row, _ in lines),
        note=costed,
    )


def _cells(worth: Worth) -> tuple[str, ...]:
    return number(worth.days), worth.cost_words, worth.a_day_words, worth.reached_words, worth.helped_words


def _sums(lines: Sequence[tuple[Any, Worth]]) -> Table:
    """By subject; what tells of fewer than three placements is kept back, and the total where it would give it away."""
    by: dict[str, list[Worth]] = {}
    for row, worth in lines:
        by.setdefault(str(Subject(row.subject).label), []).append(worth)
    found = [(label, together(by[label])) for label in sorted(by)]
    total = together(worth for _, worth in found)
    costs = rules.kept_back([worth.with_cost for _, worth in found])
    told = rules.kept_back([worth.concluded for _, worth in found])
    rows = [_sum(label, worth, place, costs, told) for place, (label, worth) in enumerate([*found, ("Total", total)])]
    return Table("csv", "By subject", SUMS, tuple(rows[:-1]), total=rows[-1])


def _sum(label: str, worth: Worth, place: int, costs: set[int], told: set[int]) -> tuple[str, ...]:
    cost = (TOO_FEW, TOO_FEW) if place in costs else (worth.cost_words, worth.a_day_words)
    said = (TOO_FEW, TOO_FEW) if place in told else (worth.reached_words, worth.helped_words)
    return (label, str(worth.placements), number(worth.days), *cost, *said)


def side_by_side(placement: Placement, user: User) -> list[tuple[str, str]]:
    """One placement, for who may know what it cost: rows of words; four queries."""
    found = with_worth(Placement.objects.filter(pk=placement.pk), user)
    if not found:
        return []
    worth = worth_of(found[0])
    return [
        ("Days given", days_words(worth.days) if worth.days else NO_DAYS),
        ("Cost", worth.cost_words),
        *([("What it covers", found[0].cost.covers)] if worth.cost is not None else []),
        ("Cost a day", worth.a_day_words),
        ("Objectives reached", worth.reached_words),
        ("Did it help?", worth.helped_words),
    ]


def cost_of_year(year: AcademicYear) -> list[tuple[str, str]]:
    """What the placements that began in it cost, for the forum (R-14.9): kept back where the sums by subject keep back
    their total, from which a small group could be worked out (section G). One query.
    """
    done = OutreachDay.objects.filter(status=DayStatus.DONE, placement=OuterRef("pk"))
    happened = ~Q(status=PlacementStatus.CLOSED) | Q(days_before__gt=0) | Exists(done)
    found = Placement.objects.filter(happened, status__in=BEGUN, starts_on__range=(year.starts_on, year.ends_on))
    counts = found.order_by().values("subject").annotate(all=Count("pk"), costed=Count("cost"), sum=Sum("cost__amount"))
    lines = list(counts)
    sizes = [line["costed"] for line in lines]
    if not any(sizes):
        return []
    if len(sizes) in rules.kept_back(sizes):
        return [("Cost of placements", TOO_FEW)]
    what = f"Cost of the {sum(sizes)} of {sum(line['all'] for line in lines)} placements for which it is entered"
    return [(what, pounds(sum((line["sum"] or ZERO for line in lines), ZERO)))]

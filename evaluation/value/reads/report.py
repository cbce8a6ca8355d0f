"""Days, cost, outcomes and the headteacher's judgement side by side (R-11.13): no single score, and nobody's rank.

Each line is a placement, or for readers of sums all placements of a subject. Outcomes and judgement are those of a
concluded final evaluation: before that there is no evidence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from astcoord.core import shown
from astcoord.core.roles import Role
from astcoord.core.wording import days_words, number, pounds
from astcoord.core.words import say, say_later
from evaluation.reviews.wording import CONTRIBUTION
from evaluation.value import permissions, rules
from evaluation.value.lifecycle import BEGUN
from evaluation.value.models import PlacementCost
from evaluation.value.reads.worth import NO_DAYS, ZERO, Line, Worth, lines_of, together
from placements.days.reads.given import happened
from placements.placement.models import Placement
from schools.calendar.models import AcademicYear
from schools.register.lifecycle import Phase
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.expertise.vocabulary import Subject
from staff.figures.reads.sheets import Sheet, Table

SHOWN = 50
"""Placements on the page at most; the file has all of them."""
SUBJECTS: dict[str, str] = {code: str(label) for code, label in Subject.choices}
TOO_FEW = "Fewer than 3: not shown"
NOTHING = say_later("Nothing in this period: no placement began in the school year.")
NOTHING_OWN = say_later("Nothing in this period: no AST of your school began a placement in the school year.")
TITLE = "Value for money"
WHOLE = (
    say_later("Placement"),
    "Host school",
    "Subject",
    "Days",
    "Cost",
    "Cost a day",
    "Objectives reached",
    "Did it help?",
)
SUMS = ("Subject", say_later("Placements"), "Days", "Cost", "Cost a day", "Objectives reached", "Did it help?")
NOTES = (
    say_later(
        "Side by side, and no score: a costly placement may have met the greater need. Cost a day "
        "counts only placements "
        "whose cost is entered. “Did it help?” is the host headteacher’s answer in the final evaluation."
    ),
    CONTRIBUTION,
)


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
    sent_out = School.objects.filter(pk__in=Placement.objects.filter(status__in=BEGUN).order_by().values("home"))
    if not is_office(user):
        sent_out = sent_out.filter(pk__in=user.schools_as(Role.HEADTEACHER))
    found: QuerySet[School] = sent_out.by_name()
    return found


def reads_all(user: User) -> bool:
    """Of every school: the office each placement, officers the sums."""
    return is_office(user) or (reads_sums(user) and user.has_role(Role.OFFICER))


def reads_sums(user: User) -> bool:
    """Only sums: officers and governors who are neither of the office nor headteachers."""
    return not user.has_role(*permissions.KEEPERS)


def sheet(user: User, chosen: Chosen, *, listed: int = 0) -> Sheet:
    """The report as page, file and paper show it; placements are written out for as many as are `listed`, all for 0."""
    lines = lines_of(begun(user, chosen))
    return Sheet(
        name="value-for-money",
        title=TITLE,
        tables=(_sums(lines) if reads_sums(user) else _whole(lines, listed),) if lines else (),
        chosen=tuple(_chosen(chosen)),
        notes=NOTES if lines else (),
        empty=NOTHING if reads_all(user) else NOTHING_OWN,
    )


def _chosen(chosen: Chosen) -> Iterable[tuple[str, str]]:
    yield say("Placements that began in"), str(chosen.year)
    if chosen.home:
        yield say("The AST’s own school"), chosen.home.name
    if chosen.phase:
        yield "Phase of the host school", str(Phase(chosen.phase).label)
    if chosen.subject:
        yield "Subject", str(Subject(chosen.subject).label)


def _whole(lines: Sequence[Line], listed: int) -> Table:
    total = together(line.worth for line in lines)
    costed = f"{say('Placements')} with a cost entered: {total.with_cost} of {len(lines)}."
    written = lines[: listed or None]
    return Table(
        code="csv",
        title=say("By placement"),
        header=WHOLE,
        rows=tuple((line.reference, line.host, SUBJECTS[line.subject], *_cells(line.worth)) for line in written),
        total=("Total", "", "", *_cells(total)),
        links=tuple(reverse("placements:placement_detail", args=[line.pk]) for line in written),
        note=costed,
        words=3,
        beyond=len(lines) - len(written),
    )


def _cells(worth: Worth) -> tuple[str, ...]:
    return number(worth.days), worth.cost_words, worth.a_day_words, worth.reached_words, worth.helped_words


def _sums(lines: Sequence[Line]) -> Table:
    """By subject; what tells of fewer than three placements is kept back, and the total where it would give it away."""
    by: dict[str, list[Worth]] = {}
    for line in lines:
        by.setdefault(SUBJECTS[line.subject], []).append(line.worth)
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
    """One placement, for who may know what it cost: rows of words; five queries."""
    row = PlacementCost.objects.filter(placement=placement).first()
    covers = [("What it covers", shown.shown_to(user, row).covers)] if row else []
    return [
        pair
        for _, _, _, worth in lines_of(Placement.objects.filter(pk=placement.pk))
        for pair in (
            ("Days given", days_words(worth.days) if worth.days else NO_DAYS),
            ("Cost", worth.cost_words),
            *covers,
            ("Cost a day", worth.a_day_words),
            ("Objectives reached", worth.reached_words),
            ("Did it help?", worth.helped_words),
        )
    ]


def cost_of_year(year: AcademicYear) -> list[tuple[str, str]]:
    """What the placements that began in it cost, for the forum (R-14.9): kept back where the sums by subject keep back
    their total, from which a small group could be worked out (section G). One query.
    """
    found = happened(Placement.objects.filter(status__in=BEGUN, starts_on__range=(year.starts_on, year.ends_on)))
    counts = found.order_by().values("subject").annotate(all=Count("pk"), costed=Count("cost"), sum=Sum("cost__amount"))
    lines = list(counts)
    sizes = [line["costed"] for line in lines]
    if not any(sizes):
        return []
    if len(sizes) in rules.kept_back(sizes):
        return [(say("Cost of placements"), TOO_FEW)]
    what = (
        f"Cost of the {sum(sizes)} of {sum(line['all'] for line in lines)} {say('placements')} for which it is entered"
    )
    return [(what, pounds(sum((line["sum"] or ZERO for line in lines), ZERO)))]

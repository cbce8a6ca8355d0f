"""What a governing body reads (R-13.2): aims, dates, days, results. No supported staff’s names, no diary text."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet, Sum

from astcoord.core import shown
from astcoord.core.suppression import members_of_staff
from evaluation.evaluations.lifecycle import EvaluationKind
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.reads import outcome
from evaluation.reviews.models import ImpactReview
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.placement.lifecycle import PLACEMENT_COMPLETED, PLACEMENT_UNDER_WAY, PlacementStatus
from placements.placement.models import Placement
from placements.priorities import reads as priorities
from staff.expertise.vocabulary import Subject

SHOWN = PLACEMENT_UNDER_WAY | PLACEMENT_COMPLETED | {PlacementStatus.SIGNED, PlacementStatus.ENDED_EARLY}
"""From the last signature on; of the closed ones, those in which something happened."""
ZERO = Decimal(0)


def summarised(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Those of `placements` that have a summary."""
    happened = OutreachDay.objects.filter(status=DayStatus.DONE).values("placement")
    over = Q(pk__in=happened) | Q(days_before__gt=0)
    return placements.filter(Q(status__in=SHOWN) | Q(over, status=PlacementStatus.CLOSED))


def has_summary(placement: Placement) -> bool:
    """Whether this placement has one."""
    return placement.status in SHOWN or summarised(Placement.objects.filter(pk=placement.pk)).exists()


@dataclass(frozen=True)
class Result:
    """One objective, and how far the concluded final evaluation, or else the latest accepted review, says it came."""

    number: int
    objective: str
    criterion: str
    progress: str


@dataclass(frozen=True)
class Summary:
    """One placement for governors."""

    placement: Placement
    subject: str
    focus: str
    priorities: str
    staff: str
    agreed: Decimal
    planned: Decimal
    used: Decimal
    results: Sequence[Result]
    reviewed: str
    names_left_out: bool


def summaries(placements: QuerySet[Placement]) -> list[Summary]:
    """Many placements in a fixed number of queries."""
    final = Evaluation.objects.filter(kind=EvaluationKind.FINAL).prefetch_related("objectives")
    accepted = ImpactReview.objects.accepted().select_related("term").prefetch_related("progress__objective")
    found = (
        placements.select_related("home", "host", "post__user")
        .prefetch_related(
            "objectives",
            "supported",
            "priorities",
            Prefetch("impact_reviews", accepted.order_by("term__starts_on")),
            Prefetch("evaluations", final),
        )
        .order_by("-starts_on", "-pk")
    )
    rows = list(found)
    days = _days(rows)
    written = {placement.pk: _texts(placement) for placement in rows}
    return [
        _summary(placement, *days[placement.pk], names_left_out=_texts(placement) != written[placement.pk])
        for placement in shown.all_shown_to(shown.ANYBODY, rows)
    ]


def summary(placement: Placement) -> Summary:
    """One placement."""
    return summaries(Placement.objects.filter(pk=placement.pk))[0]


def _days(placements: Sequence[Placement]) -> dict[int, tuple[Decimal, Decimal]]:
    """Planned and used days by placement."""
    days = OutreachDay.objects.filter(placement__in=[p.pk for p in placements]).order_by()
    sums = days.values_list("placement").annotate(
        planned=Sum("days", filter=Q(status__in=[DayStatus.PLANNED, DayStatus.CONFIRMED])),
        used=Sum("days", filter=Q(status=DayStatus.DONE)),
    )
    dated = {pk: (planned or ZERO, used or ZERO) for pk, planned, used in sums}
    found = {}
    for placement in placements:
        planned, used = dated.get(placement.pk, (ZERO, ZERO))
        found[placement.pk] = planned, used + placement.days_before
    return found


def _texts(placement: Placement) -> list[str]:
    """What governors read of what somebody typed."""
    return [placement.focus, *(text for o in placement.objectives.all() for text in (o.text, o.criterion))]


def _summary(placement: Placement, planned: Decimal, used: Decimal, *, names_left_out: bool) -> Summary:
    supported = list(placement.supported.all())
    review = next(iter(reversed(placement.impact_reviews.all())), None)  # only the accepted ones were fetched
    told = {p.objective.number: p.get_progress_display() for p in review.progress.all()} if review else {}
    final = {said.number: said.reached for said in outcome(placement.evaluations.all())}
    told |= final
    return Summary(
        placement=placement,
        subject=Subject(placement.subject).label,
        focus=placement.focus,
        priorities=priorities.told_of(placement),
        staff=members_of_staff(sum(1 for person in supported if not person.joining)),
        agreed=placement.days,
        planned=planned,
        used=used,
        results=[
            Result(
                objective.number,
                objective.text,
                objective.criterion,
                told.get(objective.number, "No accepted review yet"),
            )
            for objective in placement.objectives.all()
        ],
        reviewed="final evaluation" if final else review.term.name if review else "",
        names_left_out=names_left_out,
    )

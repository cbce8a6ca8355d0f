"""What a governing body reads (R-13.2): aims, dates, days, results. No supported staff’s names, no diary text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet, Sum

from astcoord.core import shown
from astcoord.core.suppression import members_of_staff
from evaluation.evaluations.lifecycle import Reached
from evaluation.evaluations.reads.levels import LevelLine, of_forms
from evaluation.evaluations.reads.placements import outcome
from evaluation.feedback import reads as feedback
from evaluation.reviews.lifecycle import Progress
from evaluation.reviews.models import ImpactReview, ObjectiveProgress
from evaluation.summaries.reads.changes import ZERO, Happened, since_last_term
from evaluation.summaries.wording import changes as what_changed
from evaluation.summaries.wording import questions
from evaluation.summaries.wording.changes import NO_TERM, HostChanges
from evaluation.summaries.wording.questions import HostFacts
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.days.reads.given import happened
from placements.placement.lifecycle import (
    PLACEMENT_COMPLETED,
    PLACEMENT_OVER,
    PLACEMENT_UNDER_WAY,
    PlacementStatus,
)
from placements.placement.models import Placement
from placements.priorities import reads as priorities
from staff.expertise.vocabulary import Subject

SHOWN = PLACEMENT_UNDER_WAY | PLACEMENT_COMPLETED | {PlacementStatus.SIGNED, PlacementStatus.ENDED_EARLY}
"""From the last signature on; of the closed ones, those in which something happened."""
CODES = {str(label): code for code, label in (*Progress.choices, *Reached.choices)}
"""Of what is told of an objective, the choice by its words."""


def summarised(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Those of `placements` that have a summary."""
    return happened(placements.filter(status__in=SHOWN | {PlacementStatus.CLOSED}))


def has_summary(placement: Placement) -> bool:
    """Whether this placement has one."""
    return placement.status in SHOWN or summarised(Placement.objects.filter(pk=placement.pk)).exists()


@dataclass(frozen=True)
class Result:
    """One objective, and how far the concluded final evaluation, or else the latest accepted review, says it came.

    `code` is that of the choice, empty where nothing has been told.
    """

    number: int
    objective: str
    criterion: str
    progress: str
    code: str


@dataclass(frozen=True)
class Summary:
    """One placement for governors. `since` follows the word “since”; `changed` has one sentence at least, and there
    are three `questions`.
    """

    placement: Placement
    subject: str
    focus: str
    priorities: Sequence[str]
    staff: str
    agreed: Decimal
    planned: Decimal
    used: Decimal
    results: Sequence[Result]
    reviewed: str
    names_left_out: bool
    since: str
    changed: Sequence[str]
    questions: Sequence[str] = ()
    levels: Sequence[LevelLine] = ()
    """Once the final evaluation is concluded, where the policy evaluates so: of how many forms there is evidence."""


def summaries(placements: QuerySet[Placement], today: date) -> list[Summary]:
    """Many placements in a fixed number of queries."""
    progress = Prefetch("progress", ObjectiveProgress.objects.select_related("objective__placement"))
    accepted = ImpactReview.objects.accepted().select_related("term").prefetch_related(progress)
    found = (
        placements.select_related("home", "host", "post__user")
        .prefetch_related(
            "objectives",
            "supported",
            "priorities",
            Prefetch("impact_reviews", accepted.order_by("term__starts_on")),
            "evaluations__objectives",
        )
        .order_by("-starts_on", "-pk")
    )
    rows = list(found)
    days = _days(rows)
    since = since_last_term(today)
    happened = Happened(rows, since) if since else None
    sessions = feedback.sentences(rows, today)
    written = {placement.pk: _texts(placement) for placement in rows}
    return [
        _summary(
            placement,
            *days[placement.pk],
            happened,
            today,
            sessions=sessions.get(placement.pk, ""),
            names_left_out=_texts(placement) != written[placement.pk],
        )
        for placement in shown.all_shown_to(shown.ANYBODY, rows)
    ]


def summary(placement: Placement, today: date) -> Summary:
    """One placement."""
    return summaries(Placement.objects.filter(pk=placement.pk), today)[0]


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


def _summary(
    placement: Placement,
    planned: Decimal,
    used: Decimal,
    happened: Happened | None,
    today: date,
    *,
    sessions: str,
    names_left_out: bool,
) -> Summary:
    supported = list(placement.supported.all())
    review = next(iter(reversed(placement.impact_reviews.all())), None)  # only the accepted ones were fetched
    final = {said.number: said.reached for said in outcome(placement.evaluations.all())}
    told = _progress(review) | final
    changes = _changes(placement, happened, final)
    summary = Summary(
        placement=placement,
        subject=Subject(placement.subject).label,
        focus=placement.focus,
        priorities=priorities.spelt_out(placement, today) or [priorities.told_of(placement)],
        staff=members_of_staff(sum(1 for person in supported if not person.joining)),
        agreed=placement.days,
        planned=planned,
        used=used,
        results=_results(placement, told),
        reviewed="final evaluation" if final else review.term.name if review else "",
        names_left_out=names_left_out,
        since=happened.since.words if happened else "",
        changed=what_changed.of_host(changes) if changes else [NO_TERM],
        levels=of_forms(placement.evaluations.all(), sessions) if final else (),
    )
    return replace(summary, questions=questions.of_host(_facts(summary, changes or HostChanges(), today)))


def _results(placement: Placement, told: dict[int, str]) -> list[Result]:
    """Every objective, with what is `told` of it by its number."""
    return [
        Result(
            o.number,
            o.text,
            o.criterion,
            told.get(o.number, "No accepted review yet"),
            CODES.get(told.get(o.number, ""), ""),
        )
        for o in placement.objectives.all()
    ]


def _progress(review: ImpactReview | None) -> dict[int, str]:
    """What one accepted review says of each objective; what it leaves open is not told."""
    rows = review.progress.all() if review else ()
    return {row.objective.number: row.get_progress_display() for row in rows if row.progress}


def _changes(placement: Placement, happened: Happened | None, final: dict[int, str]) -> HostChanges | None:
    """What was told at the end of last term is what had been accepted by then."""
    if happened is None:
        return None
    new = {review.pk for review in happened.reviewed(placement)}
    accepted = list(placement.impact_reviews.all())
    earlier = [review for review in accepted if review.pk not in new]
    before = _progress(earlier[-1] if earlier else None)
    now = _progress(accepted[-1] if accepted else None) | final
    return happened.of(placement, before=before if happened.concluded(placement) else before | final, now=now)


def _facts(summary: Summary, changes: HostChanges, today: date) -> HostFacts:
    placement = summary.placement
    under_way = placement.status in PLACEMENT_UNDER_WAY
    over = placement.status in PLACEMENT_OVER
    left = (placement.ends_on - today).days // 7 if under_way and placement.ends_on else None
    return HostFacts(
        under_way=under_way,
        begun=placement.starts_on is not None and placement.starts_on <= today,
        over=over,
        ended_early=placement.status == PlacementStatus.ENDED_EARLY,
        agreed=summary.agreed,
        used=summary.used,
        planned=summary.planned,
        weeks_left=left,
        objectives=len(summary.results),
        progress={result.number: result.code for result in summary.results if result.code},
        reviewed_since=bool(changes.reviews),
        called_off=changes.called_off,
        linked=bool(placement.priorities.all()),
        standards=not any(form.concludes and not form.standards for form in placement.evaluations.all()),
    )

"""What final evaluations came to, of many placements at once."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evaluation.evaluations.lifecycle import EVALUATION_ANSWERED, AskedOf, EvaluationKind, EvaluationStatus, Reached
from evaluation.evaluations.models import Evaluation


def outcomes_of(placements: QuerySet[Any]) -> Iterator[tuple[int, int, str]]:
    """Of those whose final evaluation is concluded: its key, how many objectives were reached, and whether the host
    headteacher says that it helped. As in `placements.outcome`: in the school’s words, or else the AST’s. One query.
    """
    finals = Evaluation.objects.filter(kind=EvaluationKind.FINAL, placement=OuterRef("placement"))
    concluded = finals.filter(asked_of=AskedOf.COORDINATOR, status=EvaluationStatus.ACCEPTED)
    by_school = finals.filter(asked_of=AskedOf.HOST_HEAD, status__in=EVALUATION_ANSWERED)
    counting = Q(asked_of=AskedOf.HOST_HEAD) | Q(~Exists(by_school), asked_of=AskedOf.AST)
    said = Evaluation.objects.filter(
        counting, Exists(concluded), kind=EvaluationKind.FINAL, status__in=EVALUATION_ANSWERED, placement__in=placements
    )
    reached = Count("objectives", filter=Q(objectives__reached=Reached.REACHED))
    rows = said.order_by().values_list("placement_id", "asked_of", "helps").annotate(reached=reached)
    for placement, asked_of, helps, count in rows:
        yield placement, count, helps if asked_of == AskedOf.HOST_HEAD else ""

"""What of a placement has been written on this floor."""

from evaluation.evaluations.lifecycle import EvaluationStatus
from evaluation.evaluations.models import Evaluation
from evaluation.evidence.models import Evidence
from evaluation.ideas.models import Idea
from evaluation.reviews.lifecycle import ReviewStatus
from evaluation.reviews.models import ImpactReview
from placements.placement.models import Placement


def begun(placement: Placement) -> list[str]:
    """In words for people; what is only asked for and not begun does not count. Four queries."""
    found = (
        ("an impact review", ImpactReview.objects.filter(placement=placement).exclude(status=ReviewStatus.DUE)),
        ("an evaluation", Evaluation.objects.filter(placement=placement).exclude(status=EvaluationStatus.DUE)),
        ("evidence", Evidence.objects.filter(placement=placement)),
        ("an idea", Idea.objects.filter(placement=placement)),
    )
    return [words for words, rows in found if rows.exists()]

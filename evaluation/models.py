"""Gathers the tables of all rooms for Django; code imports them from their rooms."""

from evaluation.corrections.models import Correction
from evaluation.diary.models import DiaryEntry
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.evidence.models import Evidence
from evaluation.ideas.models import Idea
from evaluation.materials.models import Material
from evaluation.meetings.models import MeetingAction
from evaluation.returns.models import ReturnFinding, ReturnVisit
from evaluation.reviews.models import ImpactReview, ObjectiveProgress

__all__ = [
    "Correction",
    "DiaryEntry",
    "Evaluation",
    "Evidence",
    "Idea",
    "ImpactReview",
    "Material",
    "MeetingAction",
    "ObjectiveProgress",
    "ObjectiveReached",
    "ReturnFinding",
    "ReturnVisit",
]

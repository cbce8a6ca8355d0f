"""Gathers the tables of all rooms for Django; code imports them from their rooms."""

from evaluation.corrections.models import Correction
from evaluation.diary.models import DiaryEntry
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.meetings.models import MeetingAction
from evaluation.returns.models import ReturnFinding, ReturnVisit
from evaluation.reviews.models import ImpactReview, ObjectiveProgress

__all__ = [
    "Correction",
    "DiaryEntry",
    "Evaluation",
    "ImpactReview",
    "MeetingAction",
    "ObjectiveProgress",
    "ObjectiveReached",
    "ReturnFinding",
    "ReturnVisit",
]

"""Gathers the tables of all rooms for Django; code imports them from their rooms."""

from evaluation.corrections.models import Correction
from evaluation.diary.models import DiaryEntry
from evaluation.estimates.models import Estimate, Offer
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.evidence.models import Evidence
from evaluation.feedback.models import SessionFeedback
from evaluation.half_way.models import HalfWayReview
from evaluation.ideas.models import Idea
from evaluation.logic.models import LogicModel, LogicStep
from evaluation.materials.models import Material
from evaluation.meetings.models import MeetingAction
from evaluation.performance.models import OutreachJudgement, TargetJudged
from evaluation.results.models import AttainmentResult
from evaluation.returns.models import ReturnFinding, ReturnVisit
from evaluation.reviews.models import ImpactReview, ObjectiveProgress
from evaluation.termly.models import Decision, TermlyMeeting
from evaluation.training.models import TrainingStatement
from evaluation.value.models import PlacementCost

__all__ = [
    "AttainmentResult",
    "Correction",
    "Decision",
    "DiaryEntry",
    "Estimate",
    "Evaluation",
    "Evidence",
    "HalfWayReview",
    "Idea",
    "ImpactReview",
    "LogicModel",
    "LogicStep",
    "Material",
    "MeetingAction",
    "ObjectiveProgress",
    "ObjectiveReached",
    "Offer",
    "OutreachJudgement",
    "PlacementCost",
    "ReturnFinding",
    "ReturnVisit",
    "SessionFeedback",
    "TargetJudged",
    "TermlyMeeting",
    "TrainingStatement",
]

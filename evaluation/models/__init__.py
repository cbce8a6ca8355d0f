from evaluation.models.diary import DiaryEntry
from evaluation.models.reviews import ImpactReview, ObjectiveProgress

__all__ = ["DiaryEntry", "ImpactReview", "ObjectiveProgress"]

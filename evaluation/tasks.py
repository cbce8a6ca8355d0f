"""Gathers the scheduled work of all rooms, where Celery looks for it."""

from evaluation.diary.tasks import lock_diary, remind_of_missing_entries
from evaluation.estimates.tasks import lapse_offers
from evaluation.evaluations.tasks import look_after_evaluations
from evaluation.half_way.tasks import look_after_half_way_reviews
from evaluation.returns.tasks import look_after_returns
from evaluation.reviews.tasks import look_after_reviews
from evaluation.summaries.tasks import send_board_summaries
from evaluation.training.tasks import ask_for_training_statements

__all__ = [
    "ask_for_training_statements",
    "lapse_offers",
    "lock_diary",
    "look_after_evaluations",
    "look_after_half_way_reviews",
    "look_after_returns",
    "look_after_reviews",
    "remind_of_missing_entries",
    "send_board_summaries",
]

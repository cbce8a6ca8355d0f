"""What the people supported say of one session that the AST led, in three ticks (R-11.15)."""

from typing import Any

from django.db import models

from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from evaluation.feedback.lifecycle import QUESTIONS, Said
from evaluation.feedback.querysets import SessionFeedbackQuerySet
from placements.days.models import OutreachDay
from placements.supported.models import SupportedStaff


def _answer(column: str) -> "models.CharField[str, str]":
    return models.CharField(QUESTIONS[column], max_length=10, choices=Said)


def _said(column: str) -> Any:
    return lambda row, _: Said(getattr(row, column)).label


class SessionFeedback(models.Model):
    """One person's answers on one outreach day. Others read them as numbers only, so there is no room for words."""

    day = models.ForeignKey(OutreachDay, models.PROTECT, related_name="feedback")
    person = models.ForeignKey(SupportedStaff, models.CASCADE, related_name="feedback")
    useful = _answer("useful")
    next_step = _answer("next_step")
    enough_time = _answer("enough_time")
    said_at = models.DateTimeField(auto_now=True)

    objects = SessionFeedbackQuerySet.as_manager()

    personal_data = PersonalData().shows(
        74,
        say_later("What you said of days with the AST"),
        say_later(
            f"placement: person.placement.reference; day: day.on; said: said_at; {'; '.join(QUESTIONS.values())}"
        ),
        person="person",
        made={question: _said(column) for column, question in QUESTIONS.items()},
    )

    class Meta:
        ordering = ["day__on", "pk"]
        verbose_name_plural = "feedback on sessions"
        constraints = [
            models.UniqueConstraint(fields=["day", "person"], name="session_feedback_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"Feedback on {self.day}"

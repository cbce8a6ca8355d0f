"""What is to happen on one outreach day, part after part (R-10.1), and who watches a model lesson (R-6.3)."""

from django.db import models
from django.db.models import Q

from placements.models.placements import SupportedStaff
from placements.models.time import OutreachDay
from placements.querysets import DayPartQuerySet


class DayPart(models.Model):
    """One stretch of a day's plan. A model lesson has a class, and watchers: people supported, or others by role."""

    class Kind(models.TextChoices):
        WORK = "work", "Work with supported staff"
        MODEL_LESSON = "model_lesson", "Model lesson"
        TOGETHER = "together", "Planning together"
        MEETING = "meeting", "Non-contact meeting"
        OWN_PLANNING = "own_planning", "AST’s own planning"
        TALK = "talk", "End-of-day talk"
        REVIEW = "review", "Time kept for review"

    day = models.ForeignKey(OutreachDay, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15, choices=Kind)
    minutes = models.PositiveSmallIntegerField()
    taught = models.CharField("class or group", max_length=60, blank=True)
    same_class = models.CharField("the class as it is counted", max_length=60, blank=True)
    watchers = models.ManyToManyField(SupportedStaff, blank=True, related_name="lessons_watched")
    other_watcher = models.CharField("another member of staff who watches, by role", max_length=100, blank=True)

    objects = DayPartQuerySet.as_manager()

    class Meta:
        ordering = ["day", "number"]
        indexes = [models.Index(fields=["same_class"], condition=~Q(same_class=""), name="model_lessons_of_a_class")]
        constraints = [
            models.UniqueConstraint(fields=["day", "number"], name="day_part_number_once"),
            models.CheckConstraint(name="day_part_lasts", condition=Q(minutes__gt=0)),
            models.CheckConstraint(
                name="only_a_model_lesson_has_a_class",
                condition=Q(kind="model_lesson") & ~Q(taught="")
                | ~Q(kind="model_lesson") & Q(taught="", same_class="", other_watcher=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.minutes} minutes"

"""What ASTs were trained in for their role, and who co-ordinates that for all of them (R-3.11, R-3.21)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from astcoord.core.personal_data import PersonalData
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from staff.posts.models import Post
from staff.training.lifecycle import Topic
from staff.training.querysets import RoleTrainingQuerySet, TrainingCoordinatorQuerySet

LINE = say_later("Role training of ASTs")
"""Of the retention schedule."""


class RoleTraining(models.Model):
    """One topic that an AST was trained in, on which day, and who recorded it."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="role_training")
    topic = models.CharField(max_length=15, choices=Topic)
    on = models.DateField("day")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RoleTrainingQuerySet.as_manager()

    personal_data = PersonalData().shows(
        102,
        "Role training that you had",
        "topic: get_topic_display; day: on; recorded by: recorded_by.name",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint("post", "topic", name="role_training_once_a_topic")]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}, {date_words(self.on)}"


class TrainingCoordinator(models.Model):
    """Who reads what all ASTs lack in training, from a day on until it ends or another is named (R-3.21)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="who")
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = TrainingCoordinatorQuerySet.as_manager()

    personal_data = PersonalData().shows(
        103,
        say_later("When you were training co-ordinator"),
        "from: since; ended on: ended_on",
        accounts=("user",),
    )

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Coalesce("ended_on", models.Value(date.min)),
                name="training_coordinator_one_at_a_time",
                condition=models.Q(ended_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}, from {date_words(self.since)}"

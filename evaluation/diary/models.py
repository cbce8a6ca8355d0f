"""What an AST writes after an outreach day (R-10.3, R-10.4). Nothing here grades anybody (R-10.6)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.fields import ChoiceSetField
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from evaluation.diary.lifecycle import DIARY, DiaryStatus
from evaluation.diary.querysets import DiaryQuerySet
from placements.days.models import OutreachDay
from placements.placement.models import Objective
from placements.supported.models import SupportedStaff
from staff.expertise.vocabulary import WorkType


class DiaryEntry(models.Model):
    """One entry for one outreach day."""

    machine: ClassVar[Machine] = DIARY

    day = models.OneToOneField(OutreachDay, models.PROTECT, related_name="diary")
    status = models.CharField(max_length=16, choices=DiaryStatus, default=DiaryStatus.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    priorities = models.TextField("main priorities", blank=True, max_length=2000)
    activities = ChoiceSetField("what was done", options=WorkType.choices, blank=True)
    staff = models.ManyToManyField(SupportedStaff, blank=True, related_name="diary_entries")
    objectives = models.ManyToManyField(Objective, blank=True, related_name="diary_entries")
    next_steps = models.TextField(blank=True, max_length=2000)
    evidence = models.TextField("what shows it", blank=True, max_length=2000)
    talk_held = models.BooleanField("end-of-day talk held", null=True, blank=True)
    talk_note = models.TextField("what was said, or why it was not possible", blank=True, max_length=1000)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = DiaryQuerySet.as_manager()

    personal_data = (
        PersonalData(case="day__placement__request", may_name=("priorities", "next_steps", "evidence", "talk_note"))
        .shows(
            70,
            "Diary entries that you wrote",
            "placement: day.placement.reference; on: day.on; status: get_status_display; priorities; next_steps; "
            "evidence; talk_note; submitted: submitted_at",
            accounts=("author",),
        )
        .shows(
            73,
            say_later(
                "Outreach days on which an AST worked with you"
            ),  # not the AST's texts, which may tell of several
            "placement: day.placement.reference; on: day.on; what was done",
            person="staff",
            only=lambda rows: rows.submitted(),
            made={"what was done": lambda entry, _: DiaryEntry._meta.get_field("activities").labels(entry)},
        )
    )

    class Meta:
        ordering = ["-day__on"]
        verbose_name_plural = "diary entries"
        constraints = [
            models.CheckConstraint(
                name="diary_submitted_is_whole",
                condition=Q(status=DiaryStatus.DRAFT)
                | (~Q(priorities="") & ~Q(activities="") & Q(talk_held__isnull=False, submitted_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="diary_talk_not_held_has_reason", condition=~Q(talk_held=False) | ~Q(talk_note="")
            ),
        ]

    def __str__(self) -> str:
        return f"Diary, {self.day.on:%-d %B %Y}"

"""What was agreed at a review meeting. The meeting itself is a `Meeting` of the placement (R-11.4)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from astcoord.core.personal_data import PersonalData
from evaluation.meetings.querysets import ActionQuerySet
from placements.placement.models import Meeting
from placements.placement.ten_items import ActionOwner


class MeetingAction(models.Model):
    """One thing to be done, with its owner and its day; ticked off by the owner."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="actions")
    text = models.CharField("what is to be done", max_length=250)
    owner = models.CharField("who does it", max_length=12, choices=ActionOwner)
    due_on = models.DateField("by when")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActionQuerySet.as_manager()

    personal_data = (
        PersonalData(case="meeting__placement__request", may_name=("text",))
        .tells_of_work("meeting__placement__post__user")
        .shows(
            45,
            "What was agreed at meetings and you have done",
            "placement: meeting.placement.reference; meeting: meeting.held_on; what: text; due: due_on; done: done_on",
            accounts=("done_by",),
        )
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="meeting_action_says_what", condition=~Q(text="") & ~Q(owner="")),
            models.CheckConstraint(
                name="meeting_action_done_when_and_by_whom",
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def is_overdue(self, today: date) -> bool:
        """Not done although the day has passed."""
        return self.done_on is None and self.due_on < today

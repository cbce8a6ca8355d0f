"""Scopes over what participants said of sessions (R-11.15)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count

from astcoord.core.roles import OFFICE, Role
from astcoord.core.suppression import SMALLEST_GROUP
from evaluation.feedback.rules import earliest_open
from placements.days.lifecycle import DAY_COUNTS
from staff.accounts.models import User
from staff.accounts.querysets import in_group

if TYPE_CHECKING:
    from evaluation.feedback.models import SessionFeedback  # noqa: F401  (named in strings below)


class SessionFeedbackQuerySet(models.QuerySet["SessionFeedback"]):
    def counted(self, today: date) -> "SessionFeedbackQuerySet":
        """Of sessions that were not called off, whose fortnight is over and of which three or more people spoke: no sum
        of these changes any more, nor does one differ from another by fewer than three answers (section G).
        """
        of_many = (
            self.model._default_manager.filter(day__on__lt=earliest_open(today), day__status__in=DAY_COUNTS)
            .order_by()
            .values("day")
            .annotate(answers=Count("pk"))
            .filter(answers__gte=SMALLEST_GROUP)
        )
        return self.filter(day__in=of_many.values("day"))

    def counted_for(self, user: User) -> "SessionFeedbackQuerySet":
        """What a report may count for this person: the consultant's own group, else all (section G)."""
        if user.has_role(*OFFICE, Role.OFFICER):
            return self
        return self.filter(in_group(user, "day__placement__subject", "day__placement__home"))

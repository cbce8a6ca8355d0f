"""Scopes over work outside placements and agreements on inreach (section G)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from placements.activities.lifecycle import InreachStatus
from staff.accounts.models import User
from staff.posts.models import Post

if TYPE_CHECKING:
    from placements.activities.models import Activity, InreachAgreement  # noqa: F401  (named in strings below)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: User) -> "ActivityQuerySet":
        """Of the ASTs whose posts this person sees."""
        return self.filter(post__in=Post.objects.visible_to(user))

    def standing(self) -> "ActivityQuerySet":
        """Without what was called off."""
        return self.filter(cancelled_on=None)


class InreachQuerySet(models.QuerySet["InreachAgreement"]):
    def visible_to(self, user: User) -> "InreachQuerySet":
        """Of the ASTs whose posts this person sees."""
        return self.filter(post__in=Post.objects.visible_to(user))

    def agreed_on(self, day: date) -> "InreachQuerySet":
        """Agreed by the co-ordinator, for that day: also where the agreement has ended since, up to its end."""
        held = self.filter(agreed_by__isnull=False, starts_on__lte=day, ends_on__gte=day)
        return held.exclude(status=InreachStatus.ENDED, ended_on__lte=day)

"""Scopes over corrections that were asked for (section G)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import OFFICE, Role
from evaluation.corrections.lifecycle import Outcome
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING

if TYPE_CHECKING:
    from evaluation.corrections.models import Correction  # noqa: F401  (named in strings below)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, user: User) -> "CorrectionQuerySet":
        """The office's, and those of one's own placements: the AST's and the host headteacher's.

        The home headteacher reads priorities and time, and these are in the entry.
        """
        if user.has_role(*OFFICE):
            return self
        own = NOTHING
        if schools := user.schools_as(Role.HEADTEACHER):
            own |= Q(entry__day__placement__host_id__in=schools)
        if user.has_role(Role.AST):
            own |= Q(entry__day__placement__post__user=user)
        return self.filter(own)

    def waiting(self) -> "CorrectionQuerySet":
        return self.filter(outcome=Outcome.OPEN)

    def with_people(self) -> "CorrectionQuerySet":
        """With what every page shows, in one query."""
        return self.select_related(
            "entry__day__placement__post__user",
            "entry__day__placement__host",
            "entry__day__placement__home",
            "asked_by",
            "answered_by",
        )

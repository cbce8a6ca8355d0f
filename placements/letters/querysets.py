"""Scopes over letters (section G)."""

from typing import TYPE_CHECKING

from django.db import models

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.accounts.querysets import OFFICE_AND_OFFICER

if TYPE_CHECKING:
    from placements.letters.models import Letter  # noqa: F401  (named in strings below)


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: User) -> "LetterQuerySet":
        """The office all; a head the letters to the head's own school."""
        if user.has_role(*OFFICE_AND_OFFICER):
            return self
        return self.filter(school_id__in=user.schools_as(Role.HEADTEACHER))

"""Scopes over former ASTs who wish to be found (R-3.17)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User

if TYPE_CHECKING:
    from staff.alumni.models import AlumniEntry  # noqa: F401  (named in the string of the class line below)

READERS = OFFICE | {Role.CONSULTANT, Role.AST}
"""Who reads the board: ASTs, the office, consultants."""


class AlumniQuerySet(models.QuerySet["AlumniEntry"]):
    def board(self, on: date) -> "AlumniQuerySet":
        """Those who said yes and have left. Whoever did not say yes is not there."""
        return self.filter(on_board=True, post__ends_on__lt=on)

    def visible_to(self, user: User, on: date) -> "AlumniQuerySet":
        """The board, for those who read it."""
        return self.board(on) if user.has_role(*READERS) else self.none()

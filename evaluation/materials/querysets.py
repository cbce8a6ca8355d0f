"""Scopes over the library (section G)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Q, Value, When

from astcoord.core.roles import OFFICE, Role
from evaluation.materials.lifecycle import MaterialState
from staff.accounts.models import User
from staff.accounts.querysets import consultant_subjects

if TYPE_CHECKING:
    from evaluation.materials.models import Material  # noqa: F401  (named in strings below)

LIBRARY = frozenset({Role.HEADTEACHER, Role.AST, Role.OFFICER})
"""Who reads all that is published."""


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: User) -> "MaterialQuerySet":
        """What is published: heads, ASTs and officers all, consultants of their subjects. One's own always; the office
        also what has been withdrawn."""
        if user.has_role(*OFFICE):
            return self
        there = Q(withdrawn_on=None)
        read = there & (Q() if user.has_role(*LIBRARY) else Q(subject__in=consultant_subjects(user)))
        return self.filter(read | Q(author=user))

    def with_state(self) -> "MaterialQuerySet":
        """Each with `state`: a value of `MaterialState`."""
        gone = When(withdrawn_on__isnull=False, then=Value(MaterialState.WITHDRAWN))
        return self.annotate(state=Case(gone, default=Value(MaterialState.PUBLISHED)))

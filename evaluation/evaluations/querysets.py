"""Scopes over evaluation forms (section G)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from astcoord.core.roles import OFFICE, Role
from evaluation.evaluations.lifecycle import (
    EVALUATION_ANSWERED,
    EVALUATION_WITH_OWNER,
    AskedOf,
    EvaluationKind,
    EvaluationStatus,
)
from evaluation.evaluations.rules import LATE
from placements.placement.lifecycle import PlacementStatus
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING, in_group

if TYPE_CHECKING:
    from evaluation.evaluations.models import Evaluation  # noqa: F401  (named in strings below)


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def read_by_the_ast(self) -> "EvaluationQuerySet":
        """Handed in, and of supported people those that the person has shared: what an AST is given of oneself."""
        return self.filter(Q(shared=True) | ~Q(asked_of=AskedOf.SUPPORTED), status__in=EVALUATION_ANSWERED)

    def visible_to(self, user: User) -> "EvaluationQuerySet":
        """Forms that the person may open. Those of supported people: the office and the subject's consultant, and the
        AST once the person has shared them; the host head reads sums of them only. Home heads, officers and governors
        open no form: they read the outcome.
        """
        if user.has_role(*OFFICE):
            return self
        own = NOTHING
        if schools := user.schools_as(Role.HEADTEACHER):
            own |= Q(placement__host_id__in=schools) & ~Q(asked_of=AskedOf.SUPPORTED)
        if user.has_role(Role.AST):
            shared = Q(shared=True, status__in=EVALUATION_ANSWERED)
            own |= Q(placement__post__user=user) & (~Q(asked_of=AskedOf.SUPPORTED) | shared)
        own |= in_group(user, "placement__subject", "placement__home")
        return self.filter(own)

    def asked(self, today: date) -> "EvaluationQuerySet":
        """Waits for whoever was asked, and its day has come. Nothing more is asked of a closed placement, nor of
        somebody who has withdrawn (R-6.12).
        """
        here = self.filter(status__in=EVALUATION_WITH_OWNER, opens_on__lte=today)
        return here.exclude(placement__status=PlacementStatus.CLOSED).exclude(person__withdrew_on__isnull=False)

    def overdue(self, today: date) -> "EvaluationQuerySet":
        """Asked for, and the day has passed."""
        return self.asked(today).filter(due_on__lt=today)

    def late(self, today: date) -> "EvaluationQuerySet":
        """Overdue by more than a fortnight (R-11.16)."""
        return self.asked(today).filter(due_on__lt=today - LATE)

    def still_to_come(self, today: date) -> "EvaluationQuerySet":
        """What the schools and the people supported say of the end: asked for, not handed in and not late."""
        finals = self.asked(today).filter(kind=EvaluationKind.FINAL, due_on__gte=today)
        return finals.exclude(asked_of=AskedOf.COORDINATOR)

    def to_conclude(self, today: date) -> "EvaluationQuerySet":
        """R-11.5: the co-ordinator's own part, once nothing is still to come that it is concluded from (R-11.3)."""
        waited_for = self.model._default_manager.still_to_come(today).filter(placement=OuterRef("placement"))
        return self.asked(today).filter(~Exists(waited_for), asked_of=AskedOf.COORDINATOR)

    def on_levels(self) -> "EvaluationQuerySet":
        """Handed in, with the four levels on it (R-11.6)."""
        return self.filter(levels=True, status__in=EVALUATION_ANSWERED)

    def counted_for(self, user: User) -> "EvaluationQuerySet":
        """Forms that a report may count for this person: the consultant's own group, else all (section G)."""
        if user.has_role(*OFFICE, Role.OFFICER):
            return self
        return self.filter(in_group(user, "placement__subject", "placement__home"))

    def handed_in(self) -> "EvaluationQuerySet":
        """Waits for the co-ordinator to read it."""
        return self.filter(status=EvaluationStatus.SUBMITTED)

    def with_people(self) -> "EvaluationQuerySet":
        """With what every list and page shows, in one query."""
        return self.select_related(
            "placement__post__user", "placement__host", "placement__home", "placement__request", "person"
        )

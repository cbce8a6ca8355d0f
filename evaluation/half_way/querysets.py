"""Scopes over half-way reviews (section G)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from astcoord.core.roles import OFFICE
from evaluation.half_way.lifecycle import Decision, HalfWayStatus
from placements.changes.models import Amendment
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from staff.accounts.models import User

if TYPE_CHECKING:
    from evaluation.half_way.models import HalfWayReview  # noqa: F401  (named in strings below)


class HalfWayQuerySet(models.QuerySet["HalfWayReview"]):
    def visible_to(self, user: User) -> "HalfWayQuerySet":
        """Of placements that the person reads whole: not officers and governors, who read sums (section G)."""
        if user.has_role(*OFFICE):
            return self
        return self.filter(placement__in=Placement.objects.read_whole_by(user))

    def asked(self) -> "HalfWayQuerySet":
        return self.filter(status=HalfWayStatus.ASKED)

    def overdue(self, today: date) -> "HalfWayQuerySet":
        """The day for both to answer has passed, and nothing is decided."""
        return self.asked().filter(due_on__lt=today)

    def to_decide(self, today: date) -> "HalfWayQuerySet":
        """The co-ordinator's turn: both have answered, or have had their time."""
        return self.asked().filter(Q(due_on__lt=today) | Q(host_at__isnull=False, ast_at__isnull=False))

    def not_carried_out(self, decision: str) -> "HalfWayQuerySet":
        """Decided so, and the work still goes on as before: no end, and no change begun since."""
        open_ = self.filter(status=HalfWayStatus.DECIDED, decision=decision)
        open_ = open_.filter(placement__status__in=PLACEMENT_UNDER_WAY)
        if decision == Decision.END:
            return open_
        changed = Amendment.objects.filter(placement=OuterRef("placement"), asked_at__gte=OuterRef("decided_at"))
        return open_.filter(~Exists(changed))

    def with_people(self) -> "HalfWayQuerySet":
        """With what every list shows, in one query."""
        return self.select_related(
            "placement__post__user", "placement__host", "placement__home", "placement__request", "decided_by"
        )

    def with_answers(self) -> "HalfWayQuerySet":
        """With what a page shows, in one query: also who answered."""
        return self.with_people().select_related("host_by", "ast_by")

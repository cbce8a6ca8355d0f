"""Scopes over rounds and proposals (section G, row “Pay range, point, grants, funding”)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.secondments.lifecycle import RUNNING, TAKES_A_PLACE, ProposalStatus

if TYPE_CHECKING:
    from staff.secondments.models import Proposal, SecondmentRound  # noqa: F401  (named in strings below)

ADVISED = [each for each in ProposalStatus if each not in (ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN)]
"""What an adviser and the governors may read of."""


class RoundQuerySet(models.QuerySet["SecondmentRound"]):
    def open(self, on: date) -> "RoundQuerySet":
        """Those that take proposals that day; first and closing day count."""
        return self.filter(opens_on__lte=on, closes_on__gte=on)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> "ProposalQuerySet":
        """The co-ordinator all; a school its own; its adviser; the teacher once seconded."""
        if user.has_role(Role.COORDINATOR):
            return self
        own = Q(school_id__in=user.schools_as(Role.HEADTEACHER))
        own |= Q(school_id__in=user.schools_as(Role.GOVERNOR), status__in=ADVISED)
        if user.has_role(Role.AST):
            own |= Q(secondment__post__user=user)
        if user.has_role(Role.CONSULTANT):
            own |= Q(adviser=user, status__in=ADVISED) | Q(secondment__guide=user)
        return self.filter(own)

    def taking_a_place(self) -> "ProposalQuerySet":
        """Approved or running (R-2.16)."""
        return self.filter(status__in=TAKES_A_PLACE)

    def waiting(self) -> "ProposalQuerySet":
        """On the waiting list, who has waited longest first."""
        return self.filter(status=ProposalStatus.WAITING).order_by("decided_at", "pk")

    def running(self) -> "ProposalQuerySet":
        """Seconded."""
        return self.filter(status__in=RUNNING)

    def whole(self) -> "ProposalQuerySet":
        """With what lists and pages name."""
        return self.select_related("round", "school", "adviser", "secondment__post__user", "secondment__guide")

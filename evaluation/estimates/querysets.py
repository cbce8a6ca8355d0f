"""Scopes over estimates and the offers that follow from them (R-11.12, section G)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from astcoord.core.roles import Role
from evaluation.estimates.lifecycle import OfferStatus
from evaluation.results.models import AttainmentResult
from placements.placement.lifecycle import PLACEMENT_COMPLETED, PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from placements.requests.lifecycle import REQUEST_OPEN
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING, OFFICE_AND_OFFICER, in_group

if TYPE_CHECKING:
    from evaluation.estimates.models import Estimate, Offer  # noqa: F401  (named in strings below)

SUPPORTED = PLACEMENT_UNDER_WAY | PLACEMENT_COMPLETED
"""Placements by which a department has had help, or has it now."""


class EstimateQuerySet(models.QuerySet["Estimate"]):
    def visible_to(self, user: User) -> "EstimateQuerySet":
        """The office and officers read all; heads and governors the own school; a consultant the group's subjects; an
        AST the subject of each own placement at its host school. The same as of results.
        """
        if user.has_role(*OFFICE_AND_OFFICER):
            return self
        own = Q(school_id__in=user.schools_as(Role.HEADTEACHER, Role.GOVERNOR))
        own |= in_group(user, "subject", "school")
        if user.has_role(Role.AST):
            mine = Placement.objects.filter(post__user=user, host=OuterRef("school"), subject=OuterRef("subject"))
            own |= Q(Exists(mine))
        return self.filter(own)

    def with_actual(self) -> "EstimateQuerySet":
        """Each with `result`, the figure of the results that counts, or else the one that came with the estimate; and
        with `difference`, by how much it lies over. Both are empty where nothing is known.
        """
        same = {name: OuterRef(name) for name in ("school", "subject", "measure", "year")}
        counting = AttainmentResult.objects.counting().filter(**same).order_by("pk").values("value")[:1]
        return self.annotate(result=Coalesce(Subquery(counting), F("actual"))).annotate(
            difference=F("result") - F("value")
        )

    def candidates(self) -> "EstimateQuerySet":
        """R-11.12: departments whose result lies under the estimate. Of every measure, a higher figure is better."""
        found: EstimateQuerySet = self.with_actual().filter(Q(difference__lt=0))
        return found

    def with_help(self) -> "EstimateQuerySet":
        """Each with whether the department has had an AST, has asked for one, and where an offer stands."""
        here = {"host": OuterRef("school"), "subject": OuterRef("subject")}
        offers = self._offers().filter(**{name: OuterRef(name) for name in ("school", "subject", "year")})
        return self.annotate(
            supported=Exists(Placement.objects.filter(**here, status__in=SUPPORTED)),
            asked=Exists(OutreachRequest.objects.filter(**here, status__in=REQUEST_OPEN)),
            offer_pk=Subquery(offers.values("pk")[:1]),
            offer_status=Subquery(offers.values("status")[:1]),
        )

    def _offers(self) -> "OfferQuerySet":
        offers: OfferQuerySet = self.model._meta.apps.get_model("evaluation", "Offer")._default_manager.all()
        return offers


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: User) -> "OfferQuerySet":
        """The office and officers read all, a head those to the own school, a consultant those in the group's subjects.
        Governors and ASTs hear of it when it has become a request.
        """
        if user.has_role(*OFFICE_AND_OFFICER):
            return self
        own = NOTHING
        if schools := user.schools_as(Role.HEADTEACHER):
            own |= Q(school_id__in=schools)
        own |= in_group(user, "subject", "school")
        return self.filter(own)

    def waiting(self) -> "OfferQuerySet":
        """For the headteacher's answer."""
        return self.filter(status=OfferStatus.OFFERED)

    def due(self, on: date) -> "OfferQuerySet":
        """Nobody has answered, and the day has passed."""
        return self.waiting().filter(answer_by__lt=on)

    def with_people(self) -> "OfferQuerySet":
        """With what lists and pages show, in one query."""
        return self.select_related("school", "made_by", "answered_by", "request")

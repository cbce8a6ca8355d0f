"""Scopes over requests. Every list starts from `visible_to(user)` (section G)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, DateField, F, Q, When
from django.db.models.functions import Coalesce, TruncDate

from astcoord.core.roles import Role
from placements.matching.lifecycle import MATCH_LIVE, MatchStatus
from placements.requests.lifecycle import REQUEST_OPEN, REQUEST_WITH_COORDINATOR, RequestStatus
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING, OFFICE_AND_OFFICER, in_group

if TYPE_CHECKING:
    from placements.requests.models import OutreachRequest  # noqa: F401  (named in strings below)


HEADS_OWN_ROUTES = ("online", "letter")
"""Routes by which a head comes alone: such a draft is nobody else's business until it is sent."""


class RequestQuerySet(models.QuerySet["OutreachRequest"]):
    def visible_to(self, user: User) -> "RequestQuerySet":
        """The office sees all but other people's drafts; a school its own; AST and home head what concerns them."""
        own = NOTHING
        if user.has_role(*OFFICE_AND_OFFICER):
            own |= ~Q(status=RequestStatus.DRAFT) | Q(created_by=user)
            if user.has_role(Role.COORDINATOR, Role.ADMINISTRATOR):
                own |= ~Q(route__in=HEADS_OWN_ROUTES)
        if schools := user.schools_as(Role.HEADTEACHER):
            own |= Q(host_id__in=schools) | self._matched(matches__post__home_id__in=schools)
        if user.has_role(Role.AST):
            own |= self._matched(matches__post__user=user)
        own |= in_group(user, "subject", "host") & ~Q(status=RequestStatus.DRAFT)
        return self.filter(own)

    def _matched(self, **whose: Any) -> Q:
        """Asked of these ASTs as a match. A subquery: a join would make every list pay for rows that stand twice."""
        asked = self.model._default_manager.filter(**whose, matches__status__in=[*MATCH_LIVE, MatchStatus.REFUSED])
        return Q(pk__in=asked.order_by().values("pk"))

    def open(self) -> "RequestQuerySet":
        return self.filter(status__in=REQUEST_OPEN)

    def in_queue(self) -> "RequestQuerySet":
        """What the co-ordinator may act on now."""
        return self.filter(status__in=REQUEST_WITH_COORDINATOR)

    def with_turns(self, days_to_decide: int) -> "RequestQuerySet":
        """Each with `since`, when it began to wait, and `act_by`, the day by which the co-ordinator owes a decision.

        That is the day to look again, or so many days after the request was sent; none where others are to act.
        """
        decide_by = TruncDate(F("submitted_at") + timedelta(days=days_to_decide))
        act_by = Case(
            When(status=RequestStatus.WAITING, then=F("look_again_on")),
            When(status__in=REQUEST_WITH_COORDINATOR, then=decide_by),
            default=None,
            output_field=DateField(),
        )
        return self.annotate(since=Coalesce("submitted_at", "created_at"), act_by=act_by)

    def most_urgent_first(self) -> "RequestQuerySet":
        """Those to act on by the day, then the others by how long they wait; needs `with_turns`."""
        return self.order_by(F("act_by").asc(nulls_last=True), "since", "pk")

    def at_schools(self, ids: set[int]) -> "RequestQuerySet":
        return self.filter(host_id__in=ids)

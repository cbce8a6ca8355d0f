"""Scopes over matches (section G)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from astcoord.core.roles import Role
from placements.matching.lifecycle import MATCH_LIVE, MatchStatus
from placements.requests.lifecycle import Route
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING, OFFICE_AND_OFFICER, in_group

if TYPE_CHECKING:
    from placements.matching.models import Match  # noqa: F401  (named in strings below)


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, user: User) -> "MatchQuerySet":
        """The office all; the AST and the AST's own head theirs; a consultant those in the group's subjects."""
        if user.has_role(*OFFICE_AND_OFFICER):
            return self.asked_here()
        own = NOTHING
        if schools := user.schools_as(Role.HEADTEACHER):
            own |= Q(post__home_id__in=schools)
        if user.has_role(Role.AST):
            own |= Q(post__user=user)
        own |= in_group(user, "request__subject", "post__home")
        return self.asked_here().filter(own)

    def asked_here(self) -> "MatchQuerySet":
        """Without those that hold the days of a placement agreed before this system: nobody was asked (R-17.4)."""
        return self.exclude(request__route=Route.BEFORE)

    def live(self) -> "MatchQuerySet":
        return self.filter(status__in=MATCH_LIVE)

    def awaiting_answer(self) -> "MatchQuerySet":
        return self.filter(status=MatchStatus.PROPOSED)

    def lapsed(self, today: date) -> "MatchQuerySet":
        """Still proposed although the day to answer by has passed."""
        return self.filter(status=MatchStatus.PROPOSED, answer_by__lt=today)

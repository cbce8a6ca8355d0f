"""Scopes over attainment figures (section G)."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from astcoord.core.roles import Role
from evaluation.results.lifecycle import Area
from placements.placement.models import Placement
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING, OFFICE_AND_OFFICER, in_group

if TYPE_CHECKING:
    from evaluation.results.models import AttainmentResult


class ResultQuerySet(models.QuerySet["AttainmentResult"]):
    def visible_to(self, user: User) -> "ResultQuerySet":
        """The office and officers read all; a head and a governor the own school; a consultant the group's subjects;
        an AST the subject of each own placement at its host school. What they are compared with goes with it.
        """
        if user.has_role(*OFFICE_AND_OFFICER):
            return self
        own = NOTHING
        if schools := user.schools_as(Role.HEADTEACHER) | user.schools_as(Role.GOVERNOR):
            own |= Q(school_id__in=schools) | Q(school__isnull=True)
        own |= in_group(user, "subject", "school")
        if user.has_role(Role.AST):
            theirs = Placement.objects.filter(post__user=user, subject=OuterRef("subject"))
            at_host = theirs.filter(host=OuterRef("school"))
            own |= Q(Exists(at_host)) | Q(Exists(theirs), school__isnull=True)
        return self.filter(own)

    def of_schools(self) -> "ResultQuerySet":
        return self.filter(area=Area.SCHOOL)

    def with_standing(self) -> "ResultQuerySet":
        """Each with `differs`: whether another figure for the same differs from it."""
        return self.annotate(differs=self._differs())

    def counting(self) -> "ResultQuerySet":
        """Those that comparisons use: no other figure differs from them, or the office has chosen them."""
        return self.filter(Q(chosen_at__isnull=False) | ~self._differs())

    def disputed(self) -> "ResultQuerySet":
        """Those that differ from another, and no choice has been made since they came: the office decides (R-11.10)."""
        settled = self._beside(chosen_at__gte=OuterRef("entered_at"))
        return self.filter(self._differs()).exclude(settled)

    def same_as(self, row: "AttainmentResult") -> "ResultQuerySet":
        """All figures for the same place, subject, measure and year as this one, and itself; the highest first."""
        same = {name: getattr(row, name) for name in ("area", "school", "subject", "measure", "year")}
        return self.filter(**same).order_by("-value", "source", "pk")

    def _differs(self) -> Q:
        return self._beside(~Q(value=OuterRef("value")))

    def _beside(self, *which: Q, **facts: Any) -> Q:
        """There is such a figure for the same place, subject, measure and year as a row; it may be the row itself.

        A school's and those to compare with are asked for one by one: so the index finds either.
        """
        same = {name: OuterRef(name) for name in ("subject", "measure", "year")}
        rows = self.model.objects.filter(*which, **same, **facts)
        of_a_school = Exists(rows.filter(school=OuterRef("school")))
        to_compare = Exists(rows.filter(school__isnull=True, area=OuterRef("area")))
        return Q(of_a_school) | Q(to_compare)

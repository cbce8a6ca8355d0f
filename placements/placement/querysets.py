"""Scopes over placements (section G)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, Q
from django.db.models.functions import Coalesce

from astcoord.core.roles import OFFICE, Role
from placements.placement.lifecycle import PLACEMENT_OPEN, PLACEMENT_PREPARING, PlacementStatus
from placements.priorities.models import Priority
from staff.accounts.models import User
from staff.accounts.querysets import NOTHING, OFFICE_AND_OFFICER, in_group

if TYPE_CHECKING:
    from placements.placement.models import Placement  # noqa: F401  (named in strings below)


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, user: User) -> "PlacementQuerySet":
        """Whole placements: the office, the two heads, the AST, the subject's consultant (R-16.2). Not governors."""
        return self if user.has_role(*OFFICE_AND_OFFICER) else self.read_whole_by(user)

    def read_whole_by(self, user: User) -> "PlacementQuerySet":
        """Those of which this person reads more than sums: `permissions.reads_whole` of many (section G)."""
        if user.has_role(*OFFICE):
            return self
        own = NOTHING
        if schools := user.schools_as(Role.HEADTEACHER):
            own |= Q(host_id__in=schools) | Q(home_id__in=schools)
        if user.has_role(Role.AST):
            own |= Q(post__user=user)
        return self.filter(own | in_group(user, "subject", "home"))

    def summarised_to(self, user: User) -> "PlacementQuerySet":
        """Placements of which this person may read the summary without names (R-13.2): also the host's governors."""
        governed = user.schools_as(Role.GOVERNOR)
        return self.filter(Q(pk__in=self.visible_to(user).values("pk")) | Q(host_id__in=governed))

    def open(self) -> "PlacementQuerySet":
        return self.filter(status__in=PLACEMENT_OPEN)

    def active(self) -> "PlacementQuerySet":
        return self.filter(status=PlacementStatus.ACTIVE)

    def over_before(self, day: date) -> "PlacementQuerySet":
        """Those whose last day, real or else agreed, lies before `day`; agrees with `Placement.over_on`."""
        return self.alias(last_day=Coalesce("ended_on", "ends_on")).filter(last_day__lt=day)

    def past_last_day(self, today: date) -> "PlacementQuerySet":
        """Their agreed time has run out, and nobody has ended them yet."""
        return self.open().filter(ends_on__lt=today)

    def outlasting_the_post(self) -> "PlacementQuerySet":
        """Open beyond their AST's last day in post, or without a last day of their own (R-3.16)."""
        longer = Q(ends_on__isnull=True) | Q(ends_on__gt=F("post__ends_on"))
        return self.open().filter(longer, post__ends_on__isnull=False)

    def while_away(self, first: date, last: date | None) -> "PlacementQuerySet":
        """Open, and under way on a day from first to last (no last: ever after); R-17.7."""
        found = self.open().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))
        return found.exclude(starts_on__gt=last) if last else found

    def owing_priorities(self, today: date) -> "PlacementQuerySet":
        """Before the contract, and nobody has said which of the authority's priorities they serve (R-14.1).

        None where the authority has no list.
        """
        listed = Exists(Priority.objects.running(today))
        unsaid = self.filter(priorities=None, no_priority_reason="")
        return unsaid.filter(listed, status__in=PLACEMENT_PREPARING | {PlacementStatus.PLANNED})

    def with_people(self) -> "PlacementQuerySet":
        """With what every list shows, in one query."""
        return self.select_related("post__user", "home", "host", "request")

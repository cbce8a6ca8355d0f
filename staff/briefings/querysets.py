"""Scopes over briefing sessions and the places at them (R-2.21, section G)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.briefings.lifecycle import BookingStatus

if TYPE_CHECKING:
    from staff.briefings.models import Booking, Briefing  # noqa: F401  (named in strings below)


class BriefingQuerySet(models.QuerySet["Briefing"]):
    def to_come(self, on: date) -> "BriefingQuerySet":
        """Not over and not cancelled."""
        return self.filter(on__gte=on, cancelled_on=None)

    def with_counts(self) -> "BriefingQuerySet":
        """Each with `taken` and `waiting`."""
        taken = Count("bookings", filter=Q(bookings__status=BookingStatus.BOOKED))
        return self.annotate(taken=taken, waiting=Count("bookings", filter=Q(bookings__status=BookingStatus.WAITING)))


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: User) -> "BookingQuerySet":
        """Who comes is the co-ordinator's and the own head's: a teacher among them may become an AST (section G*)."""
        if user.has_role(Role.COORDINATOR):
            return self
        return self.filter(school_id__in=user.schools_as(Role.HEADTEACHER))

    def open(self) -> "BookingQuerySet":
        """With a place, or waiting for one."""
        return self.exclude(status=BookingStatus.CANCELLED)

    def waiting(self) -> "BookingQuerySet":
        """Who has waited longest first."""
        return self.filter(status=BookingStatus.WAITING).order_by("booked_at", "pk")

"""Whoever wants days and meetings in a calendar of their own has an address for it (R-18.3)."""

from django.conf import settings
from django.db import models

from astcoord.core.personal_data import PersonalData


class CalendarFeed(models.Model):
    """One person's calendar address. Only addresses of the newest version work, and none while it is closed."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_feed")
    version = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    personal_data = PersonalData().shows(
        16, "Your calendar address", "made: made_at; works: is_open", accounts=("user",)
    )

    def __str__(self) -> str:
        return f"calendar of {self.user}"

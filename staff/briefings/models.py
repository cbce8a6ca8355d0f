"""Briefing sessions for heads and for teachers who may become ASTs, and the places booked at them (R-2.21)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from astcoord.core.addresses import AddressField
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from schools.register.models import School
from staff.briefings.lifecycle import BOOKING, Attends, BookingStatus
from staff.briefings.querysets import BookingQuerySet, BriefingQuerySet


class Briefing(models.Model):
    """One session: what about, when, where, for how many."""

    title = models.CharField("what it is about", max_length=120)
    on = models.DateField("day")
    hours = models.CharField("time", max_length=40, blank=True)
    place = models.CharField(max_length=200)
    places = models.PositiveSmallIntegerField("number of places")
    cancelled_on = models.DateField(null=True, blank=True, editable=False)
    cancelled_because = models.CharField("why it is cancelled", max_length=300, blank=True, editable=False)

    objects = BriefingQuerySet.as_manager()

    personal_data = PersonalData(
        not_personal={say_later("the authority’s own"): ("title", "hours", "place", "cancelled_because")}
    )

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="briefing_has_places", condition=models.Q(places__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {date_words(self.on)}"

    def get_absolute_url(self) -> str:
        return reverse("staff:briefing", args=[self.pk])


class Booking(models.Model):
    """One person's place, or turn on the waiting list."""

    machine: ClassVar[Machine] = BOOKING

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="bookings")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=BookingStatus)
    attends = models.CharField("comes as", max_length=10, choices=Attends)
    name = models.CharField(max_length=150)
    email = AddressField("e-mail address")
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    booked_at = models.DateTimeField(auto_now_add=True)

    objects = BookingQuerySet.as_manager()

    personal_data = PersonalData(own=(Own(("name", "email"), "whoever comes", "Places at briefing sessions"),)).shows(
        125,
        "Places at briefing sessions that you booked",
        "session: briefing.__str__; name; address: email; comes as: get_attends_display; state: get_status_display",
        accounts=("booked_by",),
    )

    class Meta:
        ordering = ["booked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "briefing",
                name="briefing_place_once",
                condition=~models.Q(status=BookingStatus.CANCELLED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.school.name}"

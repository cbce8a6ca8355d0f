"""What a department could be expected to reach, and help that was offered because it did not (R-11.12)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import PersonalData
from evaluation.estimates.lifecycle import OFFER, Because, OfferStatus
from evaluation.estimates.querysets import EstimateQuerySet, OfferQuerySet
from evaluation.results.lifecycle import PERCENTAGES, Measure
from placements.requests.models import OutreachRequest
from schools.register.models import School
from staff.expertise.vocabulary import Subject


class Estimate(models.Model):
    """One estimate of the Fischer Family Trust; `year` is the summer it is for. `actual` is what came with it, if any:
    where the results of the school say something, that counts instead (`EstimateQuerySet.with_actual`).
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="estimates")
    subject = models.CharField(max_length=20, choices=Subject)
    measure = models.CharField(max_length=20, choices=Measure)
    year = models.PositiveSmallIntegerField("year, by its summer")
    value = models.DecimalField("estimate", max_digits=6, decimal_places=2)
    actual = models.DecimalField("actual result", max_digits=6, decimal_places=2, null=True, blank=True)
    pupils = models.PositiveIntegerField("number of pupils", null=True, blank=True)

    objects = EstimateQuerySet.as_manager()

    personal_data = PersonalData()

    class Meta:
        ordering = ["school__name_key", "subject", "measure", "-year"]
        indexes = [models.Index(fields=["year", "subject"])]
        constraints = [
            models.UniqueConstraint(fields=["school", "subject", "measure", "year"], name="estimate_once"),
            models.CheckConstraint(
                name="estimate_percentage_in_range",
                condition=~Q(measure__in=PERCENTAGES)
                | Q(value__gte=0, value__lte=100) & (Q(actual__isnull=True) | Q(actual__gte=0, actual__lte=100)),
            ),
            models.CheckConstraint(
                name="estimate_tells_of_no_single_pupil", condition=Q(pupils__isnull=True) | Q(pupils__gte=3)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school.name}, {self.get_subject_display()}, {self.get_measure_display()}, {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:estimate", args=[self.pk])


class Offer(models.Model):
    """Help offered to one department because of one summer's results. Accepted, it is a request of the headteacher's
    own, by the route “offer that followed from data” (R-5.6); a placement never follows without that (R-5.7).
    """

    machine: ClassVar[Machine] = OFFER

    school = models.ForeignKey(School, models.PROTECT, related_name="offers")
    subject = models.CharField(max_length=20, choices=Subject)
    year = models.PositiveSmallIntegerField("year of the results")
    status = models.CharField(max_length=10, choices=OfferStatus, default=OfferStatus.OFFERED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField("offered on")
    answer_by = models.DateField("answer asked for by")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    because = models.CharField("why it was declined", max_length=10, choices=Because, blank=True)
    request = models.OneToOneField(OutreachRequest, models.SET_NULL, null=True, blank=True, related_name="offer")

    objects = OfferQuerySet.as_manager()

    personal_data = PersonalData().shows(
        78,
        "Offers of help that you made or answered",
        "school: school.name; subject: get_subject_display; year; status: get_status_display; made: made_on; "
        "answered: answered_on if answered_by",
        accounts=("made_by", "answered_by"),
    )

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "subject", "year"], name="offer_once"),
            models.CheckConstraint(
                name="offer_answered_by_somebody",
                condition=~Q(status__in=[OfferStatus.ACCEPTED, OfferStatus.DECLINED])
                | Q(answered_by__isnull=False, answered_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Offer of help in {self.get_subject_display()} to {self.school.name}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:offer", args=[self.pk])

"""An AST post that a school wants to open: from the first talk to the candidate (R-1.4, R-1.7, R-2.1)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.wording import date_words
from schools.register.models import School
from staff.openings.lifecycle import OPENING, OpeningStatus
from staff.openings.querysets import OpeningQuerySet


class Opening(models.Model):
    """One post that a school has, or wants: nobody holds it yet, or those in `posts` did. The decision stays here."""

    machine: ClassVar[Machine] = OPENING

    school = models.ForeignKey(School, models.PROTECT, related_name="openings", verbose_name="home school")
    status = models.CharField(max_length=12, choices=OpeningStatus, default=OpeningStatus.ENQUIRY)
    governors_decided_on = models.DateField("governors decided on", null=True, blank=True)
    governors_minute = models.CharField("minute of the governors’ decision", max_length=60, blank=True)
    responsible_for = models.CharField(max_length=300, blank=True)

    objects = OpeningQuerySet.as_manager()

    personal_data = PersonalData(
        own=(Own(("governors_minute", "responsible_for"), "the AST", "An AST’s post, assessment, profile and time"),)
    )

    class Meta:
        ordering = ["school__name_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="opening_decision_whole",
                condition=Q(governors_decided_on__isnull=True, governors_minute="", responsible_for="")
                | Q(governors_decided_on__isnull=False) & ~Q(governors_minute="") & ~Q(responsible_for=""),
            ),
        ]

    def __str__(self) -> str:
        return f"AST post at {self.school.name}"

    @property
    def decision(self) -> str:
        """When the governors decided, where that is minuted, and for what; empty before."""
        if self.governors_decided_on is None:
            return ""
        return f"{date_words(self.governors_decided_on)}, minute {self.governors_minute}: {self.responsible_for}"

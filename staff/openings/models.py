"""An AST post that a school wants to open: from the first talk to the candidate (R-1.4, R-1.7, R-2.1)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.fields import ChoiceSetField
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.wording import counted, date_words
from astcoord.core.words import say, say_later
from schools.register.models import School
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject
from staff.openings.lifecycle import OPENING, OpeningReason, OpeningStatus
from staff.openings.querysets import OpeningQuerySet


class Opening(models.Model):
    """One post that a school has, or wants: nobody holds it yet, or those in `posts` did. The decision stays here."""

    machine: ClassVar[Machine] = OPENING

    school = models.ForeignKey(School, models.PROTECT, related_name="openings", verbose_name="home school")
    status = models.CharField(max_length=12, choices=OpeningStatus, default=OpeningStatus.ENQUIRY)
    subject = models.CharField(max_length=20, choices=Subject, blank=True)
    wanted = models.TextField("what the school has in mind", max_length=1000, blank=True)
    reasons = ChoiceSetField(say_later("reasons for wanting an AST"), options=OpeningReason.choices, blank=True)
    asked_on = models.DateField("asked for on", null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    discussed_on = models.DateField("first discussion", null=True, blank=True)
    informed = models.BooleanField("strategy and funding information given", default=False)
    governors_decided_on = models.DateField("governors decided on", null=True, blank=True)
    governors_minute = models.CharField("minute of the governors’ decision", max_length=60, blank=True)
    responsible_for = models.CharField(max_length=300, blank=True)
    advertised_on = models.DateField("advertised on", null=True, blank=True)
    advertised_in = models.CharField("where it was advertised", max_length=200, blank=True)
    applicants = models.PositiveSmallIntegerField("how many applied", null=True, blank=True)

    objects = OpeningQuerySet.as_manager()

    personal_data = PersonalData(
        own=(
            Own(
                ("governors_minute", "responsible_for"),
                say_later("the AST"),
                say_later("An AST’s post, assessment, profile and time"),
            ),
        ),
        not_personal={"what a school wants, and where it advertised": ("wanted", "advertised_in")},
    ).shows(
        82,
        say_later("AST posts that you asked for"),
        "school: school.name; subject: get_subject_display; what you had in mind: wanted; asked on: asked_on",
        accounts=("asked_by",),
    )

    class Meta:
        ordering = ["school__name_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="opening_decision_whole",
                condition=Q(governors_decided_on__isnull=True, governors_minute="", responsible_for="")
                | Q(governors_decided_on__isnull=False) & ~Q(governors_minute="") & ~Q(responsible_for=""),
            ),
            models.CheckConstraint(
                name="opening_advert_whole",
                condition=Q(advertised_on__isnull=True, advertised_in="", applicants__isnull=True)
                | Q(advertised_on__isnull=False) & ~Q(advertised_in=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{say('AST')} post at {self.school.name}"

    def get_absolute_url(self) -> str:
        return reverse("staff:opening", args=[self.pk])

    @property
    def advert_result(self) -> str:
        """What came of the advertisement (R-14.5); empty without one."""
        if self.advertised_on is None:
            return ""
        return {None: "Not known yet", 0: "No applicants"}.get(self.applicants) or counted(
            self.applicants or 0, "applicant"
        )

    @property
    def in_category(self) -> bool:
        """The school was in a category when it advertised (R-14.5). Free of queries after `with_school`."""
        return self.advertised_on is not None and bool(self.school.category_on(self.advertised_on))

    @property
    def decision(self) -> str:
        """When the governors decided, where that is minuted, and for what; empty before."""
        if self.governors_decided_on is None:
            return ""
        return f"{date_words(self.governors_decided_on)}, minute {self.governors_minute}: {self.responsible_for}"


class TalkOffer(models.Model):
    """A headteacher who has agreed to talk to other heads about practicalities such as cover (R-1.7)."""

    user = models.OneToOneField(User, models.CASCADE, related_name="talk_offer")
    since = models.DateField()

    personal_data = PersonalData().shows(83, "Your offer to talk to other headteachers", "since", accounts=("user",))

    def __str__(self) -> str:
        return f"{self.user.name}, since {date_words(self.since)}"


class Introduction(models.Model):
    """The co-ordinator has introduced a head who asks to one who agreed to talk (R-1.7)."""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="introductions")
    colleague = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="the head who agreed to talk")
    school = models.ForeignKey(School, models.PROTECT, related_name="+", verbose_name="that head’s school")
    on = models.DateField()

    personal_data = PersonalData().shows(
        84, "Headteachers to whom you were introduced", "asked: opening.school.name; on", accounts=("colleague",)
    )

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["opening", "colleague"], name="introduced_once")]

    def __str__(self) -> str:
        return f"{self.colleague.name}, {self.school.name}"

"""A school's request for outreach (R-6.1), and the people it is for (R-6.7, R-6.10, R-6.13)."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.addresses import AddressField
from astcoord.core.fields import ChoiceSetField, days_field
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from placements.matching.lifecycle import MatchStatus
from placements.priorities.models import Priority
from placements.requests.lifecycle import (
    REQUEST,
    Ending,
    Evidence,
    RequestStatus,
    Route,
    Selection,
    Situation,
    StaffKind,
)
from placements.requests.querysets import RequestQuerySet
from schools.register.models import School
from staff.expertise.vocabulary import KeyStage, NeverWork, PupilGroup, Subject, Weekday, WorkType

WEEKDAYS = [(str(value), label) for value, label in Weekday.choices]


class OutreachRequest(models.Model):
    """What a school asks for. While a draft anything may be empty; a submitted one is whole (R-6.2)."""

    machine: ClassVar[Machine] = REQUEST

    host = models.ForeignKey(School, models.PROTECT, related_name="requests", verbose_name="school")
    route = models.CharField(max_length=15, choices=Route, default=Route.ONLINE)
    status = models.CharField(max_length=25, choices=RequestStatus, default=RequestStatus.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="looked after by",
    )
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    again_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    subject = models.CharField(max_length=20, choices=Subject, blank=True)
    aspect = models.CharField("which aspect", max_length=200, blank=True)
    key_stages = ChoiceSetField(options=KeyStage.choices, blank=True)
    pupil_groups = ChoiceSetField(options=PupilGroup.choices, blank=True)
    work_types = ChoiceSetField("kinds of work", options=WorkType.choices, blank=True)
    other_work = models.CharField("other work", max_length=200, blank=True)
    task = models.TextField(say_later("what the AST would do"), blank=True, max_length=2000)
    need = models.TextField("the need", blank=True, max_length=2000)
    evidence_kinds = ChoiceSetField("where the need shows", options=Evidence.choices, blank=True)
    evidence = models.TextField("what the evidence says", blank=True, max_length=2000)
    training_need = models.TextField("what the teachers need to learn", blank=True, max_length=2000)
    outcome = models.TextField("intended outcome", blank=True, max_length=2000)
    criterion = models.TextField("success criterion", blank=True, max_length=2000)
    priorities = models.ManyToManyField(Priority, related_name="requests", blank=True)
    no_priority_reason = models.TextField("why it serves no priority", blank=True, max_length=500)

    days = days_field(null=True, blank=True)
    wanted_from = models.DateField("from", null=True, blank=True)
    wanted_until = models.DateField("until", null=True, blank=True)
    weekdays = ChoiceSetField("weekdays that suit", options=WEEKDAYS, blank=True)
    exclusions = ChoiceSetField("what we will not ask for", options=NeverWork.choices, blank=True)

    realism = models.TextField("why the aims are realistic", blank=True)
    realism_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    questions = models.TextField(say_later("questions from the co-ordinator"), blank=True)
    ending = models.CharField(max_length=20, choices=Ending, blank=True)
    ending_note = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)

    ANSWERS = (
        *("subject", "aspect", "key_stages", "pupil_groups", "need", "evidence_kinds", "evidence"),
        *("priorities", "no_priority_reason", "task", "training_need", "outcome", "criterion"),
        *("work_types", "other_work", "days", "wanted_from", "wanted_until", "weekdays", "exclusions"),
    )
    """What the school says, in the order of its pages."""
    ONLY_THIS_TIME = frozenset({"wanted_from", "wanted_until", "exclusions"})
    """Answers that are given afresh when the school asks again."""

    objects = RequestQuerySet.as_manager()

    personal_data = PersonalData(
        case="pk",
        may_name=(
            *("aspect", "other_work", "task", "need", "evidence", "training_need", "outcome", "criterion"),
            *("no_priority_reason", "realism", "questions", "ending_note"),
        ),
    ).shows(
        40,
        "Requests that you made, confirmed, judged or look after",
        "reference; school: host.name; status: get_status_display; made: created_at; sent: submitted_at; "
        "subject: get_subject_display",
        accounts=("created_by", "confirmed_by", "realism_by", "owner"),
        texts=True,
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="request_sent_is_whole",
                condition=Q(status__in=[RequestStatus.DRAFT, RequestStatus.WITHDRAWN])
                | (
                    ~Q(task="")
                    & (~Q(training_need="") & ~Q(criterion="") | Q(route=Route.BEFORE))
                    & ~Q(subject="")
                    & Q(days__gt=0, wanted_from__isnull=False, wanted_until__gte=F("wanted_from"))
                ),
            ),
            models.CheckConstraint(
                name="request_sent_has_time",
                condition=Q(submitted_at__isnull=False)
                | Q(
                    status__in=[
                        RequestStatus.DRAFT,
                        RequestStatus.AWAITING_CONFIRMATION,
                        RequestStatus.WITHDRAWN,
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.host.name}"

    def get_absolute_url(self) -> str:
        return reverse("placements:request_detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """What people quote on the telephone."""
        return f"R{self.pk:05d}"

    @property
    def days_found(self) -> Decimal:
        """Days that ASTs have agreed to give (R-7.8); one query, or none with the matches prefetched."""
        return sum((m.days for m in self.matches.all() if m.status == MatchStatus.AGREED), Decimal(0))

    @property
    def days_open(self) -> Decimal:
        """Days that no AST has agreed to give yet (R-7.8); queries as `days_found`."""
        return max((self.days or Decimal(0)) - self.days_found, Decimal(0))

    @property
    def agreed_before(self) -> bool:
        """Of a placement that was under way before this system (R-17.4): nobody asked by it, and nothing was ranked."""
        return self.route == Route.BEFORE

    @property
    def confirmed(self) -> bool:
        """The headteacher stands behind it (R-5.7)."""
        return self.confirmed_by_id is not None


class RequestedStaff(models.Model):
    """One person, or one group, whom the AST would work with."""

    request = models.ForeignKey(OutreachRequest, models.CASCADE, related_name="staff")
    name = models.CharField(max_length=150)
    kind = models.CharField("role", max_length=20, choices=StaffKind, default=StaffKind.TEACHER)
    email = AddressField(blank=True)
    selection = models.CharField("how they were chosen", max_length=10, choices=Selection)
    willing_to_develop = models.BooleanField(default=False)
    willing_to_continue = models.BooleanField(default=False)
    head_agrees = models.BooleanField(default=False)
    situation = models.CharField(max_length=10, choices=Situation, default=Situation.NONE)
    consents = models.BooleanField("agrees to be supported, though in serious difficulty", default=False)

    personal_data = PersonalData(case="request", named="name", emptied=("email",)).shows(
        60,
        "Requests for support in which you are named",
        "request: request.reference; school: request.host.name; name; e-mail: email; role: get_kind_display; "
        "how you were chosen: get_selection_display; declared of your situation; headteacher agrees: head_agrees; "
        "willing to develop: willing_to_develop; willing to continue: willing_to_continue; "
        "you agreed to be supported, though in serious difficulty: consents",
        person="",
        made={
            # About nobody else, so the person may read it (section G, “R own”)
            "declared of your situation": lambda row, _: row.get_situation_display() if row.situation else "Deleted"
        },
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "requested staff"
        constraints = [
            models.CheckConstraint(
                name="recommended_staff_are_willing",
                condition=~Q(selection=Selection.HEAD) | Q(willing_to_develop=True, willing_to_continue=True),
            ),
            models.CheckConstraint(name="head_agrees_to_each_person", condition=Q(head_agrees=True)),
        ]

    def __str__(self) -> str:
        return self.name

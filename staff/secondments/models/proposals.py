"""Rounds of secondments, and what headteachers propose in them (R-2.13, R-2.14, R-2.19, R-2.20)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.addresses import AddressField
from astcoord.core.fields import ChoiceSetField, pounds_field
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.policy_choices import RANGE_LENGTH
from astcoord.core.words import say_later
from schools.register.lifecycle import Phase
from schools.register.models import School
from staff.expertise.vocabulary import Subject
from staff.secondments.lifecycle import PROPOSAL, Met, ProposalStatus
from staff.secondments.querysets import ProposalQuerySet, RoundQuerySet

KEPT = say_later("An AST’s post, assessment, profile and time")
QUESTIONS = "Why do you propose this teacher?\nWhich schools could the teacher help, and with what?"


class SecondmentRound(models.Model):
    """A time in which heads of some phases may propose teachers. `questions` has one to a line."""

    name = models.CharField(max_length=100)
    opens_on = models.DateField("opens on")
    closes_on = models.DateField("closes on")
    phases = ChoiceSetField("schools that may propose", options=Phase.choices, default=(Phase.PRIMARY, Phase.SPECIAL))
    questions = models.TextField("questions of the template", max_length=2000, default=QUESTIONS)
    reminded_of = models.DateField("closing day of which schools were reminded", null=True, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    personal_data = PersonalData(not_personal={say_later("the authority’s own"): ("name", "questions")})

    class Meta:
        ordering = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="secondment_round_in_order", condition=Q(closes_on__gte=F("opens_on"))),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("staff:secondment_round", args=[self.pk])

    @property
    def question_list(self) -> list[str]:
        """Line by line, without what is empty."""
        return [line.strip() for line in self.questions.splitlines() if line.strip()]

    def is_open(self, on: date) -> bool:
        """Proposals are taken that day; first and closing day count."""
        return self.opens_on <= on <= self.closes_on


class Proposal(models.Model):
    """A teacher whom a headteacher proposes for a secondment. `answers` are pairs of a question and its answer.

    `other_funding` is a year's sum that the school has for this from elsewhere: None is not declared yet, 0 is none.
    """

    machine: ClassVar[Machine] = PROPOSAL

    round = models.ForeignKey(SecondmentRound, models.PROTECT, related_name="proposals")
    school = models.ForeignKey(School, models.PROTECT, related_name="secondment_proposals")
    status = models.CharField(max_length=12, choices=ProposalStatus, default=ProposalStatus.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    aspirant_name = models.CharField("teacher’s name", max_length=150)
    aspirant_email = AddressField("teacher’s e-mail address", blank=True)
    subjects = ChoiceSetField("subjects or areas", options=Subject.choices, blank=True)
    answers = models.JSONField(default=list, blank=True)
    current_salary = pounds_field(verbose_name="present salary, a year", null=True, blank=True)
    pay_fit = models.CharField("how the range fits", max_length=1000, blank=True)
    range_start = models.PositiveSmallIntegerField("lowest point of the pay range", null=True, blank=True)
    other_funding = pounds_field(verbose_name="other funding, a year", null=True, blank=True)
    other_source = models.CharField("where the other funding comes from", max_length=200, blank=True)

    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="adviser"
    )
    endorsed = models.BooleanField(null=True, blank=True)
    endorsed_on = models.DateField("adviser answered on", null=True, blank=True)
    met_aspirant = models.CharField("teacher", max_length=10, choices=Met, blank=True)
    met_head = models.CharField("headteacher", max_length=10, choices=Met, blank=True)
    endorsement = models.CharField("what the adviser says", max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField("what the letter adds", max_length=1000, blank=True)

    objects = ProposalQuerySet.as_manager()

    personal_data = PersonalData(
        own=(
            Own(
                (
                    *("aspirant_name", "aspirant_email", "answers", "pay_fit", "other_source"),
                    *("endorsement", "decision_note"),
                ),
                "the teacher proposed",
                KEPT,
            ),
        )
    ).shows(
        121,
        "Proposals for a secondment",
        "teacher: aspirant_name; school: school.name; status: get_status_display; subjects; answers; "
        "present salary: current_salary; how the range fits: pay_fit; lowest point: range_start; "
        "other funding: other_funding; from: other_source; adviser’s answer: endorsement; decision: decision_note",
        accounts=("secondment__post__user", "created_by", "adviser"),
        made={
            "subjects": lambda row, _: Proposal._meta.get_field("subjects").labels(row),
            "answers": lambda row, _: [f"{question} {answer}" for question, answer in row.answers],
        },
    )

    class Meta:
        ordering = ["school__name_key", "aspirant_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_answered_when",
                condition=Q(endorsed__isnull=True, endorsed_on__isnull=True)
                | Q(endorsed__isnull=False, endorsed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_endorsed_who_met_both",
                condition=~Q(endorsed=True) | (~Q(met_aspirant="") & ~Q(met_head="")),
            ),
            models.CheckConstraint(
                name="proposal_approved_only_endorsed",
                condition=~Q(status__in=["approved", "waiting", "aspiring", "assessed", "extended"]) | Q(endorsed=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aspirant_name}, {self.school.name}"

    def get_absolute_url(self) -> str:
        return reverse("staff:proposal", args=[self.pk])

    def answer_to(self, question: str) -> str:
        """What the school has answered; empty where it has not."""
        return next((str(answer).strip() for asked, answer in self.answers if asked == question), "")

    @property
    def range_words(self) -> str:
        """ "1 to 5"."""
        if self.range_start is None:
            return ""
        return f"{self.range_start} to {self.range_start + RANGE_LENGTH - 1}"

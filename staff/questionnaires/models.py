"""Questionnaires to ASTs: what is asked, of whom, and what each has said (R-3.10, R-3.23)."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from schools.calendar.models import AcademicYear
from schools.register.lifecycle import Phase
from staff.expertise.vocabulary import Subject
from staff.posts.models import Post
from staff.questionnaires.lifecycle import (
    QUESTIONNAIRE,
    QuestionKind,
    QuestionnaireKind,
    QuestionnaireStatus,
)
from staff.questionnaires.querysets import QuestionnaireInvitationQuerySet, QuestionnaireQuerySet

LINE = "Answers to questionnaires"
"""Of the retention schedule."""


class Questionnaire(models.Model):
    """What is asked, until when, and of which ASTs; all of them where nothing narrows it."""

    machine: ClassVar[Machine] = QUESTIONNAIRE

    kind = models.CharField(max_length=10, choices=QuestionnaireKind, default=QuestionnaireKind.OWN, editable=False)
    status = models.CharField(max_length=10, choices=QuestionnaireStatus, default=QuestionnaireStatus.DRAFT)
    title = models.CharField("what it is about", max_length=120)
    intro = models.TextField("what to know before answering", max_length=1000, blank=True)
    closes_on = models.DateField("last day to answer")
    subject = models.CharField("subject or area", max_length=20, choices=Subject, blank=True)
    phase = models.CharField("phase of the home school", max_length=12, choices=Phase, blank=True)
    years = models.PositiveSmallIntegerField(
        say_later("for how many years an AST at least"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    year = models.ForeignKey(
        AcademicYear, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="asked in"
    )
    sent_on = models.DateField(null=True, blank=True, editable=False)

    objects = QuestionnaireQuerySet.as_manager()

    personal_data = PersonalData(not_personal={say_later("the authority’s own"): ("title", "intro")})

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                name="balance_asked_once_a_year",
                condition=Q(kind=QuestionnaireKind.BALANCE) & ~Q(status=QuestionnaireStatus.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="questionnaire_sent_on_a_day",
                condition=Q(status=QuestionnaireStatus.DRAFT, sent_on=None)
                | Q(status=QuestionnaireStatus.WITHDRAWN)
                | Q(status__in=[QuestionnaireStatus.OPEN, QuestionnaireStatus.CLOSED], sent_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("staff:questionnaire", args=[self.pk])


class Question(models.Model):
    """One question; its answers, one a line, where one of several is to be chosen."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    text = models.CharField("question", max_length=300)
    kind = models.CharField("how it is answered", max_length=10, choices=QuestionKind)
    choices = models.TextField("answers to choose from, one a line", max_length=1300, blank=True)

    personal_data = PersonalData(not_personal={say_later("the authority’s own"): ("text", "choices")})

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def answers(self) -> list[str]:
        """What can be chosen, in its order."""
        return self.choices.splitlines()


class QuestionnaireInvitation(models.Model):
    """One AST who was asked. That there is an answer is counted; what it says is shown without the name."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="invitations")
    post = models.ForeignKey(Post, models.PROTECT, related_name="questionnaires")
    answered_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    said_since = models.BooleanField("answered, or changed, since the results were last shown", default=False)

    objects = QuestionnaireInvitationQuerySet.as_manager()

    personal_data = PersonalData().shows(
        126,
        "Questionnaires that were sent to you",
        "questionnaire: questionnaire.title; sent: questionnaire.sent_on; answered: answered_on; reminded: reminded_on",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["-questionnaire_id", "pk"]
        verbose_name = say_later("questionnaire sent to an AST")
        verbose_name_plural = say_later("questionnaires sent to ASTs")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "post"], name="questionnaire_asked_once"),
        ]

    def __str__(self) -> str:
        return self.questionnaire.title

    def get_absolute_url(self) -> str:
        return reverse("staff:invitation", args=[self.pk])


class Answer(models.Model):
    """What an AST says to one question: the words of the answer that was chosen, or the AST’s own."""

    invitation = models.ForeignKey(QuestionnaireInvitation, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="given")
    said = models.TextField("answer", max_length=2000)

    personal_data = PersonalData(own=(Own(("said",), say_later("the AST"), LINE),)).shows(
        127,
        "Your answers to questionnaires",
        "questionnaire: invitation.questionnaire.title; question: question.text; answer: said",
        accounts=("invitation__post__user",),
    )

    class Meta:
        ordering = ["question_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "question"], name="answer_once_a_question"),
        ]

    def __str__(self) -> str:
        return f"{self.question.text}: {self.said}"

"""The CPD log of ASTs, and what is offered to them (R-3.9, R-3.12)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from schools.register.lifecycle import Phase
from staff.cpd.lifecycle import ANSWER, OFFERED, AnswerStatus, CpdKind
from staff.cpd.querysets import CpdAnswerQuerySet, CpdEntryQuerySet, CpdOfferQuerySet
from staff.expertise.vocabulary import Subject
from staff.posts.models import Post

LINE = say_later("The CPD log of ASTs")
"""Of the retention schedule."""


class CpdOffer(models.Model):
    """Leadership development or a cross-curricular activity, for all ASTs or those of a subject or phase."""

    kind = models.CharField("what kind", max_length=12, choices=[(kind.value, kind.label) for kind in OFFERED])
    title = models.CharField("what is offered", max_length=150)
    about = models.TextField("what it is about, and where", max_length=1000, blank=True)
    on = models.DateField("day")
    days = models.DecimalField("number of days", max_digits=5, decimal_places=2)
    places = models.PositiveSmallIntegerField("number of places")
    closes_on = models.DateField("last day for answers")
    subject = models.CharField(say_later("for ASTs of"), max_length=15, choices=Subject, blank=True)
    phase = models.CharField(say_later("for ASTs at schools of"), max_length=12, choices=Phase, blank=True)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    withdrawn_on = models.DateField(null=True, blank=True, editable=False)
    withdrawn_because = models.CharField("why it is withdrawn", max_length=300, blank=True, editable=False)

    objects = CpdOfferQuerySet.as_manager()

    personal_data = PersonalData(
        not_personal={say_later("the authority’s own"): ("title", "about", "withdrawn_because")}
    )

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "CPD offer"
        constraints = [
            models.CheckConstraint(name="cpd_offer_has_places", condition=models.Q(places__gte=1)),
            models.CheckConstraint(
                name="cpd_offer_closes_before_its_day", condition=models.Q(closes_on__lte=models.F("on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {date_words(self.on)}"

    def get_absolute_url(self) -> str:
        return reverse("staff:cpd_offer", args=[self.pk])

    def applies_to(self, post: Post) -> bool:
        """Whether it is meant for this AST; agrees with `visible_to`."""
        subject = not self.subject or any(each.subject == self.subject for each in post.expertise.all())
        return subject and self.phase in ("", post.home.phase)

    def is_open(self, on: date) -> bool:
        """Whether it can be answered; agrees with `open`."""
        return self.withdrawn_on is None and self.closes_on >= on


class CpdAnswer(models.Model):
    """What one AST says to an offer."""

    machine: ClassVar[Machine] = ANSWER

    offer = models.ForeignKey(CpdOffer, models.PROTECT, related_name="answers")
    post = models.ForeignKey(Post, models.PROTECT, related_name="cpd_answers")
    status = models.CharField(max_length=10, choices=AnswerStatus)
    answered_on = models.DateField()

    objects = CpdAnswerQuerySet.as_manager()

    personal_data = PersonalData().shows(
        105,
        "Offers of professional development that you answered",
        "offer: offer.__str__; answer: get_status_display; answered on: answered_on",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["answered_on", "pk"]
        verbose_name = "answer to a CPD offer"
        verbose_name_plural = "answers to CPD offers"
        constraints = [models.UniqueConstraint("offer", "post", name="cpd_offer_answered_once")]

    def __str__(self) -> str:
        return f"{self.post.name}: {self.get_status_display()}"


class CpdEntry(models.Model):
    """One line of an AST’s log; `offer` is what it came from, if it did."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="cpd", verbose_name=say_later("AST"))
    kind = models.CharField("kind", max_length=12, choices=CpdKind)
    what = models.CharField("what it was", max_length=200)
    on = models.DateField("day")
    days = models.DecimalField("number of days", max_digits=5, decimal_places=2)
    keeps_up = models.TextField(say_later("how it keeps the AST up to date"), max_length=1000, blank=True)
    evaluation = models.TextField("what came of it", max_length=1000, blank=True, editable=False)
    evaluated_on = models.DateField(null=True, blank=True, editable=False)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    offer = models.ForeignKey(CpdOffer, models.PROTECT, null=True, blank=True, related_name="entries", editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = CpdEntryQuerySet.as_manager()

    personal_data = PersonalData(own=(Own(("what", "keeps_up", "evaluation"), say_later("the AST"), LINE),)).shows(
        104,
        "Your CPD log",
        "what: what; kind: get_kind_display; day: on; days: days; how it keeps you up to date: keeps_up; "
        "what came of it: evaluation",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "CPD"
        verbose_name_plural = "CPD"
        constraints = [
            models.UniqueConstraint("post", "offer", name="cpd_once_an_offer", condition=models.Q(offer__isnull=False)),
            models.CheckConstraint(
                name="cpd_evaluated_on_a_day",
                condition=models.Q(evaluated_on=None, evaluation="")
                | models.Q(evaluated_on__isnull=False) & ~models.Q(evaluation=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {date_words(self.on)}"

    def get_absolute_url(self) -> str:
        return reverse("staff:cpd_entry", args=[self.pk])

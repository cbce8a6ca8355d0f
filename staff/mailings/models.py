"""What the office wrote to several people at once, from a list (R-20.12)."""

from django.db import models
from django.urls import reverse

from astcoord.core.personal_data import PersonalData
from astcoord.core.words import say_later
from staff.accounts.models import User
from staff.mailings.querysets import MailingQuerySet


class Mailing(models.Model):
    """One text to several readers. The readers are its messages (`core.models.Message`, about this row).

    `whom` says from which list they were chosen, and `count` how many were written to.
    """

    subject = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)
    whom = models.CharField("chosen from", max_length=60)
    count = models.PositiveIntegerField("people written to")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("written", auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = MailingQuerySet.as_manager()

    personal_data = PersonalData(
        not_personal={say_later("the authority’s own"): ("subject", "text"), "a list’s title": ("whom",)}
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "message to several"
        verbose_name_plural = "messages to several"

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("staff:mailing", args=[self.pk])

    @property
    def state(self) -> str:
        return "Withdrawn" if self.withdrawn_at else "Sent"

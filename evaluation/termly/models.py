"""The meeting of the office once a term: its day, what is talked about, and what is decided (R-20.8)."""

from django.db import models
from django.urls import reverse

from astcoord.core.personal_data import PersonalData
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from placements.notes.models import CaseNote

OURS = say_later("the authority’s own")


class TermlyMeeting(models.Model):
    """One meeting. What its pack says of days, reviews, placements and requests is read when it is opened."""

    on = models.DateField("day", unique=True)
    place = models.CharField("where", max_length=200, blank=True)
    agenda = models.TextField(max_length=4000)

    personal_data = PersonalData(not_personal={OURS: ("place", "agenda")})

    class Meta:
        ordering = ["-on"]
        verbose_name = "termly meeting"

    def __str__(self) -> str:
        return f"Termly meeting, {date_words(self.on)}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:termly_meeting", args=[self.pk])

    @property
    def items(self) -> list[str]:
        """The agenda, a line for each thing."""
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]


class Decision(models.Model):
    """What was decided is a note of the office with a day: it comes back on its owner's first page (R-20.2)."""

    meeting = models.ForeignKey(TermlyMeeting, models.PROTECT, related_name="decisions")
    note = models.OneToOneField(CaseNote, models.CASCADE, related_name="decided_at")

    personal_data = PersonalData()

    class Meta:
        ordering = ["note__due_on", "pk"]

    def __str__(self) -> str:
        return self.note.text

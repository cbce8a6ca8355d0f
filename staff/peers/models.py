"""One AST watches another teach: by consent of both, for the two of them alone, and without a grade (R-3.14)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.words import say_later
from staff.accounts.models import User
from staff.peers.lifecycle import OPEN, PEER_OBSERVATION, PeerKind, PeerStatus
from staff.peers.querysets import PeerQuerySet
from staff.posts.models import Post

LINE = say_later("Observations between ASTs")
"""Of the retention schedule."""


class PeerObservation(models.Model):
    """Who watches whom, what is looked at, when; and what each of the two notes of it."""

    machine: ClassVar[Machine] = PEER_OBSERVATION

    observer = models.ForeignKey(Post, models.PROTECT, related_name="watches", verbose_name="who watches")
    observed = models.ForeignKey(Post, models.PROTECT, related_name="watched_by", verbose_name="who is watched")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    kind = models.CharField("what brings the two together", max_length=10, choices=PeerKind)
    status = models.CharField(max_length=10, choices=PeerStatus, default=PeerStatus.PROPOSED)
    focus = models.CharField("what is looked at", max_length=300)
    on = models.DateField("day", null=True, blank=True)
    observer_notes = models.TextField(say_later("notes of the AST who watched"), max_length=2000, blank=True)
    observed_notes = models.TextField(say_later("notes of the AST who was watched"), max_length=2000, blank=True)

    objects = PeerQuerySet.as_manager()

    personal_data = PersonalData(
        own=(Own(("focus", "observer_notes", "observed_notes"), say_later("the two ASTs"), LINE),)
    ).shows(
        128,
        LINE,
        "watched: observer.name; was watched: observed.name; what was looked at: focus; day: on; "
        "state: get_status_display; notes of the AST who watched: observer_notes; "
        "notes of the AST who was watched: observed_notes",
        accounts=("observer__user", "observed__user"),
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = say_later("observation between ASTs")
        verbose_name_plural = say_later("observations between ASTs")
        constraints = [
            models.UniqueConstraint(
                fields=["observer", "observed"], name="peers_once_at_a_time", condition=Q(status__in=sorted(OPEN))
            ),
            models.CheckConstraint(name="peers_are_two", condition=~Q(observer=F("observed"))),
            models.CheckConstraint(
                name="peers_day_when_booked",
                condition=~Q(status__in=[PeerStatus.BOOKED, PeerStatus.DONE]) | Q(on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observer.name} watches {self.observed.name}"

    def get_absolute_url(self) -> str:
        return reverse("staff:peer_observation", args=[self.pk])

    def other_than(self, user: User) -> User:
        """The other one of the two."""
        return self.observed.user if self.observer.user_id == user.pk else self.observer.user

    def notes_of(self, user: User) -> str:
        """The column with this one's own notes."""
        return "observer_notes" if self.observer.user_id == user.pk else "observed_notes"

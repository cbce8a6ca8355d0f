"""Network meetings of ASTs: the agenda, who is invited and who was there (R-3.13)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from schools.register.lifecycle import Phase
from schools.register.models import Cluster
from staff.expertise.vocabulary import Subject
from staff.networks.lifecycle import NETWORK_MEETING, MeetingKind, MeetingStatus, Purpose, Reply
from staff.networks.querysets import InvitationQuerySet, MeetingQuerySet
from staff.posts.models import Post

LINE = "Network meetings: who was invited, answered and came"
"""Of the retention schedule."""


class NetworkMeeting(models.Model):
    """One meeting: for whom, when, where, led by whom, and what was written of it."""

    machine: ClassVar[Machine] = NETWORK_MEETING

    kind = models.CharField("for whom", max_length=12, choices=MeetingKind)
    phase = models.CharField(max_length=12, choices=Phase, blank=True)
    subject = models.CharField(max_length=20, choices=Subject, blank=True)
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField("day")
    hours = models.CharField("time", max_length=40, blank=True)
    place = models.CharField(max_length=200)
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="led by")
    status = models.CharField(max_length=10, choices=MeetingStatus, default=MeetingStatus.DRAFT)
    notes = models.TextField(max_length=4000, blank=True)
    cancelled_because = models.CharField("why it is cancelled", max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    personal_data = PersonalData(
        not_personal={say_later("the authority’s own"): ("hours", "place", "notes", "cancelled_because")}
    )

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="network_meeting_says_for_whom",
                condition=Q(kind="cross_phase", phase="", subject="", cluster=None)
                | Q(kind="phase", subject="", cluster=None) & ~Q(phase="")
                | Q(kind="subject", phase="", cluster=None) & ~Q(subject="")
                | Q(kind="cluster", phase="", subject="", cluster__isnull=False),
            ),
            models.CheckConstraint(
                name="network_meeting_cancelled_why",
                condition=~Q(status=MeetingStatus.CANCELLED) | ~Q(cancelled_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {date_words(self.on)}"

    def get_absolute_url(self) -> str:
        return reverse("staff:network", args=[self.pk])

    @property
    def title(self) -> str:
        """Such as “Network meeting: Mathematics and numeracy”."""
        return f"Network meeting: {self.whom}"

    @property
    def whom(self) -> str:
        """Of which phase, subject or cluster; else that it is cross-phase."""
        if self.kind == MeetingKind.CLUSTER:
            return str(self.cluster)
        said = {MeetingKind.PHASE: self.get_phase_display(), MeetingKind.SUBJECT: self.get_subject_display()}
        return str(said.get(MeetingKind(self.kind), self.get_kind_display()))


class AgendaItem(models.Model):
    """One thing to talk about, and what for."""

    meeting = models.ForeignKey(NetworkMeeting, models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    what = models.CharField("what it is about", max_length=200)
    purpose = models.CharField("what it is for", max_length=10, choices=Purpose)

    personal_data = PersonalData(not_personal={say_later("the authority’s own"): ("what",)})

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint("meeting", "number", name="agenda_number_once")]

    def __str__(self) -> str:
        return self.what


class Invitation(models.Model):
    """One AST: invited, what the answer is, and whether the AST was there; None until that is recorded."""

    meeting = models.ForeignKey(NetworkMeeting, models.PROTECT, related_name="invitations")
    post = models.ForeignKey(Post, models.PROTECT, related_name="network_invitations")
    reply = models.CharField("answer", max_length=10, choices=Reply, default=Reply.NONE)
    reason = models.CharField(say_later("what the AST says of it"), max_length=200, blank=True)
    attended = models.BooleanField("was there", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    personal_data = PersonalData(own=(Own(("reason",), say_later("the AST"), LINE),)).shows(
        97,
        "Network meetings to which you were invited",
        "meeting: meeting.__str__; answer: get_reply_display; what you said of it: reason; you were there: attended",
        accounts=("post__user",),
    )

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [models.UniqueConstraint("meeting", "post", name="invited_once")]

    def __str__(self) -> str:
        return f"{self.post.name}, {self.meeting}"

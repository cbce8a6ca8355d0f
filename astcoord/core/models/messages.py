"""The outbox: the row is the queue, and the broker only notifies (docs/decisions/0010-the-outbox-is-rows.md)."""

from django.db import models
from django.db.models import Q

from astcoord.core.models.about import About, AboutQuerySet
from astcoord.core.models.documents import Document
from astcoord.core.personal_data import ABOUT, Own, PersonalData
from astcoord.core.signed_links import without_tokens

REMOVED = "(The text of this message was removed at the end of its time.)"
"""The body of a message that is over its time: it does not go again."""


class MessageStatus(models.TextChoices):
    QUEUED = "queued", "Queued"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Arrived(models.TextChoices):
    """What a person found out of a message that may have gone twice."""

    ONCE = "once", "It arrived once"
    TWICE = "twice", "It arrived twice"
    NOT = "not", "It did not arrive: send it again"


class Message(About):
    """One e-mail. `key` says what it is for, so that asking twice queues once; `message_id` is fixed for life.

    `rung_at`: when a worker was last told of it. `token` and `lease_until`: which worker has it in hand, and for how
    long. `wire_at`: set just before the relay is spoken to, so that a worker that dies afterwards leaves a trace:
    `ambiguous` counts those times, and `reconciled` says what a person found out since. `deaths`: leases that ran
    out. `give_up_at`: a message ages, it does not run out of attempts, because a relay that is away must not use them
    up. `cancelled_at`: when what it tells of was
    withdrawn; from then on nothing puts it into the queue, even if it was on its way.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.SlugField(max_length=60)
    to_name = models.CharField(max_length=200, blank=True)
    to_email = models.EmailField()
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    calendar = models.TextField("days for a calendar, as iCalendar", blank=True)
    message_id = models.CharField(max_length=250, unique=True)
    status = models.CharField(max_length=10, choices=MessageStatus, default=MessageStatus.QUEUED)
    queued_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    wire_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    deaths = models.PositiveSmallIntegerField(default=0)
    ambiguous = models.PositiveSmallIntegerField(default=0)
    reconciled = models.CharField(max_length=5, choices=Arrived, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    attachments = models.ManyToManyField(Document, through="MessageAttachment", related_name="messages")

    objects = AboutQuerySet.as_manager()

    personal_data = PersonalData(
        case=ABOUT,
        may_name=("subject",),
        own=(
            Own(("body", "calendar", "to_name", "error"), "the reader", "Text of e-mails that the service sent"),
            Own(("key", "to_email"), "the reader", "as long as the row; of supported staff, as long as their names"),
        ),
        not_personal={"the office’s": ("reply_to",), "code": ("kind", "message_id", "token")},
    ).shows(
        15,
        "E-mails to your address",
        "to: to_email; name: to_name; subject; text; queued: queued_at; sent: sent_at; status: get_status_display",
        found=lambda subject: Q(to_email__iexact=subject.email) if subject.email else Q(pk__in=[]),
        made={"text": lambda message, _: without_tokens(message.body)},
    )

    class Meta(About.Meta):
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["about_type", "about_id"]),
            models.Index(fields=["status", "due_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_sent_has_time",
                condition=(models.Q(status=MessageStatus.SENT) & models.Q(sent_at__isnull=False))
                | (~models.Q(status=MessageStatus.SENT) & models.Q(sent_at__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to_email}"

    @property
    def is_removed(self) -> bool:
        """Whether its text is gone, so that there is nothing to send again."""
        return self.body == REMOVED

    @property
    def doubt(self) -> str:
        """What a reader of its row must know, where nobody has found out yet; else empty."""
        if not self.ambiguous or self.reconciled or self.is_removed:
            return ""
        if self.status == MessageStatus.SENT:
            return "May have arrived twice"
        return "May have arrived" if self.status in (MessageStatus.FAILED, MessageStatus.CANCELLED) else "May go twice"


class MessageAttachment(models.Model):
    message = models.ForeignKey(Message, models.CASCADE)
    document = models.ForeignKey(Document, models.PROTECT)
    filename = models.CharField(max_length=120)

    personal_data = PersonalData(not_personal={"made of the document’s kind or title": ("filename",)})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "document"], name="document_attached_once")]

    def __str__(self) -> str:
        return self.filename


class RelayState(models.Model):
    """One row: the circuit breaker that all workers share for the mail relay.

    `away_since`: when it first took nothing, and has taken nothing since; `reason`: why, in words for the office.
    """

    failures = models.PositiveIntegerField(default=0)
    paused_until = models.DateTimeField(null=True, blank=True)
    free_at = models.DateTimeField(null=True, blank=True)
    away_since = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    personal_data = PersonalData(not_personal={"our own words": ("reason",)})

    def __str__(self) -> str:
        return f"relay, paused until {self.paused_until}" if self.paused_until else "relay"

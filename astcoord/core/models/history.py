"""What happened: immutable, attributed transitions, and beside them the audit trail (R-16.3)."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from astcoord.core import periods
from astcoord.core.models.about import About, AboutHistoryQuerySet, AppendOnly, about_account
from astcoord.core.personal_data import ABOUT, Own, PersonalData, about_work
from astcoord.core.words import say_later

YEARS = periods.SCHEDULE[-1].audit_years
DECIDED = say_later("What was decided of your work as an AST, and why")


class Done(models.Model):
    """Who did something: `by` empty means the system. A deputy did it for the one they stood in for (R-20.9)."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    done_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def who(self) -> str:
        """“Ada Quill”, “Ada Quill for Ben Rowan”; empty for the system."""
        if not self.by:
            return ""
        return f"{self.by} for {self.done_for}" if self.done_for else str(self.by)


class Transition(AppendOnly, About, Done):
    """One status change. `by` empty means the system."""

    disposal: ClassVar[tuple[str, int] | None] = ("at", YEARS)

    machine = models.CharField(max_length=40)
    move = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    target = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = AboutHistoryQuerySet.as_manager()

    personal_data = (
        PersonalData(case=ABOUT, may_name=("reason",), not_personal={"code": ("machine", "move", "source", "target")})
        .shows(
            13,
            "Stages that you moved on",
            "when: at; thing: kind_and_number; from: source; to: target",
            accounts=("by",),
        )
        .shows(
            80,
            DECIDED,
            "when: at; what: move; because: reason",
            found=about_work,
            only=lambda rows: rows.exclude(reason="").order_by("pk"),
        )
    )

    class Meta(About.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.machine}: {self.source} → {self.target}"


class AuditEvent(AppendOnly, About, Done):
    """One decision, signature, override or view: who, when, from where, before and after."""

    disposal: ClassVar[tuple[str, int] | None] = ("at", YEARS)

    verb = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    where_from = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = AboutHistoryQuerySet.as_manager()

    personal_data = (
        PersonalData(
            case=ABOUT,
            may_name=("reason", "before", "after"),
            own=(Own(("where_from",), "whoever did it", "Audit trail and status changes"),),
            not_personal={"the software’s own words": ("verb",)},
        )
        .shows(
            11,
            "What you did",  # without before and after: what changed is often about somebody else
            "when: at; what: verb; thing: kind_and_number; from address: where_from",
            accounts=("by",),
            only=lambda rows: rows.order_by("pk"),
        )
        .shows(
            12,
            "What was recorded about you",
            "when: at; what: verb; by; reason; before; after",
            found=lambda subject: about_account(subject.user),
            only=lambda rows: rows.order_by("pk"),
            made={"by": lambda event, _: event.who or "the system"},
        )
        .shows(
            80,
            DECIDED,
            "when: at; what: verb; because: reason",
            found=about_work,
            only=lambda rows: rows.exclude(reason="").order_by("pk"),
        )
    )

    class Meta(About.Meta):
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.verb

"""Deployment groups and subject networks, their members, their meetings, and what they decide (R-7.6)."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from astcoord.core.fields import ChoiceSetField
from astcoord.core.lifecycle import Machine
from astcoord.core.personal_data import Own, PersonalData
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from placements.groups.lifecycle import GROUP_MEETING, GroupKind, MeetingStatus, Outcome, Side
from placements.groups.querysets import GroupMeetingQuerySet, GroupQuerySet, ItemQuerySet, MemberQuerySet
from placements.matching.models import Match
from placements.planning.models import PlanLine
from placements.requests.models import OutreachRequest
from staff.expertise.vocabulary import Subject
from staff.posts.models import Post

LINE = "Members of deployment groups and subject networks"
"""Of the retention schedule."""


class DecidingGroup(models.Model):
    """A deployment group, which decides on every subject, or a network, which decides on its own."""

    name = models.CharField(max_length=100)
    kind = models.CharField("what it is", max_length=10, choices=GroupKind)
    subjects = ChoiceSetField(options=Subject.choices, blank=True)
    ended_on = models.DateField(null=True, blank=True, editable=False)

    objects = GroupQuerySet.as_manager()

    personal_data = PersonalData(not_personal={say_later("the authority’s own"): ("name",)})

    class Meta:
        ordering = ["kind", "name", "pk"]
        verbose_name = "deciding group"
        constraints = [
            models.UniqueConstraint(Lower("name"), name="deciding_group_name_once", condition=Q(ended_on=None)),
            models.CheckConstraint(name="network_has_subjects", condition=~Q(kind=GroupKind.NETWORK) | ~Q(subjects="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("placements:deciding_group", args=[self.pk])

    def decides_on(self, subject: str) -> bool:
        """A deployment group on everything, a network on its subjects."""
        return self.kind == GroupKind.GROUP or subject in self.subjects


class GroupMember(models.Model):
    """One person's seat, from a day until another; with an account here or without."""

    group = models.ForeignKey(DecidingGroup, models.PROTECT, related_name="members")
    name = models.CharField(max_length=150)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="account"
    )
    side = models.CharField("sits for", max_length=10, choices=Side)
    represents = models.CharField("what the member represents", max_length=120, blank=True)
    since = models.DateField("member from")
    until = models.DateField("member until", null=True, blank=True, editable=False)

    objects = MemberQuerySet.as_manager()

    personal_data = PersonalData(own=(Own(("name", "represents"), "the member", LINE),)).shows(
        130,
        "Groups of which you are a member",
        "group: group.name; name; sits for: get_side_display; represents; from: since; until",
        accounts=("account",),
    )

    class Meta:
        ordering = ["group", "side", "name", "pk"]
        constraints = [
            models.UniqueConstraint("group", Lower("name"), name="group_member_once", condition=Q(until=None)),
            models.CheckConstraint(name="group_member_dates", condition=Q(until=None) | Q(until__gte=F("since"))),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("placements:group_member", args=[self.pk])

    @property
    def words(self) -> str:
        """As a decision names the member: “R Alder (primary heads)”."""
        return f"{self.name} ({self.represents or self.get_side_display()})"


class GroupMeeting(models.Model):
    """One meeting: its day, who was there, and the items that it decides on."""

    machine: ClassVar[Machine] = GROUP_MEETING

    group = models.ForeignKey(DecidingGroup, models.PROTECT, related_name="meetings")
    on = models.DateField("day")
    place = models.CharField("where", max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    present = models.ManyToManyField(GroupMember, related_name="meetings", blank=True)

    objects = GroupMeetingQuerySet.as_manager()

    personal_data = PersonalData(not_personal={say_later("the authority’s own"): ("place",)})

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "group", "on", name="group_meeting_once_a_day", condition=~Q(status=MeetingStatus.CANCELLED)
            )
        ]

    def __str__(self) -> str:
        return f"{self.group.name}, {date_words(self.on)}"

    def get_absolute_url(self) -> str:
        return reverse("placements:group_meeting", args=[self.pk])


class GroupItem(models.Model):
    """A proposed match, or a line of a plan that nobody has proposed yet; and what the group decided on it."""

    meeting = models.ForeignKey(GroupMeeting, models.PROTECT, related_name="items")
    request = models.ForeignKey(OutreachRequest, models.PROTECT, related_name="group_items")
    match = models.ForeignKey(Match, models.PROTECT, null=True, blank=True, related_name="group_items")
    line = models.ForeignKey(PlanLine, models.PROTECT, null=True, blank=True, related_name="group_items")
    outcome = models.CharField("decision", max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField("recorded at", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="recorded by"
    )

    objects = ItemQuerySet.as_manager()

    personal_data = PersonalData(case="request", may_name=("reason",)).tells_of_work(
        "match__post__user", "line__post__user"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "item of a group meeting"
        constraints = [
            models.UniqueConstraint("meeting", "match", name="group_item_match_once"),
            models.UniqueConstraint("meeting", "line", name="group_item_line_once"),
            models.CheckConstraint(
                name="group_item_of_match_or_line",
                condition=Q(match=None, line__isnull=False) | Q(match__isnull=False, line=None),
            ),
            models.CheckConstraint(
                name="group_item_decided_by_whom",
                condition=Q(outcome="", decided_at=None, decided_by=None)
                | ~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="group_item_no_has_reason",
                condition=~Q(outcome__in=[Outcome.NOT_AGREED, Outcome.PUT_OFF]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ast_name} for {self.request}"

    @property
    def post(self) -> Post | None:
        """The AST; None for one whom a plan only imagines, which no agenda takes."""
        return self.match.post if self.match else self.line.post if self.line else None

    @property
    def ast_name(self) -> str:
        return self.post.name if self.post else ""

    @property
    def days(self) -> Decimal:
        """How many the AST would give."""
        found = self.match or self.line
        return found.days if found else Decimal(0)

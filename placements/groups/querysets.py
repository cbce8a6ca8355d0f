"""Scopes over groups, their meetings and what these decide (section G, row “Match reasons”)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from astcoord.core.roles import OFFICE
from placements.groups.lifecycle import FINAL, GroupKind, MeetingStatus
from staff.accounts.models import User
from staff.accounts.querysets import consultant_subjects, in_group

if TYPE_CHECKING:
    from placements.groups.models import (  # noqa: F401  (named in the strings of the class lines below)
        DecidingGroup,
        GroupItem,
        GroupMeeting,
        GroupMember,
    )


class GroupQuerySet(models.QuerySet["DecidingGroup"]):
    def visible_to(self, user: User) -> "GroupQuerySet":
        """The office all; a consultant the deployment groups and the networks of the own subjects."""
        return self if user.has_role(*OFFICE) else self.filter(_of_consultant(user))

    def now(self) -> "GroupQuerySet":
        """Those that go on."""
        return self.filter(ended_on=None)


class MemberQuerySet(models.QuerySet["GroupMember"]):
    def on(self, day: date) -> "MemberQuerySet":
        """Members on that day, the first and the last included."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class GroupMeetingQuerySet(models.QuerySet["GroupMeeting"]):
    def visible_to(self, user: User) -> "GroupMeetingQuerySet":
        """As their groups."""
        return self if user.has_role(*OFFICE) else self.filter(_of_consultant(user, "group__"))

    def with_counts(self) -> "GroupMeetingQuerySet":
        """Each with `items_count`, and `open_count` of what it has not decided."""
        undecided = Count("items", filter=Q(items__outcome=""))
        return self.select_related("group").annotate(items_count=Count("items"), open_count=undecided)


class ItemQuerySet(models.QuerySet["GroupItem"]):
    def visible_to(self, user: User) -> "ItemQuerySet":
        """The office all; a consultant those in the own subjects, whatever the group."""
        if user.has_role(*OFFICE):
            return self
        return self.filter(in_group(user, "request__subject", "request__host"))

    def whole(self) -> "ItemQuerySet":
        """With what page and paper say of each."""
        asts = [f"{way}__post__{end}" for way in ("match", "line") for end in ("user", "home")]
        return self.select_related("meeting__group", "request__host", "line__plan", *asts)

    def waiting(self) -> "ItemQuerySet":
        """On an agenda, and not decided yet."""
        return self.filter(outcome="").exclude(meeting__status=MeetingStatus.CANCELLED)

    def final(self) -> "ItemQuerySet":
        """Agreed or not agreed, the latest first."""
        return self.filter(outcome__in=FINAL).order_by("-decided_at", "-pk")


def _of_consultant(user: User, way: str = "") -> Q:
    found = Q(pk__in=[])
    for subject in consultant_subjects(user):
        found |= Q(**{f"{way}subjects__has": subject}) | Q(**{f"{way}kind": GroupKind.GROUP})
    return found


def before_a_meeting(items: ItemQuerySet, way: str) -> Exists:
    """Whether the match or line of the outer query is on an agenda that has not decided on it."""
    return Exists(items.waiting().filter(**{way: OuterRef("pk")}))

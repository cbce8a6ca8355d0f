"""Scopes over network meetings and who is invited to them (section G, row “CPD, network”)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User
from staff.accounts.querysets import consultant_subjects
from staff.networks.lifecycle import ANNOUNCED, COUNTS, MeetingKind, Reply
from staff.posts.models import Post
from staff.posts.querysets import PostQuerySet

if TYPE_CHECKING:
    from staff.networks.models import Invitation, NetworkMeeting  # noqa: F401  (named in strings below)


class MeetingQuerySet(models.QuerySet["NetworkMeeting"]):
    def visible_to(self, user: User) -> "MeetingQuerySet":
        """The office all; a consultant those of the own subjects and of the group; ASTs and their heads what they,
        or their ASTs, are invited to. One that is being prepared is seen by those who keep it alone.
        """
        if user.has_role(*OFFICE):
            return self
        invited = self.model._meta.get_field("invitations").related_model._default_manager  # type: ignore[union-attr]
        theirs = invited.filter(of_reader(user)).order_by().values("meeting")
        return self.filter(Q(pk__in=theirs, status__in=ANNOUNCED) | of_subjects(user))

    def counting(self, first: date, last: date) -> "MeetingQuerySet":
        """Held, or with invitations sent, from first to last."""
        return self.filter(status__in=COUNTS, on__range=(first, last))

    def with_counts(self) -> "MeetingQuerySet":
        """Each with `invited`, `coming`, `sorry` and `present`, as numbers."""
        invitations = "invitations"
        return self.annotate(
            invited=Count(invitations),
            coming=Count(invitations, filter=Q(invitations__reply=Reply.COMING)),
            sorry=Count(invitations, filter=Q(invitations__reply=Reply.APOLOGIES)),
            present=Count(invitations, filter=Q(invitations__attended=True)),
        )

    def whole(self) -> "MeetingQuerySet":
        """With what lists and pages name."""
        return self.select_related("led_by", "cluster")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> "InvitationQuerySet":
        """Who is invited, answers and comes: the office all, a consultant the group, heads and ASTs their own."""
        return self if user.has_role(*OFFICE) else self.filter(of_reader(user))

    def whole(self) -> "InvitationQuerySet":
        """With names, by name."""
        return self.select_related("post__user", "post__home").order_by("post__user__name_key", "pk")


def of_reader(user: User) -> Q:
    """Invitations of this person, of the ASTs of the own school, and of a consultant's group."""
    found = Q(post__home_id__in=user.schools_as(Role.HEADTEACHER))
    if user.has_role(Role.AST):
        found |= Q(post__user=user)
    return found | Q(post__in=Post.objects.of_group(user).order_by().values("pk"))


def of_subjects(user: User) -> Q:
    """Meetings of one subject that is a consultant's."""
    return Q(kind=MeetingKind.SUBJECT, subject__in=consultant_subjects(user))


def eligible(user: User, on: date) -> PostQuerySet:
    """Whom this person may invite for that day: the office all in post, a consultant the group."""
    posts = Post.objects.in_post(on)
    if not user.has_role(*OFFICE):
        mine = Post.objects.of_group(user).order_by().values("pk")
        posts = posts.filter(pk__in=mine)
    return posts.select_related("user", "home").order_by("user__name_key", "pk")


def meant_by(meeting: "NetworkMeeting") -> PostQuerySet:
    """ASTs of its phase, subject or cluster, or all; who is away from the post that day is not asked."""
    posts = Post.objects.present(meeting.on)
    if meeting.kind == MeetingKind.PHASE:
        return posts.filter(home__phase=meeting.phase)
    if meeting.kind == MeetingKind.SUBJECT:
        return posts.filter(expertise__subject=meeting.subject).distinct()
    return posts.filter(home__cluster=meeting.cluster_id) if meeting.kind == MeetingKind.CLUSTER else posts

"""Scopes over working groups and their actions (R-3.15, section G, “CPD, network”)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Q, Value, When

from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User
from staff.posts.models import Post
from staff.working_groups.lifecycle import ActionState

if TYPE_CHECKING:
    from staff.working_groups.models import GroupAction, WorkingGroup  # noqa: F401  (named in strings below)


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    def visible_to(self, user: User) -> "WorkingGroupQuerySet":
        """The office all; a member the own; a consultant those to which an AST of the own subjects belongs."""
        if user.has_role(*OFFICE):
            return self
        posts = Post.objects.none()
        if user.has_role(Role.AST):
            posts = Post.objects.filter(user=user)
        posts = posts | Post.objects.of_group(user)
        mine = self.model.members.through._default_manager.filter(post__in=posts.order_by().values("pk"))
        return self.filter(pk__in=mine.values("workinggroup"))

    def running(self) -> "WorkingGroupQuerySet":
        """Those that have not ended."""
        return self.filter(ended_on=None)

    def with_counts(self, on: date) -> "WorkingGroupQuerySet":
        """Each with `to_do` and `late`."""
        to_do = Q(actions__done_on=None)
        return self.annotate(
            to_do=Count("actions", filter=to_do, distinct=True),
            late=Count("actions", filter=to_do & Q(actions__due_on__lt=on), distinct=True),
        )


class GroupActionQuerySet(models.QuerySet["GroupAction"]):
    def visible_to(self, user: User) -> "GroupActionQuerySet":
        """Those of the groups that this person may see."""
        if user.has_role(*OFFICE):
            return self
        groups: Any = self.model._meta.get_field("group").related_model
        return self.filter(group__in=groups.objects.visible_to(user).order_by().values("pk"))

    def to_do(self) -> "GroupActionQuerySet":
        """Not done, of groups that go on."""
        return self.filter(done_on=None, group__ended_on=None)

    def overdue(self, on: date) -> "GroupActionQuerySet":
        """R-3.15: of these, those whose day has passed."""
        return self.to_do().filter(due_on__lt=on)

    def with_state(self, on: date) -> "GroupActionQuerySet":
        """Each with `state`, a value of `ActionState`; what is left of a group that has ended is not overdue."""
        state = Case(
            When(done_on__isnull=False, then=Value(ActionState.DONE)),
            When(due_on__lt=on, group__ended_on=None, then=Value(ActionState.OVERDUE)),
            default=Value(ActionState.OPEN),
        )
        return self.annotate(state=state)

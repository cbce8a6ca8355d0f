"""Working groups and what they are to do, as two registers (R-3.15)."""

from typing import Any

from django.db import transaction

from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused
from astcoord.core.register import Register
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.posts.models import Post
from staff.working_groups import permissions, rules
from staff.working_groups.models import GroupAction, WorkingGroup


class WorkingGroups(Register[WorkingGroup]):
    """The office makes and ends them, and says who belongs to them; members say what they are for and have found."""

    model = WorkingGroup
    noun = "working group"
    rule = "R-3.15"
    readers = permissions.READERS
    keepers = permissions.KEEPERS
    ends_with = "ended_on"
    used_words = "The group has actions, so it stays. End it instead."

    def may_keep(self, user: User, row: WorkingGroup | None = None) -> bool:
        """Only the office adds one; one that has ended is the office’s."""
        if row is None or self.has_ended(row):
            return is_office(user)
        return permissions.can_work(user, row)

    @transaction.atomic
    def save(self, *, row: WorkingGroup | None = None, by: User, **fields: Any) -> WorkingGroup:
        """Who belongs to it is the office’s to say."""
        chosen = fields.pop("members", None)
        if chosen is None:
            return super().save(row=row, by=by, **fields)
        require(is_office(by), "say who belongs to a working group")
        group = super().save(row=row, by=by, chosen=list(chosen), **fields)
        group.members.set(chosen)
        return group

    def problems(self, row: WorkingGroup) -> list[Problem]:
        now = today()
        chosen = members_of(row)
        held = {post.pk for post in row.members.all()} if row.pk else set()
        left_out = held - {post.pk for post in chosen}
        busy = GroupAction.objects.filter(group=row.pk, done_on=None, owner__in=left_out).select_related("owner__user")
        others = WorkingGroup.objects.running().exclude(pk=row.pk).values_list("name", flat=True)
        return rules.group_problems(
            name=row.name,
            aim=row.aim,
            count=len(chosen),
            away=[post.name for post in chosen if post.pk not in held and not post.is_in_post(now)],
            busy=sorted({action.owner.name for action in busy}),
            others=others,
        )

    def told(self, row: WorkingGroup) -> dict[str, Any]:
        return {
            "group": row.name,
            "what it is for": row.aim,
            "needs found": row.needs,
            "members": sorted(post.name for post in members_of(row)),
        }

    def is_used(self, row: WorkingGroup) -> bool:
        return row.actions.exists()

    def _keep(self, row: WorkingGroup, by: User) -> WorkingGroup:
        """It is ended, goes on and is taken away by the office."""
        require(is_office(by), "end a working group")
        return super()._keep(row, by)


class GroupActions(Register[GroupAction]):
    """Members and the office write them and say when they are done."""

    model = GroupAction
    noun = "action"
    rule = "R-3.15"
    readers = permissions.READERS
    keepers = permissions.KEEPERS
    ends_with = "done_on"
    end_verb, resume_verb = "done", "to be done after all"

    def may_keep(self, user: User, row: GroupAction | None = None) -> bool:
        return permissions.can_work(user, row.group) if row else super().may_keep(user)

    @transaction.atomic
    def save(self, *, row: GroupAction | None = None, by: User, **fields: Any) -> GroupAction:
        """Of a group that this person works with; one that is done is taken up again before it is changed."""
        if row is None:
            require(permissions.can_work(by, fields["group"]), "work with this group")
        elif self.has_ended(row):
            raise Refused([Problem("This action is done. Take it up again to change it.", "", "R-3.15", "done")])
        return super().save(row=row, by=by, **fields)

    def problems(self, row: GroupAction) -> list[Problem]:
        now = today()
        held = GroupAction.objects.filter(pk=row.pk).first()
        return rules.action_problems(
            text=row.text,
            due_on=row.due_on,
            moved=held is None or held.due_on != row.due_on,
            member=row.group.members.filter(pk=row.owner_id).exists(),
            in_post=row.owner.is_in_post(now),
            ended=row.group.ended_on is not None,
            today=now,
        )


def members_of(group: WorkingGroup) -> list[Post]:
    """Those of the group, or those that are about to be; uses prefetched members."""
    chosen: list[Post] | None = getattr(group, "chosen", None)
    if chosen is not None:
        return chosen
    return list(group.members.all()) if group.pk else []


GROUPS, ACTIONS = WorkingGroups(), GroupActions()

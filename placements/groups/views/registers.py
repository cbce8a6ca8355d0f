"""Deployment groups, subject networks and who sits in them (R-7.6)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.registers import RegisterPages
from placements.groups.actions.registers import GROUPS, MEMBERS
from placements.groups.filters import GroupFilter, MemberFilter
from placements.groups.forms import DecidingGroupForm, GroupMemberForm
from placements.groups.models import GroupMember
from placements.groups.tables import GroupTable, MemberTable
from staff.accounts.models import User

SETTING = "group_decides"


class GroupPages(RegisterPages):
    """Who decides on deployments, where the policy leaves it to a group."""

    register = GROUPS
    form, table, filters = DecidingGroupForm, GroupTable, GroupFilter
    app, name = "placements", "deciding_group"
    title = "Deployment groups and networks"
    setting = SETTING
    menu = 71, say_later("Who decides which AST goes where, and the members")

    def rows(self, user: User) -> Any:
        """With the number of members on this day."""
        now = Q(members__since__lte=today()) & (Q(members__until=None) | Q(members__until__gte=today()))
        return super().rows(user).annotate(member_count=Count("members", filter=now))

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        """Its members by name, too."""
        members = GroupMember.objects.filter(group=row).on(today())
        return [*super().facts(row), ("Members now", [each.words for each in members] or "None yet")]


class MemberPages(RegisterPages):
    """Seats, with the days from and until which they are held."""

    register = MEMBERS
    form, table, filters = GroupMemberForm, MemberTable, MemberFilter
    app, name = "placements", "group_member"
    title = "Members of groups and networks"
    setting = SETTING
    menu = 72, say_later("Members of deployment groups and subject networks, from schools and the authority")
    end_label = "End the membership"
    ended = "“{row}” is no longer a member."
    resume_label = "Make a member again"
    resumed = "“{row}” is a member again."

    def rows(self, user: User) -> Any:
        return super().rows(user).select_related("group")


urlpatterns = [*GroupPages().urls(), *MemberPages().urls()]

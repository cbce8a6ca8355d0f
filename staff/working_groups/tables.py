"""Working groups, and their actions, as lists."""

from typing import Any

import django_tables2 as columns

from astcoord.ui.tables import DateColumn, LinkColumn, NumberColumn, Table
from staff.working_groups.actions import members_of
from staff.working_groups.lifecycle import ActionState
from staff.working_groups.models import GroupAction, WorkingGroup


class GroupTable(Table):
    """Which, who, how much there is to do."""

    noun = "working group"
    empty_text = "No working group yet."

    name = LinkColumn(verbose_name="Group")
    who = columns.Column(empty_values=(), orderable=False, verbose_name="Members")
    to_do = NumberColumn(verbose_name="Actions to do")
    late = NumberColumn(verbose_name="Overdue")
    ended_on = DateColumn(verbose_name="Ended on", default="")

    class Meta(Table.Meta):
        model = WorkingGroup
        fields = ("name", "who", "to_do", "late", "ended_on")

    def render_who(self, record: WorkingGroup) -> str:
        return ", ".join(sorted(post.name for post in members_of(record)))


class ActionTable(Table):
    """What is due first, first."""

    noun = "action"
    empty_text = "There is no action here."

    text = LinkColumn(verbose_name="What is to be done")
    group = columns.Column(accessor="group__name", verbose_name="Group")
    owner = columns.Column(accessor="owner__user__name", verbose_name="By whom")
    due_on = DateColumn(verbose_name="By when")
    state = columns.Column(verbose_name="State")

    class Meta(Table.Meta):
        model = GroupAction
        fields = ("text", "group", "owner", "due_on", "state")

    def render_state(self, value: Any) -> str:
        return str(ActionState(value).label)

    value_state = render_state

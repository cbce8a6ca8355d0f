"""What the lists of working groups and of their actions can be narrowed to."""

import django_filters

from astcoord.ui.filters import FilterSet, SearchFilter
from staff.working_groups.lifecycle import ActionState
from staff.working_groups.models import GroupAction, WorkingGroup


class GroupFilter(FilterSet):
    """By words."""

    words = SearchFilter("name", "aim", label="Name or purpose")

    class Meta(FilterSet.Meta):
        model = WorkingGroup


class ActionFilter(FilterSet):
    """By group or owner, and by state."""

    words = SearchFilter("group__name", "owner__user__name_key", label="Group, or by whom")
    state = django_filters.ChoiceFilter(choices=ActionState.choices, label="State", empty_label="All")

    class Meta(FilterSet.Meta):
        model = GroupAction

"""What the lists of groups, members and meetings can be narrowed to."""

import django_filters

from astcoord.ui.filters import BOXES, FilterSet, SearchFilter
from placements.groups.lifecycle import GroupKind, MeetingStatus, Side
from placements.groups.models import DecidingGroup, GroupMeeting, GroupMember


class GroupFilter(FilterSet):
    """By name and by what it is."""

    name = SearchFilter("name", label="Name")
    kind = django_filters.ChoiceFilter(choices=GroupKind.choices, label="What it is", empty_label="Both")

    class Meta(FilterSet.Meta):
        model = DecidingGroup
        fields: tuple[str, ...] = ()


class MemberFilter(FilterSet):
    """By name or group, and by the side for which the member sits there."""

    name = SearchFilter("name", "represents", "group__name", label="Member or group")
    side = django_filters.ChoiceFilter(choices=Side.choices, label="Sits for", empty_label="Both")

    class Meta(FilterSet.Meta):
        model = GroupMember
        fields: tuple[str, ...] = ()


class MeetingFilter(FilterSet):
    """By group, and by whether it took place."""

    name = SearchFilter("group__name", label="Group")
    status = django_filters.MultipleChoiceFilter(label="Status", choices=MeetingStatus.choices, widget=BOXES)

    class Meta(FilterSet.Meta):
        model = GroupMeeting
        fields: tuple[str, ...] = ()

"""Groups, members and meetings as lists."""

import django_tables2 as columns

from astcoord.ui.tables import DateColumn, LinkColumn, NumberColumn, StatusColumn, Table
from placements.groups.models import DecidingGroup, GroupMeeting, GroupMember


class GroupTable(Table):
    """Deployment groups before networks."""

    noun = "group"
    empty_text = "No group has been entered yet."

    name = LinkColumn(verbose_name="Name")
    kind = columns.Column(verbose_name="What it is")
    members = NumberColumn(accessor="member_count", verbose_name="Members now")
    ended_on = DateColumn(verbose_name="Ended")

    class Meta(Table.Meta):
        model = DecidingGroup
        fields = ("name", "kind", "members", "ended_on")


class MemberTable(Table):
    """By group, schools and authority apart."""

    noun = "member"
    empty_text = "No member has been entered yet."

    name = LinkColumn(verbose_name="Name")
    group = columns.Column(accessor="group__name", verbose_name="Group")
    side = columns.Column(verbose_name="Sits for")
    represents = columns.Column(verbose_name="Represents", default="")
    since = DateColumn(verbose_name="From")
    until = DateColumn(verbose_name="Until")

    class Meta(Table.Meta):
        model = GroupMember
        fields = ("name", "group", "side", "represents", "since", "until")


class MeetingTable(Table):
    """The newest first."""

    noun = "meeting"
    empty_text = "No meeting has been planned yet."

    group = LinkColumn(accessor="group__name", verbose_name="Group")
    on = DateColumn(verbose_name="Day")
    place = columns.Column(verbose_name="Where", default="")
    items_count = NumberColumn(verbose_name="Items")
    open_count = NumberColumn(verbose_name="Not decided yet")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = GroupMeeting
        fields = ("group", "on", "place", "items_count", "open_count", "status")

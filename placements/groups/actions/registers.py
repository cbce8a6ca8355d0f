"""Deployment groups, subject networks and their members, as registers (R-7.6)."""

from typing import Any

from astcoord.core.clock import today
from astcoord.core.problems import Problem
from astcoord.core.register import Register
from astcoord.core.roles import OFFICE, Role
from placements.groups import rules
from placements.groups.models import DecidingGroup, GroupMember


class Groups(Register[DecidingGroup]):
    """The co-ordinator keeps them; the administrator and consultants read them."""

    model = DecidingGroup
    noun = "deciding group"
    rule = rules.RULE
    readers = OFFICE | {Role.CONSULTANT}
    keepers = frozenset({Role.COORDINATOR})
    ends_with = "ended_on"
    used_words = "It has members or meetings, so it stays. End it instead."

    def problems(self, row: DecidingGroup) -> list[Problem]:
        return rules.group_problems(row, DecidingGroup.objects.now().exclude(pk=row.pk))

    def told(self, row: DecidingGroup) -> dict[str, Any]:
        subjects = ", ".join(DecidingGroup._meta.get_field("subjects").labels(row))  # type: ignore[union-attr]
        return {"name": row.name, "what it is": str(row.get_kind_display()), "subjects": subjects or "All"}

    def is_used(self, row: DecidingGroup) -> bool:
        return row.members.exists() or row.meetings.exists()


class Members(Register[GroupMember]):
    """Dated: who was a member on the day of a meeting can have been there."""

    model = GroupMember
    noun = "group member"
    rule = rules.RULE
    readers = OFFICE
    keepers = frozenset({Role.COORDINATOR})
    ends_with = "until"
    used_words = "This member was at a meeting, so the seat stays. End it instead."

    def problems(self, row: GroupMember) -> list[Problem]:
        return rules.member_problems(row, GroupMember.objects.filter(until=None).exclude(pk=row.pk))

    def is_used(self, row: GroupMember) -> bool:
        return row.meetings.exists()

    def _set_end(self, row: GroupMember, day: Any) -> None:
        """Not before the seat began: one that is to begin later ends on its first day."""
        super()._set_end(row, day and max(today(), row.since))


GROUPS, MEMBERS = Groups(), Members()
"""Who decides on deployments where the policy leaves it to a group."""

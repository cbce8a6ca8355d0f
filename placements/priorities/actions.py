"""The authority's list of priorities, as a register (R-14.1)."""

from typing import Any

from astcoord.core.problems import Problem
from astcoord.core.register import Register
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say_later
from placements.priorities import rules
from placements.priorities.models import Priority


class Priorities(Register[Priority]):
    """The office keeps it, officers read it. What has been linked to is retired, never deleted."""

    model = Priority
    noun = "priority"
    rule = "R-14.1"
    readers = OFFICE | {Role.OFFICER}
    ends_with = "retired_on"
    end_verb, resume_verb = "retired", "brought back"
    used_words = say_later("A request or a placement is linked to this priority. Retire it instead.")

    def problems(self, row: Priority) -> list[Problem]:
        """A name, years in order, and not twice on the list at the same time."""
        others = Priority.objects.filter(retired_on=None).exclude(pk=row.pk)
        return rules.listed_problems(row, others)

    def told(self, row: Priority) -> dict[str, Any]:
        kind = str(row.get_kind_display())
        return {"where from": kind, "number": row.reference, "priority": row.name, "school years": row.years}

    def is_used(self, row: Priority) -> bool:
        return Priority.objects.used().filter(pk=row.pk).exists()


PRIORITIES = Priorities()

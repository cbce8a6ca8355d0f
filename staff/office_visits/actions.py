"""The co-ordinator’s own visits, as a register (R-3.22)."""

from typing import Any

from astcoord.core.clock import today
from astcoord.core.problems import Problem
from astcoord.core.register import Register
from astcoord.core.roles import Role
from astcoord.core.words import say
from staff.accounts.models import User
from staff.office_visits import rules
from staff.office_visits.models import OfficeVisit


class OfficeVisits(Register[OfficeVisit]):
    """Co-ordinators log, correct and take away; nobody else reads what came of a visit."""

    model = OfficeVisit
    noun = "visit"
    rule = "R-3.22"
    readers = keepers = frozenset({Role.COORDINATOR})

    def save(self, *, row: OfficeVisit | None = None, by: User, **fields: Any) -> OfficeVisit:
        """Whoever logs the visit has made it; who corrects it has not."""
        return super().save(row=row, by=by, **({} if row else {"visitor": by}), **fields)

    def problems(self, row: OfficeVisit) -> list[Problem]:
        same = OfficeVisit.objects.filter(kind=row.kind, school=row.school, post=row.post, on=row.on)
        return rules.visit_problems(row, twice=same.exclude(pk=row.pk).exists(), today=today())

    def told(self, row: OfficeVisit) -> dict[str, Any]:
        return {
            "what for": str(row.get_kind_display()),
            "school": row.school.name,
            say("AST"): row.post.name if row.post else "",
            "day": row.on.isoformat(),
            "visitor": row.visitor.name,
            "outcome": row.outcome,
        }


OFFICE_VISITS = OfficeVisits()

"""What a year is paid at the points of the spine, as a register (R-2.18, R-2.23)."""

from typing import Any

from astcoord.core.problems import Problem
from astcoord.core.register import Register
from astcoord.core.roles import Role
from astcoord.core.wording import date_words, pounds
from staff.pay.models import SpineFigure


class Figures(Register[SpineFigure]):
    """What a year is paid at each point; only what has been entered is known."""

    model = SpineFigure
    noun = "salary"
    rule = "R-2.18"
    readers = keepers = frozenset({Role.COORDINATOR})

    def problems(self, row: SpineFigure) -> list[Problem]:
        """An amount, and one for each point and day."""
        found = []
        if not row.amount:
            found.append(Problem("Enter the salary for a year, such as 34938", "amount", "R-2.18", "missing"))
        if SpineFigure.objects.filter(point=row.point, starts_on=row.starts_on).exclude(pk=row.pk).exists():
            words = "There is a salary for this point from that day already. Change that one instead."
            found.append(Problem(words, "starts_on", "R-2.18", "twice"))
        return found

    def told(self, row: SpineFigure) -> dict[str, Any]:
        return {"point": row.get_point_display(), "a year": pounds(row.amount), "from": date_words(row.starts_on)}


FIGURES = Figures()

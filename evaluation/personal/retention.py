"""This floor's lines of the retention schedule: evidence, and the library."""

from datetime import date
from typing import Any

from astcoord.core import periods
from astcoord.core.retention import Line
from evaluation.evidence.actions import wipe
from evaluation.evidence.models import KEPT, Evidence
from evaluation.materials.models import KEPT as LIBRARY
from evaluation.materials.models import Material
from placements.placement.models import Placement

WITHDRAWN_MONTHS = 12
"""How long what was withdrawn from the library can be published again†."""
NOW = periods.SCHEDULE[-1]


def old_evidence(today: date) -> Any:
    """Evidence of placements that have been over for as long as shared papers are kept."""
    day = periods.months_before(today, periods.in_force(today).shared_papers_months)
    return Evidence.objects.held().filter(placement__in=Placement.objects.over_before(day).values("pk"))


def old_materials(today: date) -> Any:
    """What was withdrawn from the library so long ago that nobody will publish it again."""
    return Material.objects.filter(withdrawn_on__lt=periods.months_before(today, WITHDRAWN_MONTHS))


def delete_materials(today: date) -> int:
    """For good; how many."""
    old = list(old_materials(today))
    for material in old:
        material.delete()
    return len(old)


LINES = (
    Line(
        what=KEPT,
        whose="Staff of the host school, as far as a file tells of them",
        why="To show what came of an outreach day or an objective",
        how_long=f"{NOW.shared_papers_months} months after the placement is over",
        then="Files, links, names and titles are deleted; a fingerprint and the dates stay. The AST and the "
        "co-ordinator’s office can remove a piece at any time. Nothing may be attached in which a child can be "
        "recognised.",
        seen_by="The placement’s AST, the host headteacher, people supported of days on which they took part, the "
        "subject’s consultant and the co-ordinator’s office; every download is recorded",
        rule="R-10.5",
        order=31,
        due=lambda today: old_evidence(today).count(),
        apply=lambda today: wipe(old_evidence(today)),
    ),
    Line(
        what=LIBRARY,
        whose="The AST who made them, by name",
        why="So that what one school has gained is of use to others",
        how_long=f"Until their author or the office withdraws or deletes them; then {WITHDRAWN_MONTHS} months",
        then="Deleted. Nothing may be published that names pupils or people who are supported: the author ticks so.",
        seen_by="Headteachers, ASTs, officers and the co-ordinator’s office; consultants those of their subjects",
        rule="R-10.10",
        order=32,
        due=lambda today: old_materials(today).count(),
        apply=delete_materials,
    ),
)

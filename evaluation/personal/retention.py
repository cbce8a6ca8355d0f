"""This floor's lines of the retention schedule: evidence, and the library."""

from datetime import date
from typing import Any

from astcoord.core import periods
from astcoord.core.retention import Line, deleting
from astcoord.core.words import say_later
from evaluation.evidence.actions import wipe
from evaluation.evidence.models import KEPT, Evidence
from evaluation.materials.models import KEPT as LIBRARY
from evaluation.materials.models import Material
from evaluation.performance.models import LINE as JUDGEMENTS
from evaluation.training.models import LINE as TRAINING
from evaluation.training.models import TrainingStatement
from placements.placement.models import Placement

WITHDRAWN_MONTHS = 12
"""How long what was withdrawn from the library can be published again†."""
STATED_YEARS = 3
"""How long after its school year a statement on training is of use†."""
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


def old_statements(today: date) -> Any:
    """Statements on training of school years that ended so long ago."""
    day = periods.months_before(today, 12 * STATED_YEARS)
    return TrainingStatement.objects.filter(year__ends_on__lt=day)


LINES = (
    Line(
        what=JUDGEMENTS,
        whose=say_later("ASTs"),
        why=say_later("So that the own headteacher knows what an AST’s outreach is worth when performance is managed"),
        how_long=say_later("While in post; then as long as the placements that the AST carried out"),
        then="Nothing is removed by itself. No text of it holds the name of anybody supported.",
        seen_by=say_later(
            "The AST, the headteacher to whom it was issued, the co-ordinator; while it is a draft the subject’s "
            "consultant. Looks are recorded."
        ),
        rule="R-12.2",
        order=55,
    ),
    deleting(
        old_statements,
        what=TRAINING,
        whose=say_later("ASTs, as far as a school tells of their needs"),
        why=say_later("To see that schools meet the needs of the ASTs whom they employ"),
        how_long=f"{STATED_YEARS} years after the school year",
        then="Deleted.",
        seen_by=say_later("The school’s headteacher and its ASTs, and the co-ordinator’s office"),
        rule="R-1.8",
        order=56,
    ),
    Line(
        what=KEPT,
        whose="Staff of the host school, as far as a file tells of them",
        why="To show what came of an outreach day or an objective",
        how_long=say_later(f"{NOW.shared_papers_months} months after the placement is over"),
        then=say_later(
            "Files, links, names and titles are deleted; a fingerprint and the dates stay. The AST and the "
            "co-ordinator’s office can remove a piece at any time. Nothing may be attached in which a child can be "
            "recognised."
        ),
        seen_by=say_later(
            "The placement’s AST, the host headteacher, people supported of days on which they took part, the "
            "subject’s consultant and the co-ordinator’s office; every download is recorded"
        ),
        rule="R-10.5",
        order=31,
        due=lambda today: old_evidence(today).count(),
        apply=lambda today: wipe(old_evidence(today)),
    ),
    Line(
        what=LIBRARY,
        whose=say_later("The AST who made them, by name"),
        why="So that what one school has gained is of use to others",
        how_long=f"Until their author or the office withdraws or deletes them; then {WITHDRAWN_MONTHS} months",
        then="Deleted. Nothing may be published that names pupils or people who are supported: the author ticks so.",
        seen_by=say_later(
            "Headteachers, ASTs, officers and the co-ordinator’s office; consultants those of their subjects"
        ),
        rule="R-10.10",
        order=32,
        due=lambda today: old_materials(today).count(),
        apply=delete_materials,
    ),
)

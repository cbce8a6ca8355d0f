"""What comes of outreach days beside the diary: evidence, a material, an idea, a cost, a correction asked for."""

from decimal import Decimal

from evaluation.corrections.models import Correction
from evaluation.diary import actions as diary
from evaluation.diary.lifecycle import DiaryStatus
from evaluation.diary.models import DiaryEntry
from evaluation.evidence import actions as evidence
from evaluation.evidence.actions import Attached
from evaluation.ideas.actions import IDEAS
from evaluation.materials.actions import MATERIALS
from evaluation.value import actions as cost
from tests.access.sides import Side


def what_came_of(side: Side) -> None:
    """One of each; the diary has been written."""
    mark, placement = side.mark, side.placement
    side.things |= {
        "correction": _correction(side),
        "evidence": evidence.attach(
            placement=placement,
            title=f"{mark}PIECE",
            attached=Attached(f"{mark}PIECE.txt", f"{mark}PIECE".encode()),
            by=side.ast,
            day=side["entry"].day,
            no_child=True,
        ),
        "idea": IDEAS.save(by=side.ast, placement=placement, text=f"{mark}IDEA for the maths team"),
        "cost": cost.enter(placement=placement, amount=Decimal(1200), covers=f"{mark}SPENT", by=side.home_head),
        "material": MATERIALS.save(
            by=side.ast,
            attached=Attached(f"{mark}.txt", f"a material {mark}".encode()),
            no_names=True,
            title=f"Card sort {mark}",
            subject=placement.subject,
            key_stages=("ks2",),
            purpose="For any class",
        ),
    }


def _correction(side: Side) -> Correction:
    """Asked for in an entry whose term is closed."""
    entry = DiaryEntry.objects.filter(day__placement=side.placement)[1]
    DiaryEntry.objects.filter(pk=entry.pk).update(status=DiaryStatus.CORRECTION_ASKED)
    before = diary.facts_of(entry)
    asked = {**before, "next_steps": f"{side.mark}ASKED"}
    return Correction.objects.create(entry=entry, before=before, asked=asked, why=f"{side.mark}WHY", asked_by=side.ast)

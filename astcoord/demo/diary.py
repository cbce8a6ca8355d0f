"""What ASTs do with their diaries afterwards: corrections once the term is closed."""

from dataclasses import replace
from decimal import Decimal

from astcoord.demo import days
from astcoord.demo.scene import Scene
from evaluation.corrections import actions as corrections
from evaluation.corrections.models import Correction
from evaluation.diary import actions as diary
from evaluation.diary.actions import Telling
from evaluation.diary.lifecycle import DiaryStatus
from evaluation.diary.models import DiaryEntry

HALF = Decimal("0.5")
WHY = ("I left at noon: the school had its sports day.", "I wrote down the wrong length.")


def tell(scene: Scene) -> None:
    """The last term is closed. Of an AST's days one has been corrected, and of one a correction is asked for."""
    past = days.school_days_before(scene.today, 6)
    with days.on(past[0], 2):
        diary.lock_entries(past[0])
    closed = list(DiaryEntry.objects.filter(status=DiaryStatus.LOCKED).order_by("day__on", "pk")[:2])
    for entry, why in zip(
        closed, ("I left at noon: the school had its sports day.", "I wrote down the wrong length."), strict=False
    ):
        with days.on(past[1], 16):
            _ask(entry, why)
    for correction in Correction.objects.order_by("pk")[:1]:
        with days.on(past[4], 11):
            corrections.correct(correction=correction, by=scene.coordinator)


def _ask(entry: DiaryEntry, why: str) -> Correction:
    """Half a day, not a whole one."""
    held = replace(diary.held_of(entry), days=HALF)
    facts = diary.facts_of(entry)
    telling = Telling(**{name: facts[name] for name in Telling.__dataclass_fields__})
    return corrections.ask(entry=entry, held=held, telling=telling, why=why, by=entry.author)

"""Results of some schools: three summers, a small group, and a figure of which there are two."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from astcoord.demo import days
from astcoord.demo.scene import Scene
from evaluation.results import actions
from evaluation.results.lifecycle import MEANINGS, Area, Measure, Source
from evaluation.results.models import AttainmentResult
from staff.expertise.vocabulary import Subject

MATHS, READING = Measure.KS2_MATHS, Measure.KS2_READING
OF = {MATHS: Subject.MATHEMATICS, READING: Subject.ENGLISH}
FIGURES = {
    990110: {MATHS: (61, 64, 72), READING: (70, 71, 69)},
    990101: {MATHS: (66, 68, 71), READING: (72, 74, 75)},
    990102: {MATHS: (58, 57, 60), READING: (64, 66, 65)},
    990109: {MATHS: (70, 69, 72), READING: (68, 70, 73)},
    990107: {MATHS: (50, 63, 75)},
}
"""By school: a percentage for each of three summers, the last one last."""
PUPILS = {990107: 8}
"""A small school; the others have a class or two."""
NATION = {MATHS: (71, 72, 73), READING: (73, 74, 74)}


def tell(scene: Scene) -> None:
    """Heads have entered their own; of one figure the published table says otherwise, and nobody has decided yet."""
    with days.on(scene.today - timedelta(days=9)):
        for urn, by_measure in FIGURES.items():
            for measure, values in by_measure.items():
                for year, value in _years(scene, measure, values):
                    _enter(scene, urn, measure, year, value)
        published = {"area": Area.NATIONAL, "source": Source.PUBLISHED}
        rows = [
            AttainmentResult(**published, subject=OF[measure], measure=measure, year=year, value=value)
            for measure, values in NATION.items()
            for year, value in _years(scene, measure, values)
        ]
        AttainmentResult.objects.bulk_create(rows)
    with days.on(scene.today - timedelta(days=4)):
        for year, value in list(_years(scene, MATHS, FIGURES[990109][MATHS]))[-1:]:
            _enter(scene, 990109, MATHS, year, value - 3, published=True)


def _years(scene: Scene, measure: Measure, values: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """The last summers of which there are figures, each with its own; none of a year without the measure."""
    last = scene.today.year if scene.today.month >= 9 else scene.today.year - 1
    for year, value in zip(range(last - len(values) + 1, last + 1), values, strict=True):
        if MEANINGS[measure].span_of(year):
            yield year, value


def _enter(scene: Scene, urn: int, measure: Measure, year: int, value: int, *, published: bool = False) -> None:
    actions.enter(
        school=scene.schools[urn],
        subject=OF[measure],
        measure=measure,
        year=year,
        value=Decimal(value),
        cohort=PUPILS.get(urn, 47),
        source=Source.PUBLISHED if published else Source.OWN,
        by=scene.coordinator if published else scene.heads[urn],
    )

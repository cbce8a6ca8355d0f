"""What comes of ASTs' days beyond their diaries: evidence, materials, ideas, corrections once the term is closed."""

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
from evaluation.evidence import actions as evidence
from evaluation.evidence.actions import Attached
from evaluation.ideas.actions import IDEAS
from evaluation.materials.actions import MATERIALS
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from staff.expertise.vocabulary import KeyStage, Subject

HALF = Decimal("0.5")
WHY = ("I left at noon: the school had its sports day.", "I wrote down the wrong length.")
PLAN = """Fractions on a number line: five lessons

1  Estimate where 1/2, 1/4 and 3/4 stand. Explain to a partner.
2  Fold, cut and place: thirds and sixths.
3  Which is greater? Card sort, and the reasons written out.
4  Decimals on the same line.
5  Problems of their own.
"""


def tell(scene: Scene) -> None:
    """In this order: what is attached, what is published, what came back, what was put right."""
    _attached(scene)
    _published(scene)
    _corrected(scene)


def _attached(scene: Scene) -> None:
    """A file and a link, and an idea for the home school, from the mathematics placement."""
    found = Placement.objects.filter(post=scene.posts["Wren Castellow"], status__in=PLACEMENT_UNDER_WAY)
    placement = found.order_by("pk").first()
    if placement is None:
        return
    ast, first = placement.post.user, list(placement.objectives.order_by("number").values_list("pk", flat=True))[:1]
    last = DiaryEntry.objects.submitted().filter(day__placement=placement).order_by("-day__on").first()
    told = {"placement": placement, "by": ast, "objectives": first, "no_child": True}
    with days.on(days.school_days_before(scene.today, 3)[0], 17):
        file = Attached("Fractions on a number line.txt", PLAN.encode())
        evidence.attach(title="Unit plan: fractions", attached=file, day=last.day if last else None, **told)
        link = Attached(link="https://www.marlshire.example/numeracy/fractions")
        evidence.attach(title="The tasks that pupils chose", attached=link, **told)
        idea = "Pupils write down why before they work anything out. We try it in Year 7 after half-term."
        IDEAS.save(by=ast, placement=placement, text=idea)


def _published(scene: Scene) -> None:
    """Two items of the library, a file and a link."""
    with days.on(days.school_days_before(scene.today, 2)[0], 17):
        MATERIALS.save(
            by=scene.posts["Wren Castellow"].user,
            attached=Attached("Fractions on a number line.txt", PLAN.encode()),
            no_names=True,
            title="Fractions on a number line: five lessons",
            subject=Subject.MATHEMATICS,
            key_stages=(KeyStage.KS2, KeyStage.KS3),
            purpose="A unit that begins with estimating. It needs string, pegs and cards.",
        )
        MATERIALS.save(
            by=scene.posts["Linnet Farraday"].user,
            attached=Attached(link="https://www.marlshire.example/reading/guided-groups"),
            no_names=True,
            title="Guided reading: questions for five groups",
            subject=Subject.ENGLISH,
            key_stages=(KeyStage.KS1, KeyStage.KS2),
            purpose="Questions to choose from, sorted by what they ask of the reader.",
        )


def _corrected(scene: Scene) -> None:
    """The last term is closed. Of an AST's days one has been corrected, and of one a correction is asked for."""
    past = days.school_days_before(scene.today, 6)
    with days.on(past[0], 2):
        diary.lock_entries(past[0])
    closed = list(DiaryEntry.objects.filter(status=DiaryStatus.LOCKED).order_by("day__on", "pk")[:2])
    for entry, why in zip(closed, WHY, strict=False):
        with days.on(past[1], 16):
            _ask(entry, why)
    for correction in Correction.objects.order_by("pk")[:1]:
        with days.on(past[4], 11):
            corrections.correct(correction=correction, by=scene.coordinator)


def _ask(entry: DiaryEntry, why: str) -> Correction:
    """Half a day, not a whole one."""
    held = replace(diary.held_of(entry), days=HALF)
    facts = diary.facts_of(entry)
    telling = Telling(**{name: facts[name] for name in Telling.__dataclass_fields__ if name in facts})
    return corrections.ask(entry=entry, held=held, telling=telling, why=why, by=entry.author)

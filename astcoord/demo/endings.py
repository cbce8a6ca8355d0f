"""How placements end in the demonstration: completed, closed, and in the last fortnight (requirements E, R-11.5)."""

from collections.abc import Callable
from datetime import date, timedelta

from astcoord.demo import asks, days, evaluations, logic
from astcoord.demo.ask import Ask
from astcoord.demo.scene import Scene
from astcoord.demo.story import Story
from evaluation.evaluations.actions import deciding, writing
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.rules import Answers, ObjectiveAnswer
from placements.endings.actions import completing, links, nightly

SAID = {
    "helps": "yes",
    "standards": "",
    "evidence": "Planning, pupils’ books, and two visits by the headteacher.",
    "conditions": "One hour without a class after each lesson, kept every week.",
    "whole_school": "The parallel classes have taken the units over.",
    "continues": "The two teachers meet once a half-term, without the AST.",
}
"""What is answered to the questions of these names; to others, the plain sentence below."""
PLAIN = "The work went as planned, and what was learnt is used in both classes."
VIEWS = "A group of teachers was supported: they said at the meeting what has changed for them."


def tell(scene: Scene) -> None:
    """One that was completed and has been closed since, and one that is completed and may be followed by a link.

    To neither will the AST go back: each return visit was called off for a reason.
    """
    if long_ago := _over(scene, asks.PE, 990115, "Juniper Oakes", 175):
        evaluations.no_return(scene, long_ago, reason="Both teachers supported have moved to other schools.")
        with days.on(min(long_ago.now + nightly.CLOSE_AFTER, scene.today), 6, 50):
            completing.close(placement=long_ago.fresh(), by=None)
    if story := _over(scene, asks.MATHS, 990110, "Perdita Vale", 80):
        evaluations.no_return(scene, story, reason="School and AST stay in touch by themselves.")
        with story.at(18):
            links.note_link(placement=story.fresh(), note="The school may ring with questions.", by=story.head)


def tell_windows(scene: Scene) -> None:
    """What the worker has done this morning: the final evaluation of whatever is in its last fortnight is open."""
    with days.on(scene.today, 6, 30):
        nightly.open_windows(scene.today)


def _over(scene: Scene, ask: Ask, urn: int, teacher: str, ago: int) -> Story | None:
    """Told to its end, if that lies before today."""
    story = scene.elsewhere(ask, urn, ago).draft().send().take_up().propose(scene.posts[teacher]).agree()
    story.meet().settle().confirm().issue().sign_all().plan(scene.today).work(scene.today)
    placement = story.fresh()
    last = placement.ends_on
    if last is None or last >= scene.today:
        return None
    logic.write(story, last - timedelta(days=11))
    with days.on(last - timedelta(days=10), 6, 30):
        completing.open_final_evaluation(placement=placement, by=None)
    _evaluate(scene, story, last)
    story.now = last
    with story.at(17):
        completing.complete(placement=story.fresh(), by=scene.coordinator)
    return story


def _evaluate(scene: Scene, story: Story, on: date) -> None:
    """Head and AST hand their forms in; the co-ordinator concludes on the last day."""
    forms = Evaluation.objects.with_people().filter(placement=story.spell(), kind=EvaluationKind.FINAL)
    writers: tuple[tuple[str, Callable[[], object]], ...] = (
        (AskedOf.HOST_HEAD, lambda: story.head),
        (AskedOf.AST, lambda: story.fresh().post.user),
    )
    for number, (asked_of, by) in enumerate(writers):
        form = forms.get(asked_of=asked_of)
        with days.on(on - timedelta(days=3 - number), 16, 20):
            writing.submit(form=form, answers=_answers(form, on), by=by())
    own = forms.get(asked_of=AskedOf.COORDINATOR)
    with days.on(on, 16):
        deciding.conclude(form=own, answers=_answers(own, on), without_reason=VIEWS, by=scene.coordinator)


def _answers(form: Evaluation, on: date) -> Answers:
    asked = writing.asked_in(form)
    known = {**SAID, "talked_on": on - timedelta(days=3), "took_part": ["host_head", "ast", "coordinator"]}
    values = {question.name: known.get(question.name, PLAIN) for question in asked.sheet.questions}
    reached = [ObjectiveAnswer(number, "reached", "Books and planning of both classes.") for number in asked.numbers]
    return Answers(values, reached, shared=None)

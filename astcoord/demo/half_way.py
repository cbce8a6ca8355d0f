"""Half-way reviews, where the preset has them: one that is asked for, one answered, one decided."""

from datetime import timedelta

from astcoord.core import policy
from astcoord.demo import days
from astcoord.demo.scene import Scene
from evaluation.half_way import actions
from evaluation.half_way.lifecycle import Decision, Side
from evaluation.half_way.models import HalfWayReview

HOST = "Both teachers plan together now, and pupils say more in lessons. We would like the last days on written work."
AST = "The planning has changed in both classes. I suggest that the subject leader joins the next two days."
GROUNDS = "Both sides see the change, and half of the days are still to come."
EXIT = "The subject leader takes over the planning meeting in the last month, and keeps it every second week."


def tell(scene: Scene) -> None:
    """Of those that have come half-way, in turn: one waits for both, one for the decision, one is decided."""
    if not policy.in_force(scene.today).half_way_review:
        return
    with days.on(scene.today - timedelta(days=7)):
        actions.open_due(scene.today - timedelta(days=7))
    waiting = HalfWayReview.objects.asked().with_people().order_by("pk")
    for number, review in enumerate(waiting):
        if number % 3:
            _answer(scene, review)
        if number % 3 == 2:
            _decide(scene, review)


def _answer(scene: Scene, review: HalfWayReview) -> None:
    with days.on(scene.today - timedelta(days=4)):
        actions.answer(review=review, side=Side.HOST, view=HOST, by=scene.heads[review.placement.host.urn])
        actions.answer(review=review, side=Side.AST, view=AST, by=review.placement.post.user)


def _decide(scene: Scene, review: HalfWayReview) -> None:
    with days.on(scene.today - timedelta(days=2)):
        actions.decide(review=review, decision=Decision.GO_ON, grounds=GROUNDS, exit_plan=EXIT, by=scene.coordinator)

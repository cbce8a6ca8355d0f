"""Outreach judgements in every state, and a school’s statement on training for its ASTs (R-12.2, R-1.8)."""

from datetime import timedelta

from astcoord.demo import days
from astcoord.demo.scene import Scene
from evaluation.performance import actions
from evaluation.performance.actions import Written
from evaluation.performance.models import OutreachJudgement
from evaluation.performance.reads.targets import targets_of
from evaluation.training.actions import STATEMENTS
from schools.calendar.reads import year_on
from staff.accounts.models import User
from staff.posts.models import Post

SHOWS = "Both host schools use the unit plans, and their teachers wrote the last one by themselves."
WHOLE = "Two schools have gained a way of planning that goes on without the AST. The third placement has just begun."
NEEDS = "Leading a course for adults: the head has agreed two days of training on it."
TRAINS = "Two days on coaching adults, the county’s AST network, and time to write units up for the library."


def tell(scene: Scene) -> None:
    """One replaced and acknowledged, one that waits for the head, one draft, one withdrawn."""
    day = scene.today - timedelta(days=4)
    year, by = year_on(day), scene.coordinator
    if year is None:
        return
    wren = scene.posts["Wren Castellow"]
    head = _head_of(scene, wren)
    with days.on(day, 10):
        _issued(scene, wren)
        replaced = _issued(scene, wren)
        _issued(scene, scene.posts["Linnet Farraday"])
        _written(scene, scene.posts["Rosalind Tarn"])
        slip = _issued(scene, scene.posts["Alaric Munday"])
    with days.on(day, 14):
        actions.acknowledge(row=replaced, by=head)
        actions.withdraw(row=slip, reason="It was written before the autumn reviews were in.", by=by)
        STATEMENTS.save(school=wren.home, year=year, statement=TRAINS, by=head)


def _written(scene: Scene, post: Post) -> OutreachJudgement:
    year = year_on(scene.today - timedelta(days=4))
    draft = actions.begin(post=post, year=year, by=scene.coordinator)
    targets = {each.pk: ("partly", SHOWS) for each in targets_of(post)}
    written = Written(judgement=WHOLE, development=NEEDS, targets=targets)
    return actions.write(row=draft, written=written, by=scene.coordinator)


def _issued(scene: Scene, post: Post) -> OutreachJudgement:
    return actions.issue(row=_written(scene, post), by=scene.coordinator)


def _head_of(scene: Scene, post: Post) -> User:
    return next(scene.heads[urn] for urn, school in scene.schools.items() if school.pk == post.home_id)

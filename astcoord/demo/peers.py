"""ASTs who watch each other teach: one observation in every state."""

from datetime import timedelta

from astcoord.demo import days
from astcoord.demo.scene import Scene
from staff.peers import actions
from staff.peers.models import PeerObservation


def tell(scene: Scene) -> None:
    """One was done and noted; the others are on the way, refused or cancelled."""
    on = days.school_days_before(scene.today, 8)[0]
    with days.on(on, 9):
        done = _agreed(scene, "Wren Castellow", "Perdita Vale", "How questions are asked")
        actions.book(row=done, on=on, by=done.observer.user)
        actions.record_done(row=done, by=done.observed.user)
        actions.note(row=done, notes="Everybody had time to think before anybody answered.", by=done.observer.user)
    with days.on(scene.today - timedelta(days=4), 15):
        booked = _agreed(scene, "Caspian Rudge", "Wren Castellow", "Beginning a lesson")
        actions.book(row=booked, on=scene.today + timedelta(days=12), by=booked.observer.user)
        _agreed(scene, "Ondine Pascoe", "Linnet Farraday", "Drama in English lessons")
        cancelled = _agreed(scene, "Corin Blythe", "Ondine Pascoe", "Marking together")
        actions.cancel(row=cancelled, by=cancelled.observed.user)
        refused = _proposed(scene, "Felix Underbrook", "Linnet Farraday", "Singing and speaking")
        actions.refuse_consent(row=refused, by=refused.observed.user)
        _proposed(scene, "Maris Holloway-Penn", "Wren Castellow", "From play to number")


def _proposed(scene: Scene, watches: str, watched: str, focus: str) -> PeerObservation:
    asks, asked = scene.posts[watches].user, scene.posts[watched].user
    return actions.propose(email=asked.email, watches=True, focus=focus, by=asks)


def _agreed(scene: Scene, watches: str, watched: str, focus: str) -> PeerObservation:
    return actions.agree(row=_proposed(scene, watches, watched, focus), by=scene.posts[watched].user)

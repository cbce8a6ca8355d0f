"""Two ASTs who said “I could do this” of a school that looks for help (R-7.9)."""

from datetime import timedelta

from astcoord.core.clock import today
from astcoord.demo import days
from astcoord.demo.scene import Scene
from placements.offers import actions, reads

NOTE = "I have worked on this with two of our own departments, and could begin at once."
MANY = 2


def tell(scene: Scene) -> None:
    """Yesterday, and of the first school on each one's list; only the first adds a note."""
    said = 0
    with days.on(scene.today - timedelta(days=1), 16):
        for post in scene.posts.values():
            mine = reads.own_post(post.user)
            asked = reads.open_to(mine, today()).first()
            if mine is not None and asked is not None and said < MANY:
                actions.offer(request=asked, post=mine, note="" if said else NOTE, by=post.user)
                said += 1

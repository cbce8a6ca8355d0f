"""Somebody who has left, and lets the board of former ASTs show what was ticked, where there is one (R-3.17)."""

from astcoord.core import policy
from astcoord.demo import days
from astcoord.demo.scene import Scene
from staff.alumni import actions
from staff.posts.actions import leaving


def tell(scene: Scene) -> None:
    """Said before the last day; the night after it the AST has left, and got the link."""
    if not policy.in_force().alumni:
        return
    told = days.school_days_before(scene.today, 30)
    post = scene.posts["Briar Lindqvist"]
    why = "Deputy headteacher at a primary school of the county."
    with days.on(told[0], 11):
        leaving.record(post=post, last_day=told[20], destination="deputy", reason=why, by=scene.coordinator)
    with days.on(told[4], 17):
        texts = {"now": "Deputy headteacher of a primary school", "offers": "A morning of science outdoors"}
        actions.answer(post=post, wish=True, shows=("name", "now", "offers"), texts=texts, by=post.user)
    with days.on(told[21], 5):
        leaving.leave_due(told[21])
        actions.write_due(told[21])

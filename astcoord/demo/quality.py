"""QA visits where the policy has them: one that is commented, one that is planned (R-3.7)."""

from datetime import timedelta

from astcoord.core import policy
from astcoord.demo import days
from astcoord.demo.scene import Scene
from staff.quality import actions


def tell(scene: Scene) -> None:
    """The co-ordinator looks at one AST's teaching, and is to look at the outreach."""
    if not policy.in_force().qa_visits:
        return
    post, by = scene.posts["Wren Castellow"], scene.coordinator
    on = days.school_days_before(scene.today, 10)[0]
    with days.on(on, 14):
        visit = actions.plan(post=post, kind="teaching", on=on, visitor=by, by=by)
        actions.record_done(visit=visit, by=by)
        said = {"strengths": "Questions that make everybody think.", "actions": "Leave more time for the last part."}
        actions.write_up(visit=visit, outcome="Good", by=by, **said)
        actions.share(visit=visit, by=by)
    with days.on(scene.today - timedelta(days=1), 17):
        actions.comment(visit=visit, comment="I will plan the end first.", head_may_read=True, by=post.user)
        actions.plan(post=post, kind="outreach", on=scene.today + timedelta(days=9), visitor=by, by=by)

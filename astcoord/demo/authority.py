"""The annual report on the school year that is over (R-15.16)."""

from astcoord.demo import days
from astcoord.demo.scene import Scene
from evaluation.authority import actions
from placements.deployment.reads.periods import periods


def tell(scene: Scene) -> None:
    """Issued in this one's first weeks, once."""
    over = next((each for each in periods() if each.whole and each.last < scene.today), None)
    if over is None:
        return
    issued = days.school_days_before(scene.today, 15)[0]
    with days.on(issued, 11):
        actions.issue(period=over, today=issued, by=scene.coordinator)

"""The co-ordinator's own visits: to an AST, and to a school that may want one (R-3.22)."""

from astcoord.demo import days
from astcoord.demo.scene import Scene
from staff.office_visits.actions import OFFICE_VISITS


def tell(scene: Scene) -> None:
    """One to support, one to recruit."""
    first, second = days.school_days_before(scene.today, 9)[0], days.school_days_before(scene.today, 4)[0]
    post, school = scene.posts["Wren Castellow"], scene.schools[990204]
    with days.on(first, 16):
        said = "The head gives a room for planning with visitors."
        OFFICE_VISITS.save(kind="support", school=post.home, post=post, on=first, outcome=said, by=scene.coordinator)
    with days.on(second, 16):
        said = "The governors talk of a post for science at their next meeting."
        OFFICE_VISITS.save(kind="recruiting", school=school, post=None, on=second, outcome=said, by=scene.coordinator)

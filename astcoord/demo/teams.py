"""Two ASTs of one school who share an aim (R-3.18)."""

from astcoord.demo import days
from astcoord.demo.scene import Scene
from staff.teams.actions import TEAMS


def tell(scene: Scene) -> None:
    """The head has put the two together."""
    lead, other = scene.posts["Linnet Farraday"], scene.posts["Rosalind Tarn"]
    head = next(scene.heads[urn] for urn, school in scene.schools.items() if school.pk == lead.home_id)
    with days.on(days.school_days_before(scene.today, 25)[0], 15):
        TEAMS.save(
            by=head,
            name="Reading and writing across subjects",
            aim="Every department teaches the writing of its own subject, and other schools can see how.",
            lead=lead,
            members=[other],
        )

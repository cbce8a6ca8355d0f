"""Briefing sessions: one with places, one that is full."""

from datetime import timedelta

from astcoord.demo import days
from astcoord.demo.people import address
from astcoord.demo.scene import Scene
from staff.briefings import actions
from staff.briefings.models import Booking, Briefing


def tell(scene: Scene) -> None:
    """Heads have booked places; at the small session one waits, and one has given a place back."""
    with days.on(scene.today - timedelta(days=12)):
        large = _session(scene, "Becoming an AST", ahead=24, places=30)
        small = _session(scene, "The first year as an AST", ahead=31, places=1)
    with days.on(scene.today - timedelta(days=6)):
        for session, urn, name in ((large, 990102, ""), (large, 990103, "Posy Winterbourne"), (small, 990102, "")):
            _book(scene, session, urn, name)
        _book(scene, small, 990104, "")
        actions.give_back(booking=_book(scene, large, 990105, ""), by=scene.heads[990105])


def _session(scene: Scene, title: str, *, ahead: int, places: int) -> Briefing:
    on = scene.today + timedelta(days=ahead)
    when = {"on": on, "hours": "4pm to 5pm", "place": "Shire Hall, Marlbridge"}
    return actions.save(title=title, places=places, by=scene.coordinator, **when)


def _book(scene: Scene, session: Briefing, urn: int, name: str) -> Booking:
    head, school = scene.heads[urn], scene.schools[urn]
    who = {"attends": "teacher", "name": name, "email": address(name)} if name else {}
    as_head = {"attends": "head", "name": head.name, "email": head.email}
    return actions.book(briefing=session, school=school, by=head, **(who or as_head))

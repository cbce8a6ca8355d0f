"""Network meetings: one that was held, one to which ASTs are invited, a draft, and one that was called off (R-3.13)."""

from datetime import timedelta
from typing import Any

from astcoord.demo import days
from astcoord.demo.scene import Scene
from staff.networks import actions
from staff.networks.models import NetworkMeeting
from staff.networks.querysets import meant_by
from staff.networks.rules import Item

AGENDA = (
    Item("How far we are with this year’s priorities", "strategy"),
    Item("Marking in mixed classes: what works", "practice"),
    Item("What we need to learn before the summer", "cpd_needs"),
)


def tell(scene: Scene) -> None:
    """The newest school days, and some to come."""
    past = days.school_days_before(scene.today, 20)
    with days.on(past[0], 11):
        held, called_off = _plan(scene, on=past[12]), _plan(scene, on=past[16], kind="subject", subject="english")
        _invite(scene, held), _invite(scene, called_off)
    with days.on(past[9], 16):
        mine = held.invitations.get(post=scene.posts["Wren Castellow"])
        actions.answer(invitation=mine, reply="coming", reason="", by=mine.post.user)
        actions.cancel(meeting=called_off, reason="The hall is closed", by=scene.coordinator)
    with days.on(past[13], 9):
        rows = list(held.invitations.order_by("pk").values_list("pk", flat=True))
        there = [pk for pk in rows if pk == mine.pk or pk != rows[-1]]
        sorry = [pk for pk in rows if pk not in there]
        notes = "Agreed: two of us try the plan for mixed classes, and tell of it next time."
        actions.hold(meeting=held, present=there, sorry=sorry, notes=notes, by=scene.coordinator)
    with days.on(scene.today - timedelta(days=3), 15):
        coming = _plan(scene, on=scene.today + timedelta(days=17), kind="subject", subject="mathematics")
        _invite(scene, coming)
        _plan(scene, on=scene.today + timedelta(days=45), kind="phase", phase="primary")


def _plan(scene: Scene, **said: Any) -> NetworkMeeting:
    whom = {"kind": "cross_phase", "phase": "", "subject": "", "cluster": None}
    where = {"hours": "1.30pm to 4pm", "place": "Shire Hall, Marlbridge", "led_by": scene.coordinator}
    return actions.save(items=AGENDA, by=scene.coordinator, **{**whom, **where, **said})


def _invite(scene: Scene, meeting: NetworkMeeting) -> None:
    posts = list(meant_by(meeting).order_by("user__name_key", "pk"))
    actions.invite(meeting=meeting, posts=posts, by=scene.coordinator)

"""What belongs to no placement: another share of time agreed and one asked for, inreach, a central course."""

from datetime import timedelta
from decimal import Decimal

from astcoord.demo import days
from astcoord.demo.scene import Scene
from placements.activities.actions import inreach, work
from placements.activities.actions.work import Details
from placements.days import ledger
from placements.variations import actions as variations
from schools.calendar import reads as calendar
from staff.accounts.models import User
from staff.posts.models import Post

HALF = Decimal("0.5")


def tell(scene: Scene) -> None:
    """Told of ASTs who are in the other stories too."""
    _shares(scene)
    _inreach(scene)
    _other_work(scene)


def _head_of(scene: Scene, post: Post) -> User:
    return next(scene.heads[urn] for urn, school in scene.schools.items() if school.pk == post.home_id)


def _shares(scene: Scene) -> None:
    """One in force for these weeks; one that waits for the home headteacher and the co-ordinator."""
    post, other = scene.posts["Corin Blythe"], scene.posts["Linnet Farraday"]
    asked = days.school_days_before(scene.today, 12)
    span = {"starts_on": asked[3], "ends_on": scene.today + timedelta(days=42)}
    why = "A new colleague takes over the classes at home and is being trained."
    with days.on(asked[0], 16):
        share = variations.ask(post=post, share=Decimal("0.15"), reason=why, by=post.user, **span)
    with days.on(asked[1], 9):
        variations.answer(variation=share, side="home", yes=True, by=_head_of(scene, post))
    with days.on(asked[2], 9):
        variations.answer(variation=share, side="office", yes=True, by=scene.coordinator)
    ahead = {"starts_on": scene.today + timedelta(days=21), "ends_on": scene.today + timedelta(days=77)}
    with days.on(asked[-2], 15):
        why = "The school moves into its new building and needs every teacher."
        variations.ask(post=other, share=Decimal("0.10"), reason=why, by=other.user, **ahead)


def _inreach(scene: Scene) -> None:
    """Agreed, with a half day of it; and one that waits for the co-ordinator."""
    post, past = scene.posts["Wren Castellow"], days.school_days_before(scene.today, 15)
    span = {"starts_on": past[2], "ends_on": scene.today + timedelta(days=30)}
    aims = "Two colleagues plan problem solving for Year 8 with the AST."
    with days.on(past[0], 16):
        agreement = inreach.ask_inreach(post=post, aims=aims, time_source="outreach", by=post.user, **span)
    with days.on(past[1], 11):
        inreach.decide_inreach(agreement=agreement, yes=True, by=scene.coordinator)
    with days.on(past[5], 17):
        details = Details("inreach", past[5], HALF, "Planned a unit on ratio together", time_source="outreach")
        _record(scene, post, details)
    other = scene.posts["Corin Blythe"]
    with days.on(past[-3], 16):
        aims = "The science department tries practical work with small groups."
        inreach.ask_inreach(post=other, aims=aims, time_source="other", by=other.user, **span)


def _other_work(scene: Scene) -> None:
    """A central course, and a network meeting, which the year is not for."""
    post, past = scene.posts["Wren Castellow"], days.school_days_before(scene.today, 9)
    with days.on(past[1], 17):
        course = Details("authority", past[1], HALF, "Central training: problem solving in Key Stage 2", "Shire Hall")
        _record(scene, post, course)
    with days.on(past[4], 17):
        meeting = Details("network", past[4], Decimal("0.25"), "The mathematics network", "Shire Hall")
        _record(scene, post, meeting)


def _record(scene: Scene, post: Post, details: Details) -> None:
    """By the AST; where the year of the policy is short and has no days left, by the co-ordinator, who says why."""
    year = calendar.year_on(details.on)
    used_up = year is not None and ledger.balance(post, year).remaining < details.days
    by, why = (scene.coordinator, "Agreed with the home school") if used_up else (post.user, "")
    work.record(post=post, details=details, by=by, overdraw_reason=why)

"""Marlshire looks for more ASTs: what it aims at, who aspires, and who has left. All invented."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from astcoord.core import policy as policies
from astcoord.core import policy_changes
from astcoord.demo import days
from astcoord.demo.people import address
from astcoord.demo.scene import Scene
from schools.calendar.years import default_year, slug_on
from staff.aspirants import actions
from staff.aspirants.actions import ASPIRANTS
from staff.aspirants.lifecycle import AspirantState, OffReason, Readiness
from staff.posts.actions import leaving
from staff.posts.actions.posts import Appointment, InPost, Profile, record_in_post, update_profile
from staff.posts.models import Post

TARGET = 24
S, R = AspirantState, Readiness


@dataclass(frozen=True)
class Aspiring:
    """A line of the list, put forward so many school days ago."""

    name: str
    urn: int
    subject: str
    readiness: str
    state: str
    ago: int
    note: str = ""
    off: str = ""


ASPIRING = (
    Aspiring("Lysander Pike", 990204, "mathematics", R.NOW, S.LISTED, 60, "Has led two training days for the county."),
    Aspiring("Elodie Thurlow", 990105, "mathematics", R.SOON, S.LISTED, 50, "Would gain from seeing another school."),
    Aspiring("Thaddeus Brookes", 990202, "science", R.SOON, S.LISTED, 45),
    Aspiring("Imogen Sallow", 990108, "english", R.LATER, S.LISTED, 40),
    Aspiring("Barnaby Quince", 990201, "languages", R.SOON, S.WAITING, 4, "Asked about it after the open evening."),
    Aspiring("Cressida Holm", 990203, "art", R.LATER, S.OFF, 55, off=OffReason.WITHDREW),
)


@dataclass(frozen=True)
class Leaver:
    """An AST of last year, who left on its last day."""

    name: str
    urn: int
    subject: str
    to: str
    why: str
    years: int


LEAVERS = (
    Leaver("Clement Ashdown", 990104, "english", "deputy", "Deputy headteacher in another county.", 14),
    Leaver("Beatrix Lowe", 990107, "mathematics", "deputy", "Deputy headteacher at the same school.", 9),
    Leaver("Crispin Hallam", 990106, "science", "leadership", "Joins the leadership team.", 22),
)
ROLES = {
    "Wren Castellow": (12, "Lead teacher for numeracy", "A deputy headship, without giving up teaching"),
    "Linnet Farraday": (8, "Head of Key Stage 3 English", ""),
    "Corin Blythe": (24, "Head of science", "To stay in the classroom"),
    "Tansy Orchard": (3, "", "To lead literacy across a group of schools"),
}
"""Years of teaching, earlier roles and aims."""


def look_for_more(scene: Scene) -> None:
    """The target, the list, and last year's leavers."""
    began = default_year(slug_on(scene.today.replace(day=1) - timedelta(days=365))).first
    _aim(scene, began + timedelta(weeks=3))
    _put_on_the_list(scene)
    _left(scene, began)
    _profiles(scene)


def _aim(scene: Scene, day: date) -> None:
    """Where the preset has neither target nor capacity, the authority has decided on a target."""
    before = policies.in_force(day)
    if before.target is not None or before.capacity is not None:
        return
    by = default_year(slug_on(scene.today)).last
    with days.on(day):
        new = policy_changes.draft(before, valid_from=day, target=TARGET, target_by=by, target_subject="mathematics")
        policy_changes.adopt(new, by=scene.coordinator, reason="More schools ask than there are ASTs.")


def _put_on_the_list(scene: Scene) -> None:
    for each in ASPIRING:
        day = days.school_days_before(scene.today, each.ago)[0]
        head, school = scene.heads[each.urn], scene.schools[each.urn]
        with days.on(day):
            row = ASPIRANTS.save(
                by=head,
                name=each.name,
                school=school,
                subject=each.subject,
                readiness=each.readiness,
                since=day,
                note=each.note,
            )
        if each.state != AspirantState.WAITING:
            with days.on(day + timedelta(days=2)):
                actions.confirm(row=row, by=scene.coordinator)
        if each.off:
            with days.on(day + timedelta(days=9)):
                actions.take_off(row=row, because=each.off, by=head)


def _left(scene: Scene, began: date) -> None:
    last = default_year(slug_on(began)).last
    for each in LEAVERS:
        with days.on(began + timedelta(days=6)):
            post = _appointed(each, scene, began)
        with days.on(last + timedelta(days=1)):
            leaving.record(post=post, last_day=last, destination=each.to, reason=each.why, by=scene.coordinator)


def _appointed(each: Leaver, scene: Scene, began: date) -> Post:
    entry = InPost(
        name=each.name,
        email=address(each.name),
        home=scene.schools[each.urn],
        appointment=Appointment(
            fte=Decimal(1),
            funding="standards_fund",
            passed_on=began - timedelta(days=900),
            assessor="National assessment agency",
            starts_on=began - timedelta(days=700),
            governors_decided_on=began - timedelta(days=1000),
            governors_minute="Full meeting, 4.1",
            responsible_for="Raising achievement in the subject, here and in other schools.",
        ),
        profile=Profile(
            expertise={each.subject: 3}, key_stages=("ks2",), work_types=("practice", "cpd"), years_teaching=each.years
        ),
        inducted_on=began - timedelta(days=690),
    )
    reason = "In post before this system was introduced."
    return record_in_post(entry=entry, reason=reason, by=scene.coordinator, invite=False)


def _profiles(scene: Scene) -> None:
    """What some say of their roles and aims."""
    with days.on(days.school_days_before(scene.today, 15)[0]):
        for name, (years, roles, aims) in ROLES.items():
            post = Post.objects.get(pk=scene.posts[name].pk)
            update_profile(post=post, profile=_profile(post, years, roles, aims), by=post.user)


def _profile(post: Post, years: int, roles: str, aims: str) -> Profile:
    return Profile(
        expertise={each.subject: each.level for each in post.expertise.all()},
        key_stages=post.key_stages,
        work_types=post.work_types,
        pupil_groups=post.pupil_groups,
        years_teaching=years,
        about=post.about,
        former_roles=roles,
        career_aims=aims,
    )

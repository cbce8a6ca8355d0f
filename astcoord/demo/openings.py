"""Schools that want an AST: one at every stage, from the first question to the candidate who has passed."""

from datetime import date, timedelta
from decimal import Decimal

from astcoord.demo import days
from astcoord.demo.people import address
from astcoord.demo.scene import Scene
from staff.appointing.actions import assessing, candidates
from staff.appointing.actions.candidates import Entered
from staff.inductions import actions as inductions
from staff.inductions.actions import Held
from staff.openings import actions, reads
from staff.openings.models import Opening
from staff.posts.models import Post

BODY = "National assessment agency"


def tell(scene: Scene) -> None:
    """In the school days behind today, each school by its own head."""
    past = days.school_days_before(scene.today, 60)
    with days.on(past[2], 16):
        actions.offer_talk(by=scene.heads[990201])
    _asked(scene, 990113, "mathematics", past[-1], "Somebody who plans mathematics with every year group.")
    _talked_to(scene, past)
    _undecided_advert(scene, past)
    _given_up(scene, past)
    _candidates(scene, past)


def _asked(scene: Scene, urn: int, subject: str, day: date, wanted: str) -> Opening:
    with days.on(day, 16):
        head = scene.heads[urn]
        return actions.ask(
            school=scene.schools[urn], wanted=wanted, subject=subject, reasons=("retain", "teaching"), by=head
        )


def _decided(scene: Scene, urn: int, subject: str, past: list[date], at: int) -> Opening:
    """Asked for, talked about, and decided by the governors."""
    found = _asked(scene, urn, subject, past[at], "An AST who stays in our classrooms and helps schools near us.")
    with days.on(past[at + 3], 11):
        actions.discuss(opening=found, discussed_on=past[at + 2], informed=True, by=scene.coordinator)
    with days.on(past[at + 9], 17):
        return actions.decide(
            opening=found,
            decided_on=past[at + 8],
            minute="Full meeting, 5.1",
            responsible_for="Raising achievement in the subject, here and in other schools.",
            by=scene.heads[urn],
        )


def _talked_to(scene: Scene, past: list[date]) -> None:
    """Introduced to a head who employs an AST; the governors meet next month."""
    found = _asked(scene, 990204, "science", past[-20], "We lose good scientists to posts outside the classroom.")
    with days.on(past[-16], 11):
        actions.discuss(opening=found, discussed_on=past[-17], informed=True, by=scene.coordinator)
        actions.introduce(opening=found, colleague=reads.talkers(found, past[-16])[0], by=scene.coordinator)


def _undecided_advert(scene: Scene, past: list[date]) -> None:
    """Decided, and no more; and a school in special measures whose advertisement nobody answered."""
    _decided(scene, 990302, "sen", past, 30)
    found = _decided(scene, 990206, "english", past, 5)
    with days.on(past[50], 10):
        actions.advertise(
            opening=found,
            advertised_on=past[20],
            advertised_in="The authority’s list of vacancies",
            applicants=0,
            by=scene.heads[990206],
        )


def _given_up(scene: Scene, past: list[date]) -> None:
    found = _asked(scene, 990106, "art", past[12], "Perhaps an AST for art, shared with the junior school.")
    with days.on(past[22], 11):
        why = "The two schools think again when the new building is open."
        actions.close(opening=found, reason=why, by=scene.heads[990106])


def _candidates(scene: Scene, past: list[date]) -> None:
    """Named; booked; passed; and one who withdrew, so that nobody else is looked for."""
    _named(_decided(scene, 990111, "science", past, 25), scene, past[37], "Thea Marchbanks")
    booked = _named(_decided(scene, 990103, "english", past, 20), scene, past[32], "Roan Pemberley", fte="0.6")
    passed = _named(_decided(scene, 990105, "mathematics", past, 10), scene, past[22], "Isla Brackenridge")
    withdrew = _named(_decided(scene, 990109, "ict", past, 8), scene, past[20], "Ellis Thornycroft", fte="0.8")
    with days.on(past[-11], 15):
        for post in (booked, passed):
            _met(scene, post, past[-11])
    with days.on(past[-10], 11):
        assessing.book(post=booked, on=scene.today + timedelta(days=20), body=BODY, by=scene.coordinator)
        assessing.book(post=passed, on=past[-6], body=BODY, by=scene.coordinator)
    with days.on(past[-4], 11):
        assessing.record_result(post=passed, passed=True, on=past[-6], body=BODY, note="", by=scene.coordinator)
    with days.on(past[-2], 16):
        done = ("arrangements", "accountabilities")
        inductions.tick(post=passed, done=done, on=past[-2], by=scene.coordinator)
    with days.on(past[-2], 17):
        why = "Moves to another county in the summer."
        candidates.close(post=withdrew, ended="withdrew", look_again=False, reason=why, by=scene.coordinator)


def _met(scene: Scene, post: Post, on: date) -> None:
    """The co-ordinator meets the candidate with the line manager and the head (R-3.1)."""
    head, topics = scene.heads[post.home.urn].name, ("expectations", "context")
    held = Held(on=on, led_by=scene.coordinator, head=head, line_manager="Fenella Dunmore", shared=topics)
    inductions.log(post=post, held=held, by=scene.coordinator)


def _named(opening: Opening, scene: Scene, day: date, name: str, *, fte: str = "1") -> Post:
    """By the school's own head."""
    with days.on(day, 15):
        entered = Entered(fte=Decimal(fte), route="internal", consulted=True, subjects=(opening.subject,))
        head = scene.heads[opening.school.urn]
        return candidates.name(opening=opening, name=name, email=address(name), entered=entered, by=head)

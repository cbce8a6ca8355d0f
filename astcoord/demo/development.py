"""Role training, the CPD log with an offer, and a working group (R-3.9, R-3.11, R-3.12, R-3.15, R-3.21)."""

from datetime import date, timedelta
from decimal import Decimal

from astcoord.demo import days
from astcoord.demo.scene import Scene
from staff.cpd.actions import offers
from staff.cpd.actions.log import CPD, evaluate
from staff.cpd.models import CpdOffer
from staff.training import actions as training
from staff.training.lifecycle import Topic
from staff.working_groups.actions import ACTIONS, GROUPS

LEADERS = "Linnet Farraday", "Rosalind Tarn"


def tell(scene: Scene) -> None:
    """Most have had most topics; one visit is evaluated and one is not; one AST takes up an offer and one does not."""
    begun = days.school_days_before(scene.today, 30)[0]
    with days.on(begun, 16):
        _trained(scene, begun - timedelta(days=20))
        _logged(scene, begun - timedelta(days=6))
    with days.on(days.school_days_before(scene.today, 8)[0], 16):
        offer = _offered(scene)
        _grouped(scene)
    with days.on(days.school_days_before(scene.today, 4)[0], 17):
        first, second = (scene.posts[name] for name in LEADERS)
        offers.accept(offer=offer, post=first, by=first.user)
        offers.decline(offer=offer, post=second, by=second.user)


def _trained(scene: Scene, on: date) -> None:
    """The usual training of a new AST; nobody has led whole-school INSET but one, who co-ordinates training."""
    lead = scene.posts[LEADERS[0]]
    for name in (*LEADERS, "Wren Castellow", "Corin Blythe", "Caspian Rudge"):
        topics = set(Topic.values) - ({"whole_school"} if name != LEADERS[0] else set())
        training.record(post=scene.posts[name], topics=topics, on=on, by=scene.coordinator)
    training.name(user=lead.user, by=scene.coordinator)


def _logged(scene: Scene, on: date) -> None:
    post = scene.posts["Wren Castellow"]
    said = {"post": post, "kind": "visit", "by": post.user, "days": Decimal("0.5")}
    visit = CPD.save(**said, what="A morning at a museum’s learning room", on=on, keeps_up="Ways to begin with objects")
    evaluate(entry=visit, evaluation="Two lessons now begin with something to hold.", by=post.user)
    later = on + timedelta(days=5)
    CPD.save(**said, what="A lesson on fractions in another county", on=later, keeps_up="How others use bar models")


def _offered(scene: Scene) -> CpdOffer:
    on = scene.today + timedelta(days=35)
    return offers.save(
        by=scene.coordinator,
        kind="leadership",
        title="Leading people who are not your own team",
        about="A day of practice at Shire Hall, with colleagues from other services.",
        on=on,
        days=Decimal(1),
        places=6,
        closes_on=on - timedelta(days=14),
        subject="",
        phase="",
    )


def _grouped(scene: Scene) -> None:
    members = [scene.posts[name] for name in (*LEADERS, "Wren Castellow")]
    group = GROUPS.save(
        by=scene.coordinator,
        name="Reading in every subject",
        aim="Find out what hinders pupils in reading textbooks, and what schools can do.",
        needs="Textbooks of year 7 are harder than the books that pupils read before.",
        members=members,
    )
    when = {"late": scene.today - timedelta(days=2), "soon": scene.today + timedelta(days=12)}
    ACTIONS.save(
        by=members[0].user, group=group, text="Collect a page from each subject", owner=members[1], due_on=when["late"]
    )
    ACTIONS.save(
        by=members[0].user, group=group, text="Try one page with a class", owner=members[2], due_on=when["soon"]
    )

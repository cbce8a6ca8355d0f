"""Job descriptions in every state: in force with the version before, waiting, sent back, a draft, withdrawn (R-2.5)."""

from dataclasses import replace
from datetime import date

from astcoord.demo import days
from astcoord.demo.scene import Scene
from staff.accounts.models import User
from staff.descriptions.actions import agreeing, writing
from staff.descriptions.models import JobDescription
from staff.descriptions.rules import Parts
from staff.posts.models import Post

PARTS = Parts(
    title="Advanced Skills Teacher",
    responsibilities=(
        "Raise achievement in the subject across the school",
        "Share what works with teachers in other schools",
        "Help new teachers of the subject in their first two years",
    ),
    purpose="An excellent teacher stays in the classroom, and more classes gain from that teaching than the own.",
    head_part="The headteacher keeps one day a week free of classes, arranges cover that the pupils know, and agrees "
    "with host headteachers what their teachers will do between the visits.",
    classroom_tasks="Teach four days a week\nTry out new units and write down what came of it\n"
    "Open lessons to colleagues who wish to watch",
    outreach_tasks="Plan and teach side by side with teachers of host schools\nTeach model lessons with somebody "
    "watching\nWrite materials that host schools can keep",
)
"""In the manner of the four parts that heads and ASTs agreed. Invented."""


def tell(scene: Scene) -> None:
    """Told of ASTs who are in the other stories too."""
    told = days.school_days_before(scene.today, 40)
    first = _put(scene, "Wren Castellow", told[0])
    with days.on(told[3], 16):
        agreeing.agree(description=first, seen=1, by=first.post.user)
    more = (*PARTS.responsibilities, "Lead the school’s network of mathematics teachers")
    second = _put(scene, "Wren Castellow", told[30], replace(PARTS, responsibilities=more))
    with days.on(told[32], 16):
        agreeing.agree(description=second, seen=1, by=second.post.user)
    _put(scene, "Rosalind Tarn", told[36])
    _put(scene, "Alaric Munday", told[35], replace(PARTS, management_duties="Head of ICT"))
    _put(scene, "Corin Blythe", told[37], by=scene.coordinator)
    returned = _put(scene, "Tansy Orchard", told[34])
    with days.on(told[36], 15):
        reason = "Two afternoons of cover are not said yet: who takes the class?"
        agreeing.send_back(description=returned, reason=reason, by=returned.post.user)
    _drafted(scene, "Maris Holloway-Penn", told[38], replace(PARTS, outreach_tasks=""))
    begun = _drafted(scene, "Perdita Vale", told[20], PARTS)
    with days.on(told[22], 9):
        writing.withdraw(description=begun, reason="Begun twice by mistake.", by=begun.written_by)


def _head_of(scene: Scene, post: Post) -> User:
    return next(scene.heads[urn] for urn, school in scene.schools.items() if school.pk == post.home_id)


def _drafted(scene: Scene, name: str, day: date, parts: Parts, by: User | None = None) -> JobDescription:
    post = scene.posts[name]
    writer = by or _head_of(scene, post)
    with days.on(day, 15):
        draft = writing.begin(post=post, by=writer)
        said = replace(parts, line_manager=draft.line_manager)
        draft = writing.save(description=draft, parts=said, by=writer)
        inside = draft.responsibilities.order_by("number")[1]
        text = "Teachers of two host schools plan one unit a term together, and go on with it by themselves."
        if not draft.objectives:
            given = {"text": text, "responsibility": inside, "on_outreach": True}
            given |= {"criterion": "Six units are written, and 20% more pupils reach level 2B in both schools"}
            given |= {"action_plan": "Aim 2: plan together", "training_plan": "Two days on coaching adults"}
            writing.save_objective(description=draft, by=writer, **given)
    return draft


def _put(scene: Scene, name: str, day: date, parts: Parts = PARTS, by: User | None = None) -> JobDescription:
    draft = _drafted(scene, name, day, parts, by)
    with days.on(day, 16):
        return writing.put(description=draft, by=by or draft.written_by)

"""News for ASTs and guidance: what is shown, what is to come, a page in its second version (R-3.19, R-3.20)."""

from datetime import timedelta

from astcoord.demo import days
from astcoord.demo.scene import Scene
from staff.guidance.actions import GUIDANCE
from staff.notices.actions import NOTICES

ROLE = (
    "An AST works four days in the own school and one in others.\n\n"
    "In the own school an AST leads by teaching well, and by working with colleagues. An AST does not:\n\n"
    "- judge colleagues\n- stand in for absent teachers"
)
PACK = "For schools that think of an AST post:\n\n- what an AST does\n- what the governors decide\n- whom to ask"


def tell(scene: Scene) -> None:
    """Written three weeks ago, and made better last week."""
    by, today = scene.coordinator, scene.today
    with days.on(today - timedelta(days=21)):
        first = {"topic": "role", "title": "What an AST does", "audiences": ("asts", "heads", "candidates")}
        page = GUIDANCE.save(by=by, text=ROLE.partition("\n\n")[0], **first)
        GUIDANCE.save(by=by, topic="pack", title="Thinking of an AST post", audiences=("heads",), text=PACK)
    with days.on(today - timedelta(days=8)):
        GUIDANCE.save(row=page, by=by, text=ROLE, **first)
        everybody = {"phase": "", "subject": "", "by_email": False}
        text = "The aims of the year are on the page of priorities. Please link your placements to them."
        lasts = {"starts_on": today - timedelta(days=8), "ends_on": today + timedelta(days=40)}
        NOTICES.save(by=by, title="What we aim for this year", text=text, **everybody, **lasts)
        maths = {"phase": "", "subject": "mathematics", "by_email": True}
        text = "Three days on algebra in March, free for ASTs.\n\nTell the office if you would like a place."
        NOTICES.save(by=by, title="Algebra in March", text=text, **maths, **lasts)

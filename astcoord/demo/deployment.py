"""A deployment plan of the term to come, as the co-ordinator had it made yesterday, and one question put to it."""

from datetime import timedelta
from decimal import Decimal

from astcoord.demo import asks, days
from astcoord.demo.ask import Ask
from astcoord.demo.scene import Scene
from placements.allocation import kept
from placements.allocation.plan.canonical import restore
from placements.allocation.plan.changes import AddAst
from placements.allocation.problem import quarters
from placements.planning.actions import accept, explain, plans, work
from placements.planning.forms import one_more
from placements.planning.models import Plan
from placements.planning.reads.problem import Span, spans
from placements.requests.lifecycle import RequestStatus
from schools.calendar.models import Term

WANTED: tuple[tuple[Ask, int, int], ...] = (
    (asks.MATHS, 990103, 9),
    (asks.SCIENCE, 990105, 9),
    (asks.READING, 990106, 8),
    (asks.MATHS, 990116, 8),
    (asks.ASSESSMENT, 990107, 7),
    (asks.MUSIC, 990115, 7),
    (asks.HISTORY, 990203, 6),
    (asks.BEHAVIOUR, 990302, 6),
    (asks.ICT, 990201, 5),
    (asks.HISTORY, 990204, 5),
    (asks.SCIENCE, 990114, 4),
    (asks.READING, 990110, 3),
)
"""What waits with the co-ordinator: what, at which school, sent so many school days ago."""

IN_DIFFICULTY = 990110
ACCEPTED = 2


def tell(scene: Scene) -> None:
    """Requests come in for the term to come, are planned together, and the first lines are accepted."""
    for ask, urn, ago in WANTED:
        story = scene.elsewhere(ask, urn, ago).draft().send().take_up()
        if urn == IN_DIFFICULTY:
            story.state_realism()
    with days.on(days.school_days_before(scene.today, 1)[0], 15):
        plan = _made(plans.create(span=_span(scene), by=scene.coordinator))
    with days.on(days.school_days_before(scene.today, 1)[0], 16):
        _one_more_scientist(scene, plan)
        read = plan.lines.exclude(request__status=RequestStatus.SUBMITTED).order_by("priority", "pk")
        accept.accept(plan=plan, lines=read.values_list("pk", flat=True)[:ACCEPTED], by=scene.coordinator)


def _span(scene: Scene) -> Span:
    """The term in which help can begin that is asked for now: five weeks on."""
    term = Term.objects.filter(ends_on__gte=scene.today + timedelta(weeks=5)).earliest("starts_on")
    return next(span for span in spans(scene.today) if span.slug == term.slug)


def _made(plan: Plan) -> Plan:
    """What the worker does with a plan: solve it, then explain it."""
    work.work(plan.pk)
    while explain.explain_some(plan.pk):
        pass
    plan.refresh_from_db()
    return plan


def _one_more_scientist(scene: Scene, plan: Plan) -> None:
    school = scene.schools[990204]
    more = one_more(restore(plan.input), kept.from_json(plan.outcome), "science", quarters(Decimal(6)), school)
    name = f"One more AST in science, at {school.name}"
    said = {"text": name, "post": more.post, "name": name}
    _made(plans.what_if(plan=plan, changes=[AddAst(more)], said=[said], by=scene.coordinator))

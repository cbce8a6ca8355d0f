"""Evaluations, a review meeting and return visits of the demonstration: each form by its owner, on its day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from astcoord.demo import days, logic
from astcoord.demo.scene import Scene
from astcoord.demo.story import Story
from evaluation.diary import actions as diary
from evaluation.evaluations.actions import asking, deciding, writing
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.rules import Answers, ObjectiveAnswer
from evaluation.meetings import actions as meetings
from evaluation.meetings.rules import Agreed
from evaluation.returns import actions as returns
from evaluation.returns.models import ReturnVisit
from evaluation.returns.rules import Finding
from placements.endings.actions import completing
from placements.placement.lifecycle import PlacementStatus, ReviewKind
from placements.placement.models import Meeting, Placement
from placements.placement.ten_items import ActionOwner
from staff.accounts.models import User

WEEK = timedelta(weeks=1)
SAID = {
    "helps": "yes",
    "practice": "Pupils are given time to think, and choose more of their work themselves.",
    "learning": "How to plan questions that pupils cannot answer with one word.",
    "evidence": "More hands go up, and books show longer answers.",
    "impact": "Two other classes have taken up the same plan.",
    "standards": "One pupil in five more reaches the expected mark in the school’s own test.",
    "conditions": "Time to plan together helps. Cover fell through once.",
    "continues": "Planning together stays on the timetable each fortnight.",
}


def interim(scene: Scene, story: Story) -> None:
    """On the day fixed under P4: the head and one teacher answer, the AST writes the joint part; one form is late."""
    placement = story.fresh()
    planned = placement.reviews_planned.filter(kind=ReviewKind.SCHOOL_EVALUATION).first()
    if planned is None or planned.on > scene.today - WEEK:
        return
    logic.write(story, planned.on - WEEK)
    with days.on(planned.on, 7):
        asking.ask_interim(on=planned.on)
    forms = list(_forms(placement, EvaluationKind.INTERIM))
    for form in forms:
        if form.asked_of == AskedOf.HOST_HEAD or form.person_id == min(f.person_id or 0 for f in forms if f.person_id):
            _answer(form, planned.on + timedelta(days=3), by=story.head if form.person is None else None)
    joint = _forms(placement, EvaluationKind.INTERIM).filter(asked_of=AskedOf.AST).first()
    if joint:
        _answer(joint, planned.on + timedelta(days=6), by=placement.post.user)
    with days.on(min(planned.on + WEEK, scene.today), 9, 20):
        deciding.accept_all(placement=placement, by=scene.coordinator)


def waived(scene: Scene, story: Story) -> None:
    """Asked on the day fixed under P4; the co-ordinator waives the head's form, and the teacher's is still to come."""
    placement = story.fresh()
    planned = placement.reviews_planned.filter(kind=ReviewKind.SCHOOL_EVALUATION).first()
    if planned is None or planned.on >= scene.today:
        return
    with days.on(planned.on, 7):
        asking.ask_interim(on=planned.on)
    form = _forms(placement, EvaluationKind.INTERIM).filter(asked_of=AskedOf.HOST_HEAD).first()
    if form is not None:
        with days.on(min(planned.on + WEEK, scene.today), 9, 40):
            deciding.waive(form=form, reason="The head said the same at the review meeting.", by=scene.coordinator)


def meet(scene: Scene, story: Story) -> None:
    """The review meeting of P6 was held; one thing agreed is done, one is to come."""
    placement = story.fresh()
    planned = placement.reviews_planned.filter(kind=ReviewKind.REVIEW_MEETING).first()
    if planned is None or planned.on >= scene.today:
        return
    soon = Agreed("Free the hall for the parallel class", ActionOwner.HOST_HEAD, scene.today + timedelta(days=5))
    with days.on(planned.on, 17, 30):
        held: Meeting = meetings.record(
            placement=placement,
            held_on=planned.on,
            present=["host_head", "ast", "coordinator"],
            notes="The plan stands. The parallel class joins after the half-term.",
            actions=[Agreed("Send the unit plan to both teachers", ActionOwner.AST, planned.on + WEEK), soon],
            by=scene.coordinator,
        )
    with days.on(min(planned.on + timedelta(days=4), scene.today), 16):
        meetings.tick(action=held.actions.get(owner=ActionOwner.AST), by=placement.post.user)  # type: ignore[attr-defined]


def finish(scene: Scene, story: Story) -> Placement:
    """The last fortnight: everybody answers, the co-ordinator concludes; then the placement is completed.

    What would lie after today has not happened.
    """
    placement = story.fresh()
    last = placement.ends_on or scene.today
    window = min(last - timedelta(days=14), scene.today)
    if placement.status != PlacementStatus.ACTIVE or window < (placement.starts_on or window):
        return placement
    logic.write(story, window - timedelta(days=1))
    with days.on(window, 6):
        completing.open_final_evaluation(placement=placement, by=scene.coordinator)
    for number, form in enumerate(_forms(placement, EvaluationKind.FINAL)):
        on = min(window + timedelta(days=3 + number), scene.today)
        by = {AskedOf.HOST_HEAD: story.head, AskedOf.AST: placement.post.user}.get(form.asked_of)
        if form.asked_of != AskedOf.COORDINATOR:
            _answer(form, on, by=by, talked_on=window)
    if last >= scene.today:
        return story.fresh()
    own = _forms(placement, EvaluationKind.FINAL).get(asked_of=AskedOf.COORDINATOR)
    with days.on(last, 15):
        said = _answers(own, talked_on=last, took_part=["host_head", "ast", "coordinator", "staff"])
        deciding.conclude(form=own, answers=said, without_reason="", by=scene.coordinator)
    with days.on(last + timedelta(days=1), 9):
        completing.complete(placement=story.fresh(), by=scene.coordinator)
        diary.lock_entries(last + timedelta(days=1))
    _after_the_end(scene, story, last)
    return story.fresh()


def _after_the_end(scene: Scene, story: Story, last: date) -> None:
    """Asked at once on four levels, where the policy has them: the school and the people supported answer."""
    on = min(last + timedelta(days=5), scene.today)
    for form in _forms(story.fresh(), EvaluationKind.IMMEDIATE).filter(levels=True):
        _answer(form, on, by=story.head if form.person is None else None)


def return_(scene: Scene, story: Story, *, held: bool) -> None:
    """The return visit a term later: dated by both; where it was `held`, reported and closed yesterday."""
    visit = ReturnVisit.objects.with_people().filter(placement=story.fresh()).first()
    if visit is None:
        return
    earliest = max(visit.opens_on + 3 * WEEK, story.now)
    on = _school_day(scene, earliest if held else max(earliest, scene.today + 2 * WEEK))
    if on is None:
        return
    asked = min(on - 2 * WEEK, scene.today)
    with days.on(asked, 8):
        returns.propose(visit=visit, visit_on=on, days=Decimal(0), by=visit.placement.post.user)
    with days.on(asked, 16):
        returns.agree(visit=visit, by=story.head)
    if on < scene.today:
        _report(scene, story, visit, on)


def _report(scene: Scene, story: Story, visit: ReturnVisit, on: date) -> None:
    with days.on(on + timedelta(days=1), 6):
        returns.look_after(on=on + timedelta(days=1))
    yesterday = days.school_days_before(scene.today, 1)[0]
    with days.on(min(on + timedelta(days=4), yesterday), 16):
        findings = [
            Finding(o.number, "used" if o.number == 1 else "changed", story.ask.shows)
            for o in visit.placement.objectives.all()
        ]
        returns.report(
            visit=visit,
            findings=findings,
            lasting="What was begun is taught without help, and new colleagues are shown it.",
            figures="The school’s own counts, beside those of the year before.",
            by=visit.placement.post.user,
        )
    with days.on(yesterday, 17):
        returns.close(visit=visit, by=scene.coordinator)


def no_return(scene: Scene, story: Story, *, reason: str) -> None:
    """The co-ordinator cancels the return visit that the end of the placement has scheduled."""
    visit = ReturnVisit.objects.with_people().filter(placement=story.fresh()).first()
    if visit is not None:
        with story.at(17, 30):
            returns.cancel(visit=visit, reason=reason, by=scene.coordinator)


def _school_day(scene: Scene, day: date) -> date | None:
    """The first school day from `day` on, within three months."""
    return next((d for d in scene.teaching.school_days(day, day + timedelta(days=90))), None)


def _forms(placement: Placement, kind: str) -> Any:
    return Evaluation.objects.with_people().filter(placement=placement, kind=kind).order_by("pk")


def _answer(form: Evaluation, on: date, *, by: User | None, **other: object) -> None:
    """Through the own link where `by` is nobody."""
    with days.on(on, 16, 40):
        writing.submit(form=form, answers=_answers(form, **{"talked_on": on, **other}), by=by)


def _answers(form: Evaluation, **other: object) -> Answers:
    asked = writing.asked_in(form)
    values = {q.name: {**SAID, **other}.get(q.name) for q in asked.sheet.questions}
    objectives = [ObjectiveAnswer(n, "reached" if n == 1 else "partly", SAID["evidence"]) for n in asked.numbers]
    return Answers(values, objectives, shared=True if asked.may_share else None)

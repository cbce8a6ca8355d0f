"""An approved secondment begins, is prepared for its assessment, passes; the teacher is in post (R-2.17, R-2.18)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate, policy
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.roles import Role
from staff.accounts.actions.people import account, add_person, require_coordinator
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.appointing.actions import assessing
from staff.expertise.vocabulary import Funding
from staff.openings import actions as openings
from staff.posts.actions import beginning
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Expertise, Post
from staff.secondments.lifecycle import RUNNING, PreparationKind
from staff.secondments.models import PreparationStep, Proposal, Secondment
from staff.secondments.permissions import can_prepare, decides
from staff.secondments.rules import clock, proposals

REASON = "Approved as a secondment"


@transaction.atomic
def begin(
    *, proposal: Proposal, starts_on: date, guide: User, decided_on: date, minute: str, responsible_for: str, by: User
) -> Proposal:
    """The teacher is seconded: account, role, post with the governors' decision, for the policy's months.

    Those who plan days are told, so that the year's days are there where aspirants may do outreach.
    """
    require_coordinator(by)
    row = _locked(proposal)
    now = policy.in_force(max(starts_on, today()))
    found = proposals.range_problems(row.range_start, first=now.secondment_first_point, last=now.secondment_last_point)
    found += clock.beginning_problems(starts_on=starts_on, decided_on=decided_on, today=today())
    words = (("minute", minute, "Enter where it is minuted"), ("responsible_for", responsible_for, "Enter for what"))
    refuse([*found, *(Problem(said, name, "R-1.4", "missing") for name, value, said in words if not value.strip())])
    gate.move(row, "begin", by=by, may=decides)
    post = _post(row, starts_on=starts_on, by=by, decision=(decided_on, minute, responsible_for))
    last = clock.last_day(starts_on, now.secondment_months)
    Secondment.objects.create(proposal=row, post=post, starts_on=starts_on, ends_on=last, guide=guide)
    add_person(
        name=post.name,
        email=post.user.email,
        role=Role.AST,
        school=row.school,
        by=by,
        starts_on=max(starts_on, today()),
    )
    if now.aspirant_outreach:
        for tell in beginning.on_in_post:
            tell(post, by)
    return row


def _post(row: Proposal, *, starts_on: date, by: User, decision: tuple[date, str, str]) -> Post:
    """The candidate, seconded at once, at the head of a post whose opening is on record."""
    decided_on, minute, responsible_for = decision
    person = account(name=row.aspirant_name, email=row.aspirant_email, by=by)
    refuse(beginning.second_post_problems(person=person, home=row.school, field=""))
    opening = openings.opened_before(
        school=row.school,
        decided_on=decided_on,
        minute=minute,
        responsible_for=responsible_for,
        reason=REASON,
        by=by,
    )
    funding = Funding.SECONDMENT
    post = Post.objects.create(user=person, home=row.school, opening=opening, funding=funding, starts_on=starts_on)
    for subject in row.subjects:
        Expertise.objects.create(post=post, subject=subject)
    return gate.move(post, "second", by=by, may=is_coordinator, reason=REASON)


@transaction.atomic
def name_guide(*, proposal: Proposal, guide: User, by: User) -> Secondment:
    """R-2.18: another adviser guides the preparation."""
    require_coordinator(by)
    held = _secondment(proposal)
    before, held.guide = held.guide, guide
    if before.pk != guide.pk:
        held.save(update_fields=["guide"])
        audit.record(
            "secondment: guide named", proposal, by=by, before={"guide": before.name}, after={"guide": guide.name}
        )
    return held


@transaction.atomic
def add_step(*, proposal: Proposal, kind: str, on: date, what: str, by: User) -> PreparationStep:
    """R-2.18: what is planned for the assessment's preparation, or was done."""
    if not can_prepare(by, proposal):
        raise PermissionDenied("record the preparation")
    held = _secondment(proposal)
    found = [] if what.strip() else [Problem("Enter what it is", "what", "R-2.18", "missing")]
    if kind == PreparationKind.DONE and on > today():
        found.append(Problem("What is done has a day that has come. Select “Planned”, or correct the day.", "on"))
    if abs((on - held.starts_on).days) > clock.LONGEST_BACK:
        found.append(Problem("The day is far from the secondment. Check the year.", "on", "R-2.18", "far"))
    refuse(found)
    step = PreparationStep.objects.create(secondment=held, kind=kind, on=on, what=" ".join(what.split()), by=by)
    audit.record("secondment: preparation recorded", proposal, by=by, after={"day": on, "what": str(step)})
    return step


@transaction.atomic
def remove_step(*, step: PreparationStep, by: User) -> None:
    """It was entered by mistake."""
    proposal = step.secondment.proposal
    if not can_prepare(by, proposal):
        raise PermissionDenied("record the preparation")
    audit.record("secondment: preparation taken away", proposal, by=by, before={"day": step.on, "what": str(step)})
    step.delete()


@transaction.atomic
def record_pass(*, proposal: Proposal, passed_on: date, assessor: str, by: User) -> Proposal:
    """R-2.2, R-2.18: the assessment is passed; the grant has three elements from the next term on.

    The post’s own record of it brings the proposal along (`consequences.follow_pass`).
    """
    require_coordinator(by)
    row = _locked(proposal)
    held = _secondment(row)
    if row.status not in RUNNING or held.post.status != PostStatus.SECONDED:
        raise Refused([gate.out_of_turn(row, "Record the pass")])
    refuse(clock.pass_problems(passed_on=passed_on, starts_on=held.starts_on, assessor=assessor, today=today()))
    body = " ".join(assessor.split())
    assessing.record_result(post=held.post, passed=True, on=passed_on, body=body, note="", by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def appoint(*, proposal: Proposal, starts_on: date, capacity_reason: str = "", by: User) -> Proposal:
    """R-2.1: who has passed is in post from a day on, once everything is there that a post needs."""
    require_coordinator(by)
    row = _locked(proposal)
    post = _secondment(row).post
    kept: dict[str, Any] = {"first_post": post.first_post, "management_duties": post.management_duties}
    assessing.appoint(post=post, starts_on=starts_on, capacity_reason=capacity_reason, by=by, **kept)
    return row


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("school")
    found: Proposal = rows.get(pk=proposal.pk)
    return found


def _secondment(proposal: Proposal) -> Secondment:
    rows = Secondment.objects.select_for_update(of=("self",)).select_related("post__user", "post__opening", "guide")
    held: Secondment | None = rows.filter(proposal=proposal).first()
    if held is None:
        raise Refused([Problem("The secondment has not begun", "", "R-2.17", "not-begun")])
    return held

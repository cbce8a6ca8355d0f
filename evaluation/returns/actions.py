"""The return visit from its term to its report (R-11.9): dated by AST and host head, closed by the co-ordinator."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate, outbox
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from evaluation.evaluations.actions import after
from evaluation.returns import documents, emails, permissions, rules
from evaluation.returns.lifecycle import ReturnStatus
from evaluation.returns.models import ReturnFinding, ReturnVisit
from evaluation.returns.reads import term_for
from evaluation.returns.rules import Finding
from placements.days import ledger
from placements.days.rules.balance import over_budget
from placements.endings.actions import completing
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.placement.reads import policy_of
from schools.calendar import reads as calendar
from schools.register.lifecycle import RegisterStatus
from staff.accounts.models import User

WHY = "return visit"
NOT_ASKED: dict[str, Any] = {"asked_by": "", "asked_reason": ""}
"""What AST or head asked of the co-ordinator has been answered."""


def after_completed(placement: Placement) -> None:
    """What follows when a placement is completed."""
    schedule(placement)


def schedule(placement: Placement) -> ReturnVisit | None:
    """When a placement is completed: a visit in the term that the policy it was signed under asks for, if any.

    None where the policy has none, where there is one already, and where the host school has closed.
    """
    policy = policy_of(placement)
    ended = placement.ended_on or placement.ends_on
    if not policy.return_visit_terms or ended is None or ReturnVisit.objects.filter(placement=placement).exists():
        return None
    if _host_closed(placement):
        audit.record("return visit: none, because the host school has closed", placement, by=None)
        return None
    term = term_for(ended, policy.return_visit_terms)
    visit = ReturnVisit.objects.create(
        placement=placement, term=term.name, opens_on=term.first, due_on=max(term.last, term.first)
    )
    completing.await_return(placement)
    if policy.immediate_evaluation:
        after.ask_at_return(placement, opens=term.first)
    return visit


@transaction.atomic
def propose(*, visit: ReturnVisit, visit_on: date | None, days: Decimal, by: User) -> ReturnVisit:
    """A day, and whether it uses days of the AST's year; the other side agrees. The office records an agreed day."""
    visit = _held(visit)
    if not permissions.may_date(by, visit):
        raise PermissionDenied("date a return visit")
    if visit.status != ReturnStatus.SCHEDULED:
        raise Refused([gate.out_of_turn(visit, "Propose a day")])
    refuse(_day_problems(visit, visit_on, days))
    visit.visit_on, visit.days, visit.proposed_by = visit_on, days, permissions.side_of(by, visit)
    visit.save(update_fields=["visit_on", "days", "proposed_by"])
    audit.record("return visit: a day proposed", visit, by=by, after={"on": visit_on, "days": days})
    if not visit.proposed_by:
        return _date(visit, by)
    emails.proposed(visit)
    return visit


@transaction.atomic
def agree(*, visit: ReturnVisit, by: User) -> ReturnVisit:
    """The other side agrees to the day; from now on its days are used, if any were agreed."""
    visit = _held(visit)
    if visit.status == ReturnStatus.SCHEDULED and not permissions.can_agree(by, visit):
        raise PermissionDenied("agree to a day")
    return _date(visit, by)


def _date(visit: ReturnVisit, by: User) -> ReturnVisit:
    post = ledger.lock(visit.placement.post)
    refuse(_day_problems(visit, visit.visit_on, visit.days))
    gate.move(visit, "date", by=by, may=permissions.may_date, **NOT_ASKED)
    if visit.days and visit.visit_on:
        year = calendar.year_on(visit.visit_on)
        left = ledger.balance(post, year).remaining if year else Decimal(0)
        refuse(over_budget(left, visit.days))
        _use(visit, visit.days, by)
    if visit.visit_on:
        after.move_return_forms(visit.placement, opens=visit.visit_on)
    outbox.cancel_about(visit)
    emails.dated(visit)
    return visit


@transaction.atomic
def undate(*, visit: ReturnVisit, by: User) -> ReturnVisit:
    """The day cannot be kept: back to choosing one, and days that it used are free again."""
    visit = _held(visit)
    was = visit.visit_on
    if visit.status == ReturnStatus.DATED and was is not None and was <= today():
        raise Refused([Problem(say("The day has come. Report the visit, or ask the co-ordinator."), rule="R-11.9")])
    _give_back(visit, by)
    gate.move(visit, "undate", by=by, may=permissions.may_date, visit_on=None, days=Decimal(0), proposed_by="")
    outbox.cancel_about(visit)
    emails.undated(visit, was)
    return visit


@transaction.atomic
def ask(*, visit: ReturnVisit, reason: str, by: User) -> ReturnVisit:
    """AST or host head ask the co-ordinator for no visit, or for one after all, and say why; nothing moves yet."""
    visit = _held(visit)
    if not permissions.side_of(by, visit):
        raise PermissionDenied(say("ask the co-ordinator about a return visit"))
    if not permissions.can_ask(by, visit):
        raise Refused([gate.out_of_turn(visit, say("Ask the co-ordinator"))])
    refuse(rules.reason_problems(reason))
    visit.asked_by, visit.asked_reason = permissions.side_of(by, visit), reason.strip()
    visit.save(update_fields=["asked_by", "asked_reason"])
    audit.record("return visit: the co-ordinator is asked", visit, by=by, reason=visit.asked_reason)
    emails.asked(visit)
    return visit


@transaction.atomic
def decline(*, visit: ReturnVisit, by: User) -> ReturnVisit:
    """The co-ordinator leaves it as it is, against what AST or host head asked; both hear of it."""
    visit = _held(visit)
    if not permissions.decides(by, visit):
        raise PermissionDenied("decide on a return visit")
    if not visit.asked_by:
        raise Refused([gate.out_of_turn(visit, "Leave it as it is")])
    audit.record("return visit: left as it is, against what was asked", visit, by=by, reason=visit.asked_reason)
    emails.declined(visit)
    visit.asked_by = visit.asked_reason = ""
    visit.save(update_fields=["asked_by", "asked_reason"])
    return visit


@transaction.atomic
def save_draft(
    *, visit: ReturnVisit, findings: Sequence[Finding], lasting: str, figures: str, by: User, standards: str = ""
) -> ReturnVisit:
    """Keep what has been written of the report so far: its author's alone until it is handed in."""
    visit = _to_report(visit, by)
    if visit.status != ReturnStatus.DONE:
        raise Refused([gate.out_of_turn(visit, "Save as draft")])
    _store(visit, findings)
    visit.lasting, visit.figures, visit.standards = lasting.strip(), figures.strip(), standards.strip()
    visit.save(update_fields=["lasting", "figures", "standards"])
    return visit


@transaction.atomic
def report(
    *, visit: ReturnVisit, findings: Sequence[Finding], lasting: str, figures: str, by: User, standards: str = ""
) -> ReturnVisit:
    """The AST says per objective what remains, what has lasted, and which data support it; Refused with what is
    missing. On the day itself the visit has taken place with its report.
    """
    visit = _to_report(visit, by)
    numbers = list(visit.placement.objectives.values_list("number", flat=True))
    refuse(rules.missing_from_report(findings, numbers, lasting, figures, standards))
    gate.move(
        visit,
        "report",
        by=by,
        may=permissions.may_report,
        lasting=lasting.strip(),
        standards=standards.strip(),
        figures=figures.strip(),
        reported_at=timezone.now(),
        return_reason="",
    )
    _store(visit, findings)
    outbox.cancel_about(visit)
    return visit


def _to_report(visit: ReturnVisit, by: User) -> ReturnVisit:
    """From its day on; on the day itself it has taken place with the first word about it."""
    visit = _held(visit)
    if not permissions.may_report(by, visit):
        raise PermissionDenied("report a return visit")
    if visit.status == ReturnStatus.DATED and visit.visit_on is not None and visit.visit_on <= today():
        gate.move(visit, "hold", by=None)
    return visit


def _store(visit: ReturnVisit, findings: Sequence[Finding]) -> None:
    objectives = {o.number: o for o in visit.placement.objectives.all()}
    for finding in findings:
        if finding.number in objectives:
            ReturnFinding.objects.update_or_create(
                visit=visit,
                objective=objectives[finding.number],
                defaults={"remains": finding.remains, "evidence": finding.evidence.strip()},
            )


@transaction.atomic
def send_back(*, visit: ReturnVisit, reason: str, by: User) -> ReturnVisit:
    """The co-ordinator has a question about the report."""
    refuse(rules.reason_problems(reason))
    gate.move(visit, "return", by=by, may=permissions.decides, return_reason=reason.strip())
    emails.report(visit)
    return visit


@transaction.atomic
def close(*, visit: ReturnVisit, by: User) -> ReturnVisit:
    """The report is accepted and frozen; the placement's return is done."""
    gate.move(visit, "close", by=by, may=permissions.decides, closed_by=by, closed_at=timezone.now())
    documents.freeze(visit, by=by)
    completing.record_return(visit.placement, by=by)
    emails.over(visit)
    return visit


@transaction.atomic
def cancel(*, visit: ReturnVisit, reason: str, by: User) -> ReturnVisit:
    """There will be no visit, and why: days that it used are free again, and nothing more is waited for."""
    refuse(rules.reason_problems(reason))
    visit = _held(visit)
    _give_back(visit, by)
    gate.move(
        visit,
        "cancel",
        by=by,
        may=permissions.decides,
        reason=reason.strip(),
        cancel_reason=reason.strip(),
        days=Decimal(0),
        **NOT_ASKED,
    )
    completing.drop_return(visit.placement, by=by, reason=reason.strip())
    after.drop_return_forms(visit.placement)
    outbox.cancel_about(visit)
    emails.over(visit)
    return visit


@transaction.atomic
def revive(*, visit: ReturnVisit, by: User) -> ReturnVisit:
    """It was cancelled by mistake: to be dated again, while the placement is completed and not closed."""
    visit = _held(visit)
    if visit.placement.status != PlacementStatus.COMPLETED:
        words = (
            f"{say('The placement')} is now “{visit.placement.get_status_display()}”: a return visit no longer fits."
        )
        raise Refused([Problem(words, rule="R-11.9")])
    refuse(rules.host_problems(visit.placement.host.name, closed=_host_closed(visit.placement)))
    gate.move(
        visit, "revive", by=by, may=permissions.decides, cancel_reason="", visit_on=None, proposed_by="", **NOT_ASKED
    )
    completing.await_return(visit.placement)
    after.revive_return_forms(visit.placement)
    return visit


def look_after(*, on: date) -> int:
    """N21: visits whose term has begun, whose day has passed, whose day or report is late; how many were touched."""
    due = each(ReturnVisit.objects.to_date(on).with_people(), emails.due)
    held = each(ReturnVisit.objects.filter(status=ReturnStatus.DATED, visit_on__lt=on).with_people(), _hold)
    return due + held + each(ReturnVisit.objects.late(on).with_people(), emails.late)


def _hold(visit: ReturnVisit) -> None:
    gate.move(visit, "hold", by=None)
    emails.report(visit)


def _day_problems(visit: ReturnVisit, on: date | None, days: Decimal) -> list[Problem]:
    placement = visit.placement
    known = on is not None and calendar.known(on)
    return [
        *rules.host_problems(placement.host.name, closed=_host_closed(placement)),
        *rules.day_problems(
            on,
            days,
            today=today(),
            over_on=placement.ended_on or placement.ends_on,
            school_day=on is not None and known and calendar.school_day(on),
            year_known=known,
        ),
    ]


def _host_closed(placement: Placement) -> bool:
    return bool(placement.host.status == RegisterStatus.CLOSED)


def _use(visit: ReturnVisit, days: Decimal, by: User) -> None:
    if visit.visit_on:
        ledger.write(ledger.Kind.ACTIVITY, visit.placement, days, on=visit.visit_on, by=by, reason=WHY)


def _give_back(visit: ReturnVisit, by: User) -> None:
    """What an agreed day used; a day that was only proposed used nothing."""
    if visit.days and visit.status in (ReturnStatus.DATED, ReturnStatus.DONE):
        ledger.lock(visit.placement.post)
        _use(visit, -visit.days, by)


def _held(visit: ReturnVisit) -> ReturnVisit:
    rows = ReturnVisit.objects.select_for_update(of=("self",))
    return rows.with_people().get(pk=visit.pk)

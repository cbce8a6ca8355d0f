"""Estimates as a register, and the offers that follow from them: made, answered, taken back, lapsed (R-11.12)."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate, outbox, policy
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, refuse
from astcoord.core.register import Register
from evaluation.estimates import emails, permissions, reads, rules
from evaluation.estimates.models import Estimate, Offer
from placements.requests import reads as requests
from placements.requests import rules as requests_rules
from placements.requests.actions import asking
from placements.requests.lifecycle import Evidence, Route
from schools.register.models import School
from schools.succession.reads import stands_now
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_office

ANSWER_WITHIN = timedelta(days=28)
"""An offer that nobody answers lapses†."""


class Estimates(Register[Estimate]):
    """Kept by the office and, of the own school, by its headteacher; read as results are."""

    model = Estimate
    noun = "estimate"
    rule = "R-11.12"
    readers = permissions.READERS
    keepers = permissions.KEEPERS
    used_words = "Help was offered because of it, so it stays. You can correct it."

    def may_keep(self, user: User, row: Estimate | None = None) -> bool:
        return permissions.can_keep(user, row) if row else super().may_keep(user)

    @transaction.atomic
    def save(self, *, row: Estimate | None = None, by: User, **fields: Any) -> Estimate:
        """Add or change one; a head's is of the own school."""
        school = fields.get("school") or (row.school if row else None)
        if school and not is_office(by) and not heads(by, school.pk):
            raise PermissionDenied("keep the register: another school’s estimate")
        return super().save(row=row, by=by, **fields)

    def problems(self, row: Estimate) -> list[Problem]:
        figures = {"estimate": row.value, "actual": row.actual}
        said = {"subject": row.subject, "measure": row.measure, "year": row.year, "pupils": row.pupils}
        found = rules.estimate_problems(figures, today=today(), **said)  # type: ignore[arg-type]
        same = Estimate.objects.filter(school=row.school_id, subject=row.subject, measure=row.measure, year=row.year)
        if same.exclude(pk=row.pk).exists():
            words = "There is an estimate of this for this year already. Change that one."
            found.append(Problem(words, "measure", self.rule, "twice"))
        return found

    def is_used(self, row: Estimate) -> bool:
        return Offer.objects.filter(school=row.school_id, subject=row.subject, year=row.year).exists()


ESTIMATES = Estimates()


@transaction.atomic
def make(*, school: School, subject: str, year: int, by: User) -> Offer:
    """Offer help to a department below its estimate; one that stands already stays as it is (sending twice)."""
    if not permissions.can_offer(by):
        raise PermissionDenied("offer help")
    locked = School.objects.select_for_update(of=("self",)).get(pk=school.pk)
    held = Offer.objects.filter(school=locked, subject=subject, year=year).first()
    if held is not None and held in Offer.objects.waiting():
        return held
    refuse(_problems(locked, subject, year, held))
    asked: dict[str, Any] = {"made_by": by, "made_on": today(), "answer_by": today() + ANSWER_WITHIN}
    if held is None:
        offer = Offer.objects.create(school=locked, subject=subject, year=year, **asked)
        audit.record("offer: made", offer, by=by, after={"subject": offer.get_subject_display(), "year": year})
    else:
        offer = gate.move(held, "again", by=by, may=permissions.can_offer, **asked)
    emails.made(offer)
    return offer


def _problems(school: School, subject: str, year: int, held: Offer | None) -> list[Problem]:
    """What stands against an offer: also that the school could not ask (R-6.8)."""
    now = stands_now(school)
    host = requests.host_on(now, today(), for_good=True)
    return [
        *rules.offer_problems(
            candidate=reads.is_candidate(school.pk, subject, year),
            asked=reads.open_request(now.pk, subject),
            status=held.status if held else "",
        ),
        *requests_rules.host_problems(now, host, policy.in_force()),
    ]


@transaction.atomic
def accept(*, offer: Offer, by: User) -> Offer:
    """A request begins in the headteacher's name, with what the figures say; the rest is the headteacher's (R-5.7)."""
    if not permissions.can_answer(by, offer):
        raise PermissionDenied("accept an offer")
    said = reads.grounds(offer)
    draft = asking.start(host=stands_now(offer.school), by=by, route=Route.DATA)
    answers = {"subject": offer.subject, "evidence_kinds": [Evidence.DATA], "evidence": "\n".join(said)}
    asking.answer(request=draft, by=by, answers=answers)
    answered: dict[str, Any] = {"answered_by": by, "answered_on": today()}
    moved = gate.move(offer, "accept", by=by, may=permissions.can_answer, request=draft, **answered)
    emails.answered(moved)
    return moved


@transaction.atomic
def decline(*, offer: Offer, by: User, because: str = "") -> Offer:
    """The headteacher does without, and need not say why."""
    answered: dict[str, Any] = {"answered_by": by, "answered_on": today(), "because": because}
    moved = gate.move(offer, "decline", by=by, may=permissions.can_answer, **answered)
    emails.answered(moved)
    return moved


@transaction.atomic
def withdraw(*, offer: Offer, by: User) -> Offer:
    """The office takes it back; what was not sent yet is not sent."""
    moved = gate.move(offer, "withdraw", by=by, may=permissions.can_offer)
    outbox.cancel_about(moved)
    emails.withdrawn(moved)
    return moved


def lapse_due(on: date) -> int:
    """Nightly: offers that nobody answered in time; how many. Repeat-safe."""
    return each(Offer.objects.due(on), lambda offer: gate.move(offer, "lapse", by=None) and 1)

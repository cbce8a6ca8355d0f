"""A change is put out for signature, refused, taken back, signed, and comes into force (R-8.12, R-8.15)."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate, outbox
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused
from astcoord.core.words import say
from placements.agreement.actions import contracts, terms
from placements.agreement.documents.contracts import CONTRACT, ISSUED
from placements.agreement.models import ContractVersion, Signature
from placements.agreement.reads.protocol import missing_parties
from placements.changes import emails, permissions, reads, rules
from placements.changes.actions import asking
from placements.changes.documents import ADDENDUM, amended_facts
from placements.changes.lifecycle import AmendmentStatus
from placements.changes.models import Amendment
from placements.days import ledger
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY, PlacementStatus
from placements.placement.models import Objective, Placement, PlannedReview
from placements.placement.reads import policy_of, readers_of
from placements.requests.actions.decisions import state_realism
from placements.supported import actions as supported
from staff.accounts.models import User

FINAL_DAYS = timedelta(days=14)
"""The final evaluation belongs to the last fortnight (requirements, parameters)."""

on_in_force: list[Callable[[Amendment], None]] = []
"""What later rooms do when a changed contract has come into force, in its transaction."""


@transaction.atomic
def offer(*, amendment: Amendment, by: User, overdraw_reason: str = "", realism: str = "") -> Amendment:
    """The co-ordinator agrees: the paper is frozen and goes to everybody who signs; the contract in force stands.

    Its days are held in the AST's year from now on, so that nobody else gets them (R-4.11). Only with a reason may it
    go beyond the year. It keeps the policy of the contract that it changes (R-16.1).

    Whoever would join has confirmed and said yes (R-6.11); `realism` says why the aims are realistic, where that is
    asked (R-6.9).
    """
    placement = terms.lock(amendment.placement)
    if realism.strip():
        state_realism(request=placement.request, by=by, statement=realism)
    amendment = gate.move(
        amendment,
        "offer",
        by=by,
        may=permissions.can_offer,
        problems=lambda a: [*_offer_problems(a, overdraw_reason), *reads.unsaid(a, names=True)],
        reason=overdraw_reason,
    )
    amendment.placement = placement
    proposed = reads.as_proposed(amendment)
    held = max(proposed.days, placement.days)
    ledger.set_days_under_contract(proposed, held, by=by, reason=f"{amendment.get_kind_display().lower()} offered")
    amendment.version = _version(amendment, proposed, by=by)
    amendment.save(update_fields=["version"])
    audit.record(
        f"contract: version {amendment.version.number} issued beside version {amendment.cites.number}",
        placement,
        by=by,
        reason=overdraw_reason,
        after={"version": amendment.version.number, "sha256": amendment.version.sha256, "days": proposed.days},
    )
    emails.ask_for_signatures(amendment, readers_of(placement, today()))
    return amendment


def _offer_problems(amendment: Amendment, overdraw_reason: str) -> list[Problem]:
    if not reads.changes_of(amendment):
        return rules.nothing_changes()
    return reads.problems_of(amendment, today(), budget=not overdraw_reason.strip())


def _version(amendment: Amendment, proposed: Placement, *, by: User) -> ContractVersion:
    placement, rules_kept = amendment.placement, policy_of(amendment.placement)
    number = contracts.next_number(placement)
    change, people = reads.words_of(amendment), reads.to_be_supported(amendment)
    what = "Addendum to the contract" if amendment.is_extension else "Contract"
    return contracts.print_version(
        placement,
        number=number,
        kind=ADDENDUM if amendment.is_extension else CONTRACT,
        title=f"{what} {say('for AST')} support at {placement.host.name}, version {number}",
        facts=amended_facts(amendment, proposed, rules_kept, people=people, state=ISSUED, number=number, change=change),
        by=by,
        policy=rules_kept,
        change=change,
        beside=True,
        amends=amendment.cites,
    )


@transaction.atomic
def refuse(*, amendment: Amendment, by: User, reason: str) -> Amendment:
    """The co-ordinator, or one who was to sign, says no and why: the contract in force stands."""
    if not reason.strip():
        raise Refused([Problem("Enter a short reason.", "reason", "R-8.15")])
    return _over(amendment, "refuse", by=by, reason=reason)


@transaction.atomic
def withdraw(*, amendment: Amendment, by: User | None, reason: str) -> Amendment:
    """Who asked, the co-ordinator, or the system when the work ends, takes it back."""
    if not reason.strip():
        raise Refused([Problem("Enter a short reason.", "reason", "R-8.15")])
    return _over(amendment, "withdraw", by=by, reason=reason)


def close_open(placement: Placement) -> None:
    """The work is over: nothing of it is changed any more. In the caller's transaction, with the post locked."""
    for amendment in placement.amendments.open():
        withdraw(amendment=amendment, by=None, reason=say("The placement has ended."))


def _over(amendment: Amendment, move: str, *, by: User | None, reason: str) -> Amendment:
    placement = terms.lock(amendment.placement)
    may = permissions.can_refuse if move == "refuse" else permissions.can_withdraw
    draft = amendment.status == AmendmentStatus.DRAFT
    amendment = gate.move(amendment, move, by=by, may=may, reason=reason, answer=reason.strip())
    what = amendment.get_kind_display().lower()
    audit.record(f"{what}: {amendment.get_status_display().lower()}", placement, by=by, reason=reason)
    outbox.cancel_about(amendment)
    asking.forget_joining(amendment.joining.all())
    if version := amendment.version:
        version.superseded_at = timezone.now()
        version.save(update_fields=["superseded_at"])
        if by is not None and placement.status in PLACEMENT_UNDER_WAY:
            ledger.set_days_under_contract(placement, placement.days, by=by, reason=f"{what} not in force")
    if not draft:
        emails.tell_over(amendment, readers_of(placement, today()))
    return amendment


@transaction.atomic
def sign(*, amendment: Amendment, version_number: int, party: str, by: User, declared: bool) -> Signature:
    """Sign what waits beside the contract in force. The last signature brings it into force (R-8.12, R-8.15)."""
    placement = terms.lock(amendment.placement)
    amendment = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    if amendment.status != AmendmentStatus.SIGNING or amendment.version is None:
        raise Refused([gate.out_of_turn(amendment, "Sign")])
    amendment.placement = placement
    signature = contracts.put_name_to(
        amendment.version, placement=placement, number=version_number, party=party, by=by, declared=declared
    )
    version = ContractVersion.objects.select_related("policy", "document").get(pk=amendment.version.pk)
    if not missing_parties(version):
        _take_effect(amendment, version, by=by)
    return signature


@transaction.atomic
def unsign(*, amendment: Amendment, by: User) -> Signature:
    """Whoever signed it last takes the signature back, until the next party signs (R-20.13)."""
    placement = terms.lock(amendment.placement)
    amendment = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    if amendment.status != AmendmentStatus.SIGNING:
        raise Refused([gate.out_of_turn(amendment, "Take the signature back")])
    return contracts.take_name_off(amendment.version, placement=placement, by=by)


def _take_effect(amendment: Amendment, version: ContractVersion, *, by: User) -> None:
    """Everybody has signed: the new version takes the place of the one that it amends, and its terms count."""
    placement = amendment.placement
    amendment = gate.move(
        amendment,
        "take_effect",
        by=by,
        problems=lambda a: [*reads.problems_of(a, today(), budget=False), *reads.lost_objectives(a)],
    )
    amendment.placement = placement
    placement.contracts.in_force().update(superseded_at=timezone.now())
    version.beside = False
    version.save(update_fields=["beside"])
    for name in reads.TERMS:
        setattr(placement, name, getattr(amendment, name))
    placement.save(update_fields=reads.TERMS)
    _write_objectives(amendment)
    _let_go(amendment, version, by=by)
    for person in reads.joining_of(amendment):
        supported.let_in(person=person)
    supported.objectives_changed(placement=placement, by=by)
    if amendment.evaluation_on:
        placement.reviews_planned.filter(kind=PlannedReview.Kind.FINAL_EVALUATION).delete()
        placement.reviews_planned.create(kind=PlannedReview.Kind.FINAL_EVALUATION, on=amendment.evaluation_on)
    ledger.set_days_under_contract(placement, placement.days, by=by, reason=f"version {version.number} in force")
    paper = contracts.freeze_signed(version, title=f"Signed: {version.document.title}", by=by)
    audit.record(f"contract: version {version.number} in force", placement, by=by, after={"version": version.number})
    emails.tell_in_force(amendment, readers_of(placement, today()), paper)
    _go_on(placement)
    for tell in on_in_force:
        tell(amendment)


def _write_objectives(amendment: Amendment) -> None:
    """Keep the rows that diary and reviews refer to; numbers are freed first, as each is given once."""
    placement = amendment.placement
    rows = list(amendment.objectives.select_related("objective"))
    kept = {row.objective_id for row in rows if row.objective_id}
    placement.objectives.exclude(pk__in=kept).delete()
    for objective in placement.objectives.all():
        objective.number += 1000
        objective.save(update_fields=["number"])
    for row in rows:
        objective = row.objective or Objective(placement=placement)
        for name in ("number", *reads.OBJECTIVE):
            setattr(objective, name, getattr(row, name))
        objective.save()
        objective.people.set(row.people.all())


def _let_go(amendment: Amendment, version: ContractVersion, *, by: User) -> None:
    """People whom the new version no longer names; those who have withdrawn meanwhile have said so themselves."""
    for person in amendment.leaving.filter(withdrew_on=None):
        supported.let_go(person=person)
        words = f"supported staff: one is no longer named, by version {version.number}"
        audit.record(words, amendment.placement, by=by, after={"person": person.pk})


def _go_on(placement: Placement) -> None:
    """Extended in its last fortnight: the final evaluation is not due any more."""
    late = placement.ends_on is not None and placement.ends_on - FINAL_DAYS > today()
    if placement.status == PlacementStatus.FINAL_EVALUATION and late:
        gate.move(placement, "resume", by=None)

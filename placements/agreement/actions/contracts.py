"""Contracts are issued, signed and replaced here, and nowhere else (R-8.11, R-8.12)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, documents, gate, outbox, policy, words
from astcoord.core.clock import today
from astcoord.core.models.documents import Document
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from placements.agreement import emails
from placements.agreement.actions.placements import activate_if_ready, tell_chair
from placements.agreement.documents import contracts
from placements.agreement.models import ContractVersion, Signature
from placements.agreement.permissions import parties_in_contract
from placements.agreement.reads.protocol import agreed_items, calendar_of, contract_in_force, missing_parties
from placements.agreement.rules.contracts import issue_problems, sign_problems, signature_stands
from placements.days import ledger
from placements.placement.lifecycle import PLACEMENT_OUT_FOR_SIGNATURE, PLACEMENT_REISSUABLE
from placements.placement.models import Placement
from placements.placement.permissions import can_see_names
from placements.placement.reads import readers_of
from placements.priorities.models import Priority
from placements.priorities.rules import link_problems
from placements.supported.rules import contract_problems
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator


@transaction.atomic
def issue(*, placement: Placement, by: User, change: str = "", overdraw_reason: str = "") -> ContractVersion:
    """Put the contract before the parties: freeze it, print it, enter its days in the ledger, ask for signatures.

    A contract that is out already is replaced by a new version, and the signatures on the old one no longer count.
    The AST's post is locked first, so two contracts cannot both take the year's last days (R-4.11); the co-ordinator
    may go beyond the year only with a reason. The page is printed inside the transaction, because its SHA-256 is what
    people sign: 0.2 s, a few times a year for each placement.
    """
    rules = _policy_in_force()
    ledger.lock(placement.post)
    again = Placement.objects.get(pk=placement.pk).status in PLACEMENT_REISSUABLE
    if again and not change:
        raise Refused([Problem("The contract has gone out already. Change a term to issue a new version.")])
    gate.move(
        placement,
        "reissue" if again else "issue",
        by=by,
        may=is_coordinator,
        problems=lambda p: _issue_problems(p, rules, overdraw_reason, names=can_see_names(by, p)),
        reason=change or overdraw_reason,
    )
    ledger.set_days_under_contract(placement, placement.days, by=by, reason="contract issued")
    if placement.monitor is None:
        placement.monitor = by
        placement.save(update_fields=["monitor"])
    _supersede(placement)
    version = _new_version(placement, rules, by=by, change=change)
    audit.record(
        f"contract: version {version.number} issued",
        placement,
        by=by,
        reason=overdraw_reason,
        after={"version": version.number, "sha256": version.sha256, "days": placement.days, "change": change},
    )
    readers = readers_of(placement, today())
    emails.ask_for_signatures(version, readers)
    emails.ask_for_cover(placement, readers)
    return version


def issue_if_changed(*, placement: Placement, by: User, change: str) -> ContractVersion | None:
    """A new version, if the contract that is out would now read differently; None if it would not."""
    version = contract_in_force(placement)
    if version is None:
        return None
    gone = {person.initials for person in placement.supported.exclude(withdrew_on=None)}
    with words.scope(lambda: documents.words_of(version.document)):  # another word for the role is no other term
        now = contracts.contract_facts(placement, _policy_in_force(), state=contracts.ISSUED, number=0)
        if contracts.says_the_same(version.document.facts, now, gone=gone):
            return None
    return issue(placement=placement, by=by, change=change)


def _issue_problems(placement: Placement, rules: Policy, overdraw_reason: str, *, names: bool) -> list[Problem]:
    found = issue_problems(
        placement,
        rules,
        calendar_of(placement),
        agreed=agreed_items(placement),
        objectives=placement.objectives.count(),
    )
    again = placement.status in PLACEMENT_REISSUABLE
    found += contract_problems(placement.supported.taking_part(), names=names, again=again)
    if not again:
        listed = Priority.objects.running(today()).exists()
        found += link_problems(placement.priorities.count(), placement.no_priority_reason, any_offered=listed)
    if not overdraw_reason.strip() and placement.starts_on:
        found += ledger.contract_problems(placement, placement.days)
    return found


def _policy_in_force() -> Policy:
    """The stored policy: a contract refers to it for ever."""
    rules = policy.in_force()
    if rules.pk is None:
        raise Refused(
            [Problem(say("The authority’s policy has not been set up yet. Set it up before the first contract."))]
        )
    return rules


def _supersede(placement: Placement) -> None:
    for old in placement.contracts.in_force():
        outbox.cancel_about(old)
        old.superseded_at = timezone.now()
        old.save(update_fields=["superseded_at"])


def _new_version(placement: Placement, rules: Policy, *, by: User, change: str) -> ContractVersion:
    number = next_number(placement)
    return print_version(
        placement,
        number=number,
        title=(
            f"{rules.get_contract_word_display()} {say('for AST')} support at {placement.host.name}, version {number}"
        ),
        facts=contracts.contract_facts(placement, rules, state=contracts.ISSUED, number=number, change=change),
        by=by,
        policy=rules,
        change=change,
    )


def next_number(placement: Placement) -> int:
    """Of the version that comes next: those that were never signed keep theirs."""
    return placement.contracts.count() + 1


def print_version(
    placement: Placement,
    *,
    number: int,
    title: str,
    facts: dict[str, Any],
    by: User,
    kind: str = contracts.CONTRACT,
    **fields: Any,
) -> ContractVersion:
    """Freeze and print what is put before the parties. In the caller's transaction, with the AST's post locked."""
    document = documents.freeze(kind, title=title, facts=facts, about=placement, by=by, stands=True)
    return ContractVersion.objects.create(
        placement=placement,
        number=number,
        document=document,
        sha256=documents.fingerprint(document),
        issued_by=by,
        **fields,
    )


@transaction.atomic
def sign(*, placement: Placement, version_number: int, party: str, by: User, declared: bool) -> Signature:
    """Sign one version in one capacity (R-8.12). The last signature makes it signed, and tells the chair.

    The placement's row is locked before the signatures are counted: of two last signers, one waits, and then counts
    the other's.
    """
    Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    placement.refresh_from_db()
    version = contract_in_force(placement)
    signature = put_name_to(version, placement=placement, number=version_number, party=party, by=by, declared=declared)
    version = ContractVersion.objects.select_related("policy", "document").get(pk=signature.version_id)
    if missing_parties(version):
        gate.move(placement, "sign", by=by)
    else:
        _complete(placement, version, by=by)
    return signature


def put_name_to(
    version: ContractVersion | None, *, placement: Placement, number: int, party: str, by: User, declared: bool
) -> Signature:
    """One signature on the version that stands to be signed; Refused with the reason. The caller holds the lock."""
    if party not in parties_in_contract(by, placement):
        raise PermissionDenied(f"sign as {party}")
    signatures = version.signatures.all() if version else ()
    found = sign_problems(version, signatures, number=number, party=party, user_id=by.pk, declared=declared)
    if version is None or found:
        raise Refused(found)
    signature = Signature.objects.create(version=version, party=party, user=by, name=by.name, sha256=version.sha256)
    audit.record(
        f"contract: version {version.number} signed as {signature.get_party_display()}",
        placement,
        by=by,
        after={"version": version.number, "sha256": version.sha256},
    )
    return signature


@transaction.atomic
def unsign(*, placement: Placement, by: User) -> Signature:
    """Whoever signed last takes the signature back, until the next party signs or the contract is complete (R-20.13).

    The next signer, who waits for the same row, finds it gone.
    """
    Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    placement.refresh_from_db()
    if placement.status not in PLACEMENT_OUT_FOR_SIGNATURE:
        raise Refused([gate.out_of_turn(placement, "Take the signature back")])
    version = contract_in_force(placement)
    signature = take_name_off(version, placement=placement, by=by)
    if not signature.version.signatures.exists():
        gate.move(placement, "unsign", by=by)
    return signature


def take_name_off(version: ContractVersion | None, *, placement: Placement, by: User) -> Signature:
    """The signature of `by` counts no more; the history keeps it. The caller holds the lock."""
    signatures = list(version.signatures) if version else []
    refuse(signature_stands(signatures, by.pk))
    signature = signatures[-1]
    signature.taken_back_at = timezone.now()
    signature.save(update_fields=["taken_back_at"])
    number, party = signature.version.number, signature.get_party_display()
    before = {"version": number, "signed": signature.signed_at}
    audit.record(f"contract: version {number}, signature as {party} taken back", placement, by=by, before=before)
    return signature


def freeze_signed(version: ContractVersion, *, title: str, by: User) -> Document:
    """The paper with all names on it, kept with its version (R-15.4)."""
    paper = documents.freeze(
        version.document.kind,
        title=title,
        facts=contracts.signed_facts(version, list(version.signatures.all())),
        about=version.placement,
        by=by,
        stands=True,
    )
    version.signed_document = paper
    version.save(update_fields=["signed_document"])
    return paper


def _complete(placement: Placement, version: ContractVersion, *, by: User) -> None:
    """Everybody has signed: freeze the signed paper, tell the parties and the chair, and start if all is ready."""
    gate.move(placement, "sign_last", by=by)
    title = (
        f"Signed {version.policy.contract_word} {say('for AST')} support at "
        f"{placement.host.name}, version {version.number}"
    )
    paper = freeze_signed(version, title=title, by=by)
    emails.tell_signed(version, readers_of(placement, today()), paper)
    tell_chair(placement, by=by)
    activate_if_ready(placement)

"""A change or an extension of a contract in force is prepared and asked for; nothing of the contract moves (R-8.15)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, blocking, refuse
from astcoord.core.words import say
from placements.agreement.actions import terms
from placements.agreement.reads.protocol import contract_in_force
from placements.changes import emails, permissions, reads, rules
from placements.changes.lifecycle import AmendmentKind, AmendmentStatus
from placements.changes.models import AmendedObjective, Amendment, Joining
from placements.placement.lifecycle import PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_host_head
from placements.placement.reads import policy_of, readers_of
from placements.requests.models import RequestedStaff
from placements.requests.rules import person_problems
from placements.supported import actions as supported
from placements.supported.models import SupportedStaff
from staff.accounts.models import User
from staff.accounts.permissions import is_office


@transaction.atomic
def ask_extension(
    *,
    placement: Placement,
    by: User,
    ends_on: date,
    days: Decimal,
    reason: str,
    evaluation_on: date | None = None,
) -> Amendment:
    """Host head or AST asks for a later last day, more days (`days` is the new total) or both (R-8.15).

    Calendar, cap and the AST's year are asked at once, so that nobody waits for an answer that can only be no. The
    final evaluation moves to the new last day, unless another day is named.
    """
    amendment = _begin(placement, AmendmentKind.EXTENSION, by=by, reason=reason)
    amendment.ends_on, amendment.days = ends_on, days
    amendment.evaluation_on = evaluation_on or (ends_on if ends_on != placement.ends_on else None)
    _store(amendment)
    _refuse_what_is_wrong(amendment, by)
    audit.record("extension asked for", amendment.placement, by=by, reason=reason, after=_asked(amendment))
    emails.tell_asked(amendment, readers_of(amendment.placement, today()))
    return amendment


@transaction.atomic
def propose_change(*, placement: Placement, by: User, reason: str, **changed: Any) -> Amendment:
    """Begin a change of some of `reads.TERMS`; objectives and people follow, before it is sent (R-8.12)."""
    amendment = _begin(placement, AmendmentKind.CHANGE, by=by, reason=reason)
    _set(amendment, changed)
    _store(amendment)
    _refuse_what_is_wrong(amendment, by)
    audit.record("change of the contract: begun", amendment.placement, by=by, reason=reason)
    return amendment


@transaction.atomic
def save_terms(*, amendment: Amendment, by: User, reason: str, **changed: Any) -> Amendment:
    """Other terms of a change that has not gone out."""
    amendment = _prepared(amendment, by)
    _set(amendment, changed)
    amendment.reason = reason.strip()
    _in_order(amendment)
    amendment.save()
    _refuse_what_is_wrong(amendment, by)
    after = {name: str(value) for name, value in changed.items()}
    audit.record("change of the contract: terms", amendment.placement, by=by, after=after)
    return amendment


@transaction.atomic
def save_objective(
    *,
    amendment: Amendment,
    by: User,
    number: int | None = None,
    people: Iterable[SupportedStaff] | None = None,
    **fields: str,
) -> AmendedObjective:
    """Other words for an objective, or without a number one more; it concerns `people`, or everybody (R-8.11)."""
    amendment = _prepared(amendment, by)
    terms.whole(fields)
    row = amendment.objectives.filter(number=number).first() if number else None
    row = row or AmendedObjective(amendment=amendment, number=amendment.objectives.count() + 1)
    for name in reads.OBJECTIVE:
        setattr(row, name, fields[name].strip())
    row.save()
    if people is not None:
        row.people.set(people)
    _ask_again(amendment)
    audit.record(f"change of the contract: objective {row.number}", amendment.placement, by=by, after=fields)
    return row


@transaction.atomic
def remove_objective(*, amendment: Amendment, number: int, by: User) -> None:
    """Take one out of the change. One under which work has been written up stays: its words may be changed."""
    amendment = _prepared(amendment, by)
    row = amendment.objectives.get(number=number)
    if row.objective and reads.is_used(row.objective):
        words = "Work has been written up under this objective. Change its words instead."
        raise Refused([Problem(words, rule="R-8.11", code="used")])
    if amendment.objectives.count() == 1:
        raise Refused([Problem("A contract needs at least one objective. Change this one instead.", rule="R-8.11")])
    row.delete()
    for later in amendment.objectives.filter(number__gt=number).order_by("number"):
        later.number -= 1
        later.save(update_fields=["number"])
    _ask_again(amendment)
    audit.record(f"change of the contract: objective {number} removed", amendment.placement, by=by)


@transaction.atomic
def save_people(*, amendment: Amendment, by: User, leaving: list[SupportedStaff]) -> Amendment:
    """Who will no longer be supported. Somebody is left, or the placement would end instead (R-6.12)."""
    amendment = _prepared(amendment, by)
    people = set(amendment.placement.supported.taking_part())
    if not people - set(leaving) and not reads.joining_of(amendment):
        words = say("Nobody would be left to be supported. End the placement early instead.")
        raise Refused([Problem(words, "leaving", "R-6.12")])
    amendment.leaving.set(people & set(leaving))
    after = {"leaving": [person.pk for person in leaving]}
    audit.record("change of the contract: people", amendment.placement, by=by, after=after)
    return amendment


@transaction.atomic
def add_person(*, amendment: Amendment, by: User, facts: dict[str, Any]) -> SupportedStaff:
    """Somebody more would be supported: declared as on a request (R-6.7, R-6.10), and asked at once (R-6.11).

    `facts` are those of `requests.actions.asking.PERSON`. What was declared is kept with the request and goes when
    the change does not come about.
    """
    amendment = _prepared(amendment, by)
    placement = amendment.placement
    declared = RequestedStaff(request_id=placement.request_id, **facts)
    refuse(person_problems(declared, policy_of(placement).teacher_difficulty))
    own = {name: facts[name] for name in facts if name not in ("head_agrees", "situation")}
    person = supported.add(placement=placement, facts=own, by=by)
    declared.save()
    Joining.objects.create(amendment=amendment, person=person, declared=declared)
    supported.objectives_proposed(person=person)
    return person


@transaction.atomic
def remove_person(*, amendment: Amendment, person: SupportedStaff, by: User) -> None:
    """Not to join after all, before the change goes out."""
    amendment = _prepared(amendment, by)
    forget_joining(amendment.joining.filter(person=person))
    words = "supported staff: one is not to join after all"
    audit.record(words, amendment.placement, by=by, after={"person": person.pk})


def forget_joining(rows: QuerySet[Joining]) -> None:
    """What was declared of them is deleted, and nothing more is asked of them."""
    for row in rows.select_related("person", "declared"):
        supported.let_go(person=row.person)
        if row.declared:
            row.declared.delete()


def _ask_again(amendment: Amendment) -> None:
    for person in reads.joining_of(amendment):
        supported.objectives_proposed(person=person)


@transaction.atomic
def send(*, amendment: Amendment, by: User) -> Amendment:
    """What was prepared goes to the co-ordinator; refused while nothing would change."""
    terms.lock(amendment.placement)
    amendment = gate.move(amendment, "send", by=by, may=permissions.can_send, problems=lambda a: _ready(a, by))
    supported.ask_for_yes(placement=amendment.placement, by=by)
    emails.tell_asked(amendment, readers_of(amendment.placement, today()))
    return amendment


def _ready(amendment: Amendment, by: User) -> list[Problem]:
    """What is wrong with a change that is to be sent on."""
    if not reads.changes_of(amendment):
        return rules.nothing_changes()
    return _told(reads.problems_of(amendment, today()), amendment.placement, by)


def _begin(placement: Placement, kind: str, *, by: User, reason: str) -> Amendment:
    """A change that changes nothing yet, of the contract in force, with the AST's post and the placement held."""
    placement = terms.lock(placement)
    if placement.status not in PLACEMENT_UNDER_WAY:
        raise Refused([gate.out_of_turn(placement, AmendmentKind(kind).label)])
    if not permissions.can_ask(by, placement):
        raise PermissionDenied("change a contract in force")
    if another := reads.open_one(placement):
        raise Refused(rules.another_is_open(another.get_kind_display()))
    version = contract_in_force(placement)
    if version is None or placement.starts_on is None or placement.ends_on is None:
        raise Refused([Problem("There is no contract to change.", rule="R-8.12")])
    if not reason.strip():
        raise Refused([Problem("Say why it is needed.", "reason", "R-8.15")])
    first = AmendmentStatus.ASKED if kind == AmendmentKind.EXTENSION else AmendmentStatus.DRAFT
    amendment = Amendment(
        placement=placement, kind=kind, status=first, cites=version, asked_by=by, reason=reason.strip()
    )
    _set(amendment, {name: getattr(placement, name) for name in reads.TERMS})
    return amendment


def _set(amendment: Amendment, changed: dict[str, Any]) -> None:
    if unknown := set(changed) - set(reads.TERMS):
        raise TypeError(f"no terms: {sorted(unknown)}")
    for name, value in changed.items():
        setattr(amendment, name, tuple(value) if name == "work_types" else value)


def _store(amendment: Amendment) -> None:
    """With the objectives of the contract in force, to begin with."""
    _in_order(amendment)
    amendment.save()
    for each in amendment.placement.objectives.prefetch_related("people"):
        words = {name: getattr(each, name) for name in reads.OBJECTIVE}
        row = AmendedObjective.objects.create(amendment=amendment, objective=each, number=each.number, **words)
        row.people.set(each.people.all())


def _in_order(amendment: Amendment) -> None:
    """Dates out of order are said in words before the database refuses them."""
    if amendment.ends_on < amendment.starts_on:
        words = "The last day must be the same as or after the first day."
        raise Refused([Problem(words, "ends_on", "R-8.11")])


def _refuse_what_is_wrong(amendment: Amendment, by: User) -> None:
    """A draft may go beyond the AST's year, as the co-ordinator may allow it; what is asked of others may not."""
    found = _told(reads.problems_of(amendment, today()), amendment.placement, by)
    draft = amendment.status == AmendmentStatus.DRAFT or is_office(by)
    refuse(p for p in blocking(found) if not (draft and p.rule == "R-4.11"))


def _told(found: list[Problem], placement: Placement, by: User) -> list[Problem]:
    """A host head hears nothing of what the AST gives to others."""
    host_only = is_host_head(by, placement) and not is_office(by) and not is_ast_of(by, placement)
    return rules.no_budget(found) if host_only else found


def _prepared(amendment: Amendment, by: User) -> Amendment:
    terms.lock(amendment.placement)
    locked = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    if not permissions.can_prepare(by, locked):
        if permissions.can_ask(by, locked.placement):
            raise Refused([gate.out_of_turn(locked, "Change what it says")])
        raise PermissionDenied("prepare a change")
    if locked.is_extension:
        raise Refused([Problem("An extension changes days and dates only. Take it back and ask again.", rule="R-8.15")])
    return locked


def _asked(amendment: Amendment) -> dict[str, str]:
    return {"days": str(amendment.days), "until": str(amendment.ends_on)}

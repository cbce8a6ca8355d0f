"""The people supported: invited, confirmed, reminded, withdrawn (R-6.11, R-6.12).

They have no account and act through a link: then `by` is None.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from placements.placement.lifecycle import (
    PLACEMENT_BEFORE_CONTRACT,
    PLACEMENT_OPEN,
    PLACEMENT_PREPARING,
    PlacementStatus,
)
from placements.placement.models import Placement
from placements.placement.reads import readers_of
from placements.requests.lifecycle import StaffKind
from placements.supported import emails, permissions, reads, rules
from placements.supported.models import Confirmation, SupportedStaff
from placements.supported.reads import BY_LINK
from placements.supported.rules import Part
from staff.accounts.models import User

on_yes: list[Callable[[Placement], object]] = []
"""What later rooms do when somebody has said yes to the objectives, in its transaction."""


@transaction.atomic
def invite_everybody(*, placement: Placement, by: User) -> int:
    """N8, when the meeting is called: a link to everybody who can be sent one and has none yet; how many (R-6.11)."""
    unasked = placement.supported.taking_part().filter(link_sent_at=None)
    reachable = [person for person in unasked if person.has_own_form]
    for person in reachable:
        _send_link(person)
    if reachable:
        audit.record("supported staff: invited", placement, by=by, after={"people": [p.pk for p in reachable]})
    return len(reachable)


@transaction.atomic
def send_link(*, person: SupportedStaff, by: User) -> SupportedStaff:
    """Send a new link to the address that is known; the earlier ones stop. Not twice within minutes."""
    person = _locked(person)
    _look_after(person, by, "Send a link")
    if not person.has_own_form:
        raise Refused([Problem("There is no e-mail address to send a link to.", rule="R-6.11")])
    refuse(rules.not_called(is_called(person.placement)))
    refuse(rules.too_soon(person.link_sent_at, timezone.now()))
    _send_link(person)
    audit.record("supported staff: a new link sent", person.placement, by=by, after={"person": person.pk})
    return person


@transaction.atomic
def set_address(*, person: SupportedStaff, email: str, by: User) -> SupportedStaff:
    """Another address, or none: earlier links stop at once, and a new one goes to the new address."""
    person = _locked(person)
    _look_after(person, by, "Change the address")
    if email == person.email:
        return person
    emails.take_back(person)
    person.email = email
    person.link_version += 1
    person.save(update_fields=["email", "link_version"])
    audit.record("supported staff: e-mail address changed", person.placement, by=by, after={"person": person.pk})
    if person.has_own_form and is_called(person.placement):
        _send_link(person)
    return person


@transaction.atomic
def renew_link(*, person: SupportedStaff) -> Message | None:
    """Somebody came with a link that is too old: a fresh one goes to their own address, at most one a day."""
    person = _locked(person)
    if not person.has_own_form:
        return None
    return emails.renew(person, today())


@transaction.atomic
def confirm(
    *, person: SupportedStaff, part: Part, by: User | None = None, signed_on: date | None = None
) -> Confirmation:
    """Keep what a person's form says; the earlier forms stay as its history (R-6.11).

    `by` is whoever enters a paper, with the day on it; None is the person, through the link. Once the contract has
    gone out the commitments stand, and only the person's own goals change. Saving the same again changes nothing.
    """
    person = _locked(person)
    _take_part(person)
    latest = person.confirmations.last()
    if by is not None:
        _look_after(person, by, "Enter a confirmation")
        refuse(rules.paper_problems(signed_on, today=today(), speaks_for_themselves=bool(latest and latest.own)))
    if latest and person.placement.status not in PLACEMENT_BEFORE_CONTRACT:
        part = replace(part, agreed=tuple(latest.agreed))
    refuse(rules.part_problems(part))
    refuse(rules.not_called(is_called(person.placement)))
    _say_yes(person, part, by=by)
    if latest and latest.recorded_by == by and _says(latest, part) and latest.signed_on == signed_on:
        return latest
    kept = _keep(person, part, by=by, signed_on=signed_on)
    what = "confirmed" if latest is None else "own goals changed"
    audit.record(
        f"supported staff: {what} {'on paper' if by else BY_LINK}", person.placement, by=by, after={"person": person.pk}
    )
    return kept


@transaction.atomic
def withdraw(*, person: SupportedStaff, by: User | None = None) -> SupportedStaff:
    """A person withdraws, at any time and without a reason; host head and co-ordinator are told (R-6.12).

    A second call changes nothing. A contract that is out stands (docs/decisions/0007).
    """
    person = _locked(person)
    if by is not None:
        _look_after(person, by, "Record a withdrawal", withdrawn_too=True)
    if person.withdrew_on is not None:
        return person
    if person.placement.status not in PLACEMENT_OPEN:
        raise Refused([gate.out_of_turn(person.placement, "Withdraw")])
    person.withdrew_on = today()
    person.save(update_fields=["withdrew_on"])
    emails.take_back(person)
    how = "" if by else f" {BY_LINK}"
    audit.record(f"supported staff: one withdrew{how}", person.placement, by=by, after={"person": person.pk})
    left = person.placement.supported.taking_part().count()
    emails.tell_withdrawn(person, readers_of(person.placement, today()), left=left)
    return person


@transaction.atomic
def objectives_changed(*, placement: Placement, by: User | None) -> int:
    """Bring what each person has to say yes to up to date, and ask those anew whose objectives read differently.

    While the ten items are worked through nobody is asked: `ask_for_yes` does it when the protocol is confirmed. How
    many have been asked (R-8.11).
    """
    objectives = list(placement.objectives.prefetch_related("people"))
    for person in placement.supported.filter(joining=False):
        _concern(person, reads.digest_of(reads.concerning(objectives, person)))
    return 0 if placement.status in PLACEMENT_PREPARING else ask_for_yes(placement=placement, by=by)


def _concern(person: SupportedStaff, digest: str) -> None:
    if digest != person.concerned:
        emails.take_back(person)
        person.concerned = digest
        person.save(update_fields=["concerned"])


@transaction.atomic
def add(*, placement: Placement, facts: dict[str, Any], by: User) -> SupportedStaff:
    """Somebody whom a change of the contract would name is asked at once, as everybody was before the contract: the
    head has said how they were chosen, that they are willing and in no difficulty that forbids it (R-6.7, R-6.10)."""
    if not permissions.can_look_after_people(by, placement):
        raise PermissionDenied("add somebody to be supported")
    person = SupportedStaff.objects.create(placement=placement, joining=True, **facts)
    audit.record(
        "supported staff: one is to join, by a change of the contract", placement, by=by, after={"person": person.pk}
    )
    return person


@transaction.atomic
def objectives_proposed(*, person: SupportedStaff) -> None:
    """What somebody joining has to say yes to, as the change would have it. The first link goes with it."""
    _concern(person, reads.digest_of(reads.objectives_of(person)))
    if person.link_sent_at is None and person.has_own_form:
        person.asked_about, person.asked_at = person.concerned, timezone.now()
        person.save(update_fields=["asked_about", "asked_at"])
        _send_link(person)


@transaction.atomic
def let_in(*, person: SupportedStaff) -> None:
    """The changed contract is in force: from today on this person takes part."""
    person.joining, person.joined_on = False, today()
    person.save(update_fields=["joining", "joined_on"])


@transaction.atomic
def let_go(*, person: SupportedStaff) -> None:
    """Named no longer by a change of the contract, or not after all: nothing more is asked of them."""
    if person.withdrew_on is None:
        person.withdrew_on, person.taken_off = today(), True
        person.save(update_fields=["withdrew_on", "taken_off"])
        emails.take_back(person)


@transaction.atomic
def ask_for_yes(*, placement: Placement, by: User | None) -> int:
    """Send the objectives to everybody who has not said yes to them and was not asked before; how many (R-8.11)."""
    if placement.status not in PLACEMENT_OPEN or not is_called(placement):
        return 0
    asked = 0
    for person in placement.supported.owing_a_yes().exclude(asked_about=F("concerned")):
        person.asked_about, person.asked_at = person.concerned, timezone.now()
        person.save(update_fields=["asked_about", "asked_at"])
        if person.has_own_form and person.link_version:
            emails.ask_for_yes(person, today())
            asked += 1
    if asked:
        audit.record("supported staff: asked to say yes to the objectives", placement, by=by, after={"people": asked})
    return asked


def is_called(placement: Placement) -> bool:
    """The preliminary meeting has been called, or held: now people may be asked (R-6.11)."""
    return placement.meeting_called_for is not None or placement.status != PlacementStatus.PLANNED


def ask_everybody() -> int:
    """Nightly: those whose objectives have changed since the protocol was confirmed are asked; how many."""
    ripe = PLACEMENT_OPEN - {PlacementStatus.PLANNED, PlacementStatus.PRELIMINARY_HELD}
    owing = SupportedStaff.objects.owing_a_yes().exclude(asked_about=F("concerned"))
    found = Placement.objects.filter(status__in=ripe, pk__in=owing.values("placement")).with_people()
    return each(found, lambda placement: ask_for_yes(placement=placement, by=None))


def remind(*, today: date) -> int:
    """Remind those who have not confirmed, or not said yes, five and ten days after they were asked, once each; how
    many messages are new."""
    waiting = (
        SupportedStaff.objects.filter(
            Q(placement__status__in=PLACEMENT_BEFORE_CONTRACT) | Q(joining=True, placement__status__in=PLACEMENT_OPEN),
            confirmed_at=None,
            withdrew_on=None,
            link_sent_at__isnull=False,
        )
        .exclude(email="")
        .exclude(kind=StaffKind.GROUP)
        .select_related("placement__post__user", "placement__home", "placement__host")
    )
    owing = (
        SupportedStaff.objects.owing_a_yes()
        .filter(placement__status__in=PLACEMENT_OPEN, asked_about=F("concerned"), link_sent_at__isnull=False)
        .exclude(email="")
        .exclude(confirmed_at=None)
        .exclude(kind=StaffKind.GROUP)
        .select_related("placement__post__user", "placement__home", "placement__host")
    )
    asked = each(waiting, lambda person: _remind(person, today))
    return asked + each(owing, lambda person: _remind_of_yes(person, today))


def _remind(person: SupportedStaff, today: date) -> int:
    sent = timezone.localdate(person.link_sent_at)
    due = rules.reminder_due(sent, today)
    return emails.remind(person, due, today) if due else 0


def _remind_of_yes(person: SupportedStaff, today: date) -> int:
    due = rules.reminder_due(timezone.localdate(person.asked_at), today)
    return emails.remind(person, due, today, of=person.concerned[:12]) if due else 0


def _say_yes(person: SupportedStaff, part: Part, *, by: User | None) -> None:
    """Keep a yes to the objectives that were read; a later room may have waited for it."""
    if not part.yes or not person.owes_a_yes:
        return
    refuse(rules.overtaken(part.seen, person.concerned))
    person.yes_to, person.yes_at = person.concerned, timezone.now()
    person.save(update_fields=["yes_to", "yes_at"])
    how = "on paper" if by else BY_LINK
    words = f"supported staff: yes to the objectives {how}"
    audit.record(words, person.placement, by=by, after={"person": person.pk})
    for follow in on_yes:
        follow(person.placement)


def _send_link(person: SupportedStaff) -> None:
    emails.take_back(person)
    person.link_version += 1
    person.link_sent_at = timezone.now()
    person.save(update_fields=["link_version", "link_sent_at"])
    emails.invite(person, today())


def _keep(person: SupportedStaff, part: Part, *, by: User | None, signed_on: date | None) -> Confirmation:
    agreed: Any = part.agreed  # a set of codes: the field's own type is text
    kept = Confirmation.objects.create(
        person=person,
        agreed=agreed,
        development=part.development.strip(),
        gain=part.gain.strip(),
        recorded_by=by,
        signed_on=signed_on,
    )
    if person.confirmed_at is None:
        person.confirmed_at = kept.at
        person.save(update_fields=["confirmed_at"])
    return kept


def _says(kept: Confirmation, part: Part) -> bool:
    mine = (kept.development, kept.gain, set(kept.agreed))
    return mine == (part.development.strip(), part.gain.strip(), set(part.agreed))


def _take_part(person: SupportedStaff) -> None:
    if person.withdrew_on is not None:
        raise Refused([Problem("This person has withdrawn. Nothing more is asked of them.", rule="R-6.12")])
    if person.placement.status not in PLACEMENT_OPEN:
        raise Refused([gate.out_of_turn(person.placement, "Confirm")])


def _look_after(person: SupportedStaff, by: User, what: str, *, withdrawn_too: bool = False) -> None:
    if not permissions.can_look_after_people(by, person.placement):
        raise PermissionDenied(what)
    if person.withdrew_on is not None and not withdrawn_too:
        raise Refused([Problem("This person has withdrawn. Nothing more is asked of them.", rule="R-6.12")])
    if person.placement.status not in PLACEMENT_OPEN:
        raise Refused([gate.out_of_turn(person.placement, what)])


def _locked(person: SupportedStaff) -> SupportedStaff:
    """Fresh, with its row held: of two who save at once, the second sees what the first did."""
    rows = SupportedStaff.objects.select_for_update(of=("self",))
    return rows.select_related("placement__post__user", "placement__home", "placement__host").get(pk=person.pk)

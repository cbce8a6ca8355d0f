"""A school opens an AST post: asked for, discussed, decided, advertised, closed, corrected (R-1.4, R-1.7, R-2.1)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate, policy
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator
from staff.openings import emails, permissions, rules
from staff.openings.lifecycle import CORRECTIONS, DECIDED, LOOKING, OPENING, OpeningStatus
from staff.openings.models import Introduction, Opening, TalkOffer

LIVE = LOOKING | {OpeningStatus.SELECTED}
NOTHING_ADVERTISED = {"advertised_on": None, "advertised_in": "", "applicants": None}
NOTHING_DECIDED = {"governors_decided_on": None, "governors_minute": "", "responsible_for": ""}


@transaction.atomic
def ask(*, school: School, wanted: str, subject: str, reasons: Collection[str], by: User) -> Opening:
    """A school asks about employing an AST; the co-ordinator may enter it for the school (R-1.7, R-2.4)."""
    if not permissions.can_ask(by, school):
        raise PermissionDenied(say("ask about an AST post for this school"))
    refuse(rules.phase_problems(school.phase, policy.in_force().appointing_phases))
    new = Opening.objects.create(
        school=school, asked_on=today(), asked_by=by, **_asked(wanted=wanted, subject=subject, reasons=reasons)
    )
    audit.record("AST post asked about", new, by=by, after={"school": school.name, "subject": new.subject})
    return new


@transaction.atomic
def change(*, opening: Opening, wanted: str, subject: str, reasons: Collection[str], by: User) -> Opening:
    """What the school has in mind has changed, as long as nobody is named."""
    locked = _lock(opening, permissions.can_keep(by, opening))
    if locked.status not in LOOKING:
        raise Refused([gate.out_of_turn(locked, "Change")])
    return _write(locked, say("AST post changed"), _asked(wanted=wanted, subject=subject, reasons=reasons), by=by)


@transaction.atomic
def discuss(*, opening: Opening, discussed_on: date, informed: bool, by: User) -> Opening:
    """Log the first discussion with the school, and whether it has strategy and funding information (R-1.7).

    Said again, it corrects what was logged.
    """
    locked = _lock(opening, is_coordinator(by))
    refuse(
        rules.discussion_problems(
            discussed_on=discussed_on,
            asked_on=locked.asked_on,
            decided_on=locked.governors_decided_on,
            today=today(),
        )
    )
    return _move_or_correct(locked, "discuss", {"discussed_on": discussed_on, "informed": informed}, by=by)


@transaction.atomic
def decide(*, opening: Opening, decided_on: date | None, minute: str, responsible_for: str, by: User) -> Opening:
    """Record the governors' decision (R-1.4); said again before the post is held, it corrects what was recorded."""
    locked = _lock(opening, permissions.can_decide(by, opening))
    refuse(
        rules.decision_problems(
            decided_on=decided_on,
            minute=minute,
            responsible_for=responsible_for,
            today=today(),
            discussed_on=locked.discussed_on,
        )
    )
    said = {
        "governors_decided_on": decided_on,
        "governors_minute": minute.strip(),
        "responsible_for": " ".join(responsible_for.split()),
    }
    return _move_or_correct(locked, "approve", said, by=by)


@transaction.atomic
def advertise(
    *, opening: Opening, advertised_on: date, advertised_in: str, applicants: int | None, by: User
) -> Opening:
    """Record the advertisement, and how many applied once that is known; none is a result, too (R-2.1, R-14.5)."""
    locked = _lock(opening, permissions.can_keep(by, opening))
    if locked.status in LOOKING:
        refuse(rules.undecided_problems(locked.governors_decided_on))
    refuse(
        rules.advert_problems(
            advertised_on=advertised_on, where=advertised_in, decided_on=locked.governors_decided_on, today=today()
        )
    )
    said = {"advertised_on": advertised_on, "advertised_in": advertised_in.strip(), "applicants": applicants}
    return _move_or_correct(locked, "advertise", said, by=by)


@transaction.atomic
def close(*, opening: Opening, reason: str, by: User) -> Opening:
    """Nobody is looked for any more. Whoever is named is dealt with first."""
    locked = _lock(opening, permissions.can_keep(by, opening))
    refuse(rules.reason_problems(reason))
    if locked.status == OpeningStatus.SELECTED:
        words = "A candidate is named for this post. Close the candidature first, on the candidate’s page."
        raise Refused([Problem(words, "", "R-2.1", "candidate")])
    return gate.move(locked, "close", by=by, reason=reason.strip())


@transaction.atomic
def correct(*, opening: Opening, stage: str, reason: str, by: User) -> Opening:
    """R-2.1: the co-ordinator sets another stage, back or forward, and says why. R-1.4 holds all the same."""
    locked = _lock(opening, is_coordinator(by))
    refuse(rules.reason_problems(reason, "Enter why the stage is corrected"))
    name = CORRECTIONS.get(OpeningStatus(stage))
    if name is None:
        raise Refused([Problem("Select a stage that can be set here", "stage", "R-2.1", "stage")])
    forgotten: dict[str, Any] = {}
    if stage in DECIDED:
        refuse(rules.undecided_problems(locked.governors_decided_on))
    else:
        forgotten = {**NOTHING_DECIDED, **NOTHING_ADVERTISED}
    if locked.status == OpeningStatus.ADVERTISED:
        forgotten |= NOTHING_ADVERTISED
    if stage == OpeningStatus.ENQUIRY:
        forgotten |= {"discussed_on": None, "informed": False}
    before = {name: getattr(locked, name) for name in forgotten}
    gone = {_words(name): value for name, value in before.items() if value != forgotten[name]}
    moved = gate.move(locked, name, by=by, reason=reason.strip(), **forgotten)
    if gone:
        audit.record("AST post corrected", moved, by=by, reason=reason, before=gone)
    return moved


@transaction.atomic
def offer_talk(*, by: User) -> TalkOffer:
    """A head agrees to talk to other heads about practicalities such as cover (R-1.7). Twice is once."""
    offer, made = TalkOffer.objects.get_or_create(user=by, defaults={"since": today()})
    if made:
        audit.record("Agreed to talk to other heads", by, by=by)
    return offer


@transaction.atomic
def take_talk_back(*, by: User) -> None:
    """Nobody is introduced to this head from now on. Twice is once."""
    deleted, _ = TalkOffer.objects.filter(user=by).delete()
    if deleted:
        audit.record("Does not talk to other heads any more", by, by=by)


@transaction.atomic
def introduce(*, opening: Opening, colleague: RoleAssignment, by: User) -> Introduction:
    """Introduce the school to a head who agreed to talk: both get an e-mail (R-1.7). Twice is once."""
    locked = _lock(opening, is_coordinator(by))
    if locked.status not in LIVE:
        raise Refused([gate.out_of_turn(locked, "Introduce to another head")])
    if not TalkOffer.objects.filter(user=colleague.user).exists() or colleague.school is None:
        words = "This head does not talk to other heads any more. Choose another one."
        raise Refused([Problem(words, "colleague", "R-1.7", "no-offer")])
    if not emails.asking(locked.school, colleague.user):
        words = f"There is nobody to write to at {locked.school.name}. Enter its head or its address first."
        raise Refused([Problem(words, "colleague", "R-1.7", "nobody")])
    found, made = Introduction.objects.get_or_create(
        opening=locked, colleague=colleague.user, defaults={"school": colleague.school, "on": today()}
    )
    if made:
        audit.record("Introduced to another head", locked, by=by, after={"head": str(found)})
        emails.introduced(found)
    return found


@transaction.atomic
def opened_before(
    *, school: School, decided_on: date, minute: str, responsible_for: str, reason: str, by: User
) -> Opening:
    """A post that was opened before this service began, up to its candidate: every stage is walked, with the reason."""
    opening = Opening.objects.create(school=school)
    gate.move(opening, "discuss", by=by, may=_coordinates, reason=reason)
    gate.move(
        opening,
        "approve",
        by=by,
        may=_coordinates,
        reason=reason,
        governors_decided_on=decided_on,
        governors_minute=minute.strip(),
        responsible_for=responsible_for.strip(),
    )
    return gate.move(opening, "select", by=by, may=_coordinates, reason=reason)


def select(*, opening: Opening, by: User) -> Opening:
    """Somebody is named for the post, which the governors have decided on (R-1.4, R-2.1)."""
    if opening.status in LOOKING:
        refuse(rules.undecided_problems(opening.governors_decided_on))
    return gate.move(opening, "select", by=by, may=permissions.can_keep)


def look_again(*, opening: Opening, reason: str, by: User) -> Opening:
    """The candidate is out of it: the post is open as it was."""
    return gate.move(opening, "look_again", by=by, reason=reason)


def end(*, opening: Opening, reason: str, by: User | None) -> Opening:
    """The candidate is out of it, and nobody else is looked for."""
    return gate.move(opening, "close", by=by, reason=reason)


def fill(*, opening: Opening, reason: str, by: User | None) -> Opening:
    """The candidate is in post."""
    return gate.move(opening, "fill", by=by, reason=reason)


def unfill(*, opening: Opening, reason: str, by: User) -> Opening:
    """The candidate is not in post after all, and still is the candidate (R-2.1)."""
    return gate.move(opening, "unfill", by=by, may=_coordinates, reason=reason)


def correct_decision(*, opening: Opening, said: dict[str, Any], reason: str, by: User) -> Opening:
    """What was recorded of the decision on a post that is held was wrong (R-1.4, R-2.1)."""
    return _write(_lock(opening, is_coordinator(by)), "Governors’ decision corrected", said, by=by, reason=reason)


def _coordinates(user: User, opening: Opening) -> bool:
    return is_coordinator(user)


def _asked(*, wanted: str, subject: str, reasons: Collection[str]) -> dict[str, Any]:
    return {"wanted": wanted.strip(), "subject": subject, "reasons": tuple(reasons)}


def _lock(opening: Opening, allowed: bool) -> Opening:
    if not allowed:
        raise PermissionDenied(say("move this AST post"))
    return Opening.objects.select_for_update(of=("self",)).select_related("school").get(pk=opening.pk)


def _move_or_correct(opening: Opening, name: str, said: dict[str, Any], *, by: User) -> Opening:
    """The move, where it is its turn; after it, and as long as nobody holds the post, a correction of its facts."""
    arrow = OPENING.get(name)
    if opening.status in arrow.sources:
        return gate.move(opening, name, by=by, **said)
    known = name == "discuss" or any(getattr(opening, field) for field in said)
    if opening.status not in LIVE or not known:
        raise Refused([gate.out_of_turn(opening, arrow.label)])
    return _write(opening, f"{arrow.label}: corrected", said, by=by)


def _write(opening: Opening, verb: str, said: dict[str, Any], *, by: User, reason: str = "") -> Opening:
    before = {name: getattr(opening, name) for name in said}
    changed = [name for name in said if before[name] != said[name]]
    if changed:
        for name in changed:
            setattr(opening, name, said[name])
        opening.save(update_fields=changed)
        old, new = ({_words(n): _plain(row[n]) for n in changed} for row in (before, said))
        audit.record(verb, opening, by=by, reason=reason, before=old, after=new)
    return opening


def _words(name: str) -> str:
    return str(Opening._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value

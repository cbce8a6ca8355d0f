"""What can happen to a request before a match is proposed (R-5.6, R-5.7, R-6.1 to R-6.10, requirements E)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit, gate, outbox, policy
from astcoord.core.clock import today
from astcoord.core.problems import Refused, refuse
from placements.matching.lifecycle import MatchStatus
from placements.priorities.rules import FIELD as PRIORITIES
from placements.requests import emails, permissions, reads, rules
from placements.requests.lifecycle import Ending, RequestStatus, Route
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.requests.querysets import HEADS_OWN_ROUTES
from schools.register.models import School
from schools.succession.reads import stands_now
from staff.accounts.models import RoleAssignment, User

COPIED = [a for a in OutreachRequest.ANSWERS if a not in OutreachRequest.ONLY_THIS_TIME | {PRIORITIES}]
"""What "request again" takes over as it stands; of the priorities those that still run."""
PERSON = (
    *("name", "kind", "email", "selection"),
    *("willing_to_develop", "willing_to_continue", "head_agrees", "situation"),
)


def heads_of(school: School) -> list[User]:
    """The headteachers who can be written to and can confirm; one query."""
    found = RoleAssignment.objects.heads_of(school, today()).select_related("user")
    return [assignment.user for assignment in found]


@transaction.atomic
def start(*, host: School, by: User, route: str = Route.ONLINE) -> OutreachRequest:
    """A new draft; an untouched one of the same person for the same school is taken up again (a double click)."""
    School.objects.select_for_update(of=("self",)).get(pk=host.pk)
    settings = policy.in_force()
    refuse(rules.host_problems(host, reads.host_on(host, today(), for_good=True), settings))
    blank = OutreachRequest.objects.filter(
        host=host, created_by=by, status=RequestStatus.DRAFT, subject="", again_from=None
    ).first()
    if blank is None:
        return OutreachRequest.objects.create(host=host, created_by=by, route=route)
    if blank.route != route:
        blank.route = route
        blank.save(update_fields=["route"])
    return blank


@transaction.atomic
def start_again(*, last: OutreachRequest, by: User) -> OutreachRequest:
    """A draft with the answers and people of `last`; dates and exclusions are asked anew. Twice gives the same one.

    It is for the school that has followed, where the one that asked has closed (R-17.6).
    """
    if not permissions.can_send_request(by, last):
        raise PermissionDenied("request again")
    OutreachRequest.objects.select_for_update(of=("self",)).get(pk=last.pk)
    found = OutreachRequest.objects.filter(again_from=last, created_by=by, status=RequestStatus.DRAFT).first()
    if found is not None:
        return found
    answers = {name: getattr(last, name) for name in COPIED}
    draft = OutreachRequest.objects.create(host=stands_now(last.host), created_by=by, again_from=last, **answers)
    draft.priorities.set(last.priorities.running(today()))
    difficulty = policy.in_force().teacher_difficulty
    RequestedStaff.objects.bulk_create(
        RequestedStaff(request=draft, **{name: getattr(row, name) for name in PERSON})
        for row in last.staff.all()
        if all(p.code == "missing" for p in rules.person_problems(row, difficulty))
    )
    return draft


@transaction.atomic
def answer(*, request: OutreachRequest, by: User, answers: dict[str, Any]) -> OutreachRequest:
    """Write some answers. After the draft stage the change goes into the audit trail, with what it was before."""
    locked = _editable(request, by)
    before = {name: _held(locked, name) for name in answers}
    changed = {name: value for name, value in answers.items() if before[name] != value}
    if not changed:
        return locked
    fields = [name for name in changed if name != PRIORITIES]
    for name in fields:
        setattr(locked, name, changed[name])
    locked.save(update_fields=fields)
    if PRIORITIES in changed:
        locked.priorities.set(changed[PRIORITIES])
    if locked.status != RequestStatus.DRAFT:
        audit.record(
            "request: answers changed", locked, by=by, before=_told(before, changed), after=_told(changed, changed)
        )
    return locked


def _held(request: OutreachRequest, name: str) -> Any:
    """An answer as it is stored; the linked priorities as a list in the list's order."""
    return list(request.priorities.all()) if name == PRIORITIES else getattr(request, name)


def _told(answers: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """For the audit trail: priorities by their names."""
    return {n: [str(each) for each in answers[n]] if n == PRIORITIES else answers[n] for n in names}


@transaction.atomic
def put_person(
    *, request: OutreachRequest, by: User, facts: dict[str, Any], person: RequestedStaff | None = None
) -> RequestedStaff:
    """Add a person, or change one (R-6.7, R-6.10). What was declared never goes into the audit trail."""
    locked = _editable(request, by)
    row = person or RequestedStaff(request=locked)
    for name in PERSON:
        setattr(row, name, facts[name])
    refuse(rules.person_problems(row, policy.in_force().teacher_difficulty))
    row.save()
    if locked.status != RequestStatus.DRAFT:
        audit.record("request: people changed", locked, by=by)
    return row


@transaction.atomic
def remove_person(*, request: OutreachRequest, by: User, person: RequestedStaff) -> None:
    """Take a person off the request, declaration and all."""
    locked = _editable(request, by)
    person.delete()
    if locked.status != RequestStatus.DRAFT:
        audit.record("request: people changed", locked, by=by)


def _editable(request: OutreachRequest, by: User) -> OutreachRequest:
    locked = OutreachRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not permissions.can_edit_request(by, locked):
        raise Refused([gate.out_of_turn(locked, "Change the answers")])
    return locked


@transaction.atomic
def send(*, request: OutreachRequest, by: User) -> OutreachRequest:
    """The head sends a draft, or sends a returned request again; everything is checked once more (R-6.1, R-6.2)."""
    return _send(request, "submit", by)


@transaction.atomic
def confirm(*, request: OutreachRequest, by: User) -> OutreachRequest:
    """The head makes a request of the office the school's own (R-5.7)."""
    return _send(request, "confirm", by, sent_at=request.submitted_at)


def _send(request: OutreachRequest, arrow: str, by: User, *, sent_at: datetime | None = None) -> OutreachRequest:
    """`sent_at`: when it was sent before, by which it keeps its place in the queue."""
    moved = gate.move(
        request,
        arrow,
        by=by,
        may=permissions.can_send_request,
        problems=lambda locked: reads.problems_of(locked, today=today()),
        submitted_at=sent_at or timezone.now(),
        confirmed_by=by,
        ending="",
        ending_note="",
        look_again_on=None,
    )
    emails.sent(moved)
    return moved


@transaction.atomic
def unsend(*, request: OutreachRequest, by: User) -> OutreachRequest:
    """The head takes it back to change it, while the co-ordinator has not taken it up (R-20.13).

    One that the office entered waits again for the head to confirm; the head's own is a draft again. Sent anew, it
    stands in the queue by the new day.
    """
    office = request.route not in HEADS_OWN_ROUTES
    moved = gate.move(
        request,
        "unconfirm" if office else "unsend",
        by=by,
        may=permissions.can_send_request,
        submitted_at=None,
        confirmed_by=None,
    )
    outbox.cancel_about(moved)
    emails.taken_back(moved)
    return moved


@transaction.atomic
def enter(*, request: OutreachRequest, by: User) -> OutreachRequest:
    """The office asks the head to confirm what it has written down (R-5.6, N3)."""
    moved = gate.move(
        request,
        "enter",
        by=by,
        may=permissions.can_enter_request,
        problems=lambda locked: reads.entry_problems(locked, today=today()),
    )
    emails.confirm_asked(moved)
    return moved


@transaction.atomic
def ask_head_to_finish(*, request: OutreachRequest, by: User) -> bool:
    """Hand an unfinished draft to the school's head; False if the school has no head with an account."""
    locked = _editable(request, by)
    if not permissions.can_enter_request(by, locked):
        raise PermissionDenied("ask the head to finish")
    refuse(rules.missing(reads.answers_of(locked), {"subject"}))
    if emails.finish_asked(locked, told_by="Somebody at your school"):
        audit.record("request: headteacher asked to finish the draft", locked, by=by)
    return bool(heads_of(locked.host))


@transaction.atomic
def pass_on(*, by: User, school: School, subject: str, words: str) -> OutreachRequest:
    """An AST was asked directly: that makes a draft for the school's head, never a placement (R-5.7)."""
    settings = policy.in_force()
    homes = set(by.posts.in_post(today()).values_list("home_id", flat=True))
    host = reads.host_on(school, today(), for_good=True)
    refuse([*rules.at_home(school.pk, homes), *rules.host_problems(school, host, settings)])
    School.objects.select_for_update(of=("self",)).get(pk=school.pk)
    draft, created = OutreachRequest.objects.get_or_create(
        host=school,
        created_by=by,
        status=RequestStatus.DRAFT,
        route=Route.DIRECT,
        subject=subject,
        need=words,
    )
    if created:
        audit.record("request: passed on by an AST", draft, by=by)
        emails.finish_asked(draft, told_by=by.name)
        emails.passed_on(draft, told_by=by.name, head_told=bool(heads_of(school)))
    return draft


def forget_declarations(request: OutreachRequest) -> None:
    """What was said of people in confidence goes when the request ends: only the outcome is kept (R-6.7)."""
    request.staff.update(situation="", consents=False)
    OutreachRequest.objects.filter(pk=request.pk).update(realism="", realism_by=None)


@transaction.atomic
def withdraw(*, request: OutreachRequest, by: User, ending: str, note: str = "") -> OutreachRequest:
    """The head takes the request back; whatever was being asked of others about it is taken back too.

    Where an AST has agreed to give some of the days, that placement stays, and only the rest is withdrawn (R-7.8).
    """
    locked = OutreachRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    was_draft, part_found = locked.status == RequestStatus.DRAFT, locked.days_found > 0
    arrow = "withdraw_rest" if part_found else "withdraw"
    reason = f"{Ending(ending).label}. {note}".strip()
    moved = gate.move(
        request, arrow, by=by, may=permissions.can_withdraw_request, reason=reason, ending=ending, ending_note=note
    )
    if not part_found:
        forget_declarations(moved)
    outbox.cancel_about(moved)
    for match in moved.matches.filter(status=MatchStatus.PROPOSED):
        gate.move(match, "cancel", by=None, reason="The school withdrew its request")
        outbox.cancel_about(match)
    if part_found:
        emails.rest_withdrawn(moved)
    elif not was_draft:
        emails.withdrawn(moved)
    return moved

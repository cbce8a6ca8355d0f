"""Whose a request is in the office, and whose it is at all when the wrong school was written down (R-20.3)."""

from collections.abc import Iterable

from django.db import transaction

from astcoord.core import audit, gate, outbox, policy
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import refuse
from placements.requests import emails, reads, rules
from placements.requests.models import OutreachRequest
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator, is_office, owns_cases


@transaction.atomic
def hand_over(*, requests: Iterable[OutreachRequest], owner: User | None, by: User) -> int:
    """Give requests to somebody in the office, or to nobody; how many have changed hands. Each with its audit row."""
    require(is_office(by), "hand over a request")
    refuse(rules.owner_problems(owner is None or owns_cases(owner)))
    keys = [request.pk for request in requests]
    found = OutreachRequest.objects.select_for_update(of=("self",)).filter(pk__in=keys).exclude(owner=owner)
    moved = list(found.exclude(owner=None).order_by("pk") if owner is None else found.order_by("pk"))
    for request in moved:
        before, request.owner = request.owner, owner
        request.save(update_fields=["owner"])
        after = {"looked after by": owner.name if owner else ""}
        told = {"looked after by": before.name if before else ""}
        audit.record("request: handed over", request, by=by, before=told, after=after)
    return len(moved)


@transaction.atomic
def correct_school(*, request: OutreachRequest, school: School, reason: str, by: User) -> OutreachRequest:
    """The request is another school's, while no AST has been asked and nothing is signed; both heads are told.

    It keeps its place in the queue. Unless whoever confirmed it heads the right school, too, that school's headteacher
    confirms it first (R-5.7).
    """
    require(is_coordinator(by), "correct the school of a request")
    held = OutreachRequest.objects.select_for_update(of=("self",)).select_related("host", "confirmed_by")
    locked = held.get(pk=request.pk)
    was, confirmed = locked.host, locked.confirmed_by
    refuse(
        [
            *rules.school_corrections(locked.status, locked.days_found, reason, same=school == was),
            *rules.host_problems(school, reads.host_on(school, locked.wanted_from or today()), policy.in_force()),
        ]
    )
    outbox.cancel_about(locked)
    locked.host = school
    locked.save(update_fields=["host"])
    audit.record(
        "request: school corrected",
        locked,
        by=by,
        reason=reason,
        before={"school": was.name},
        after={"school": school.name},
    )
    if confirmed and not heads(confirmed, school.pk):
        gate.move(locked, "reconfirm", by=by, may=is_coordinator, reason=reason, confirmed_by=None)
    emails.school_corrected(locked, was)
    return locked

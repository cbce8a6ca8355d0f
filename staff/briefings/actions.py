"""Briefing sessions: held, moved, cancelled; places booked, given back, passed on (R-2.21)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator
from staff.briefings import emails, permissions, rules
from staff.briefings.lifecycle import BookingStatus
from staff.briefings.models import Booking, Briefing

SAID = ("title", "on", "hours", "place", "places")
MOVES = ("on", "hours", "place")
"""Of these, everybody who comes is told."""


@transaction.atomic
def save(
    *, briefing: Briefing | None = None, title: str, on: date, hours: str, place: str, places: int, by: User
) -> Briefing:
    """Add a session, or change one: all are told of another day, time or place; more places go to those who wait."""
    _require(by)
    row = _locked(briefing) if briefing else Briefing()
    _refuse_cancelled(row)
    said = {"title": title.strip(), "on": on, "hours": hours.strip(), "place": place.strip(), "places": places}
    before = {name: getattr(row, name) for name in SAID} if briefing else {}
    changed = [name for name in SAID if before.get(name) != said[name]]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, said[name])
    taken = _taken(row) if briefing else 0
    refuse(rules.session_problems(row, taken=taken, today=today()))
    row.save()
    event = audit.record(
        "briefing: changed" if briefing else "briefing: added",
        row,
        by=by,
        before={name: before[name] for name in changed if briefing},
        after={name: said[name] for name in changed},
    )
    if briefing and set(changed) & set(MOVES):
        emails.moved(row, version=event.pk)
    if briefing:
        _pass_on(row)
    return row


@transaction.atomic
def cancel(*, briefing: Briefing, reason: str, by: User) -> Briefing:
    """The session does not take place; everybody who has a place, or waits for one, is told."""
    _require(by)
    row = _locked(briefing)
    _refuse_cancelled(row)
    if not reason.strip():
        raise Refused([Problem("Enter why it is cancelled", "reason", "R-2.21", "reason")])
    row.cancelled_on, row.cancelled_because = today(), " ".join(reason.split())
    row.save(update_fields=["cancelled_on", "cancelled_because"])
    audit.record("briefing: cancelled", row, by=by, reason=reason.strip())
    emails.cancelled(row)
    return row


@transaction.atomic
def book(*, briefing: Briefing, school: School, attends: str, name: str, email: str, by: User) -> Booking:
    """A head books a place, for the own person or a teacher of the school; a full session puts on the waiting list.

    The session is locked first, so that its last place is given once.
    """
    if not heads(by, school.pk):
        raise PermissionDenied("book a place")
    row = _locked(briefing)
    others = row.bookings.open()
    refuse(rules.booking_problems(row, others, name=name, email=email, today=today()))
    full = row.places <= _taken(row) or others.filter(status=BookingStatus.WAITING).exists()
    new: Booking = Booking.objects.create(
        briefing=row,
        school=school,
        status=BookingStatus.WAITING if full else BookingStatus.BOOKED,
        attends=attends,
        name=" ".join(name.split()),
        email=email.strip(),
        booked_by=by,
    )
    audit.record("briefing place: booked", new, by=by, after={"state": new.get_status_display()})
    emails.booked(new)
    return new


@transaction.atomic
def give_back(*, booking: Booking, by: User) -> Booking:
    """Whoever was to come does not; the place goes to the first who waits, who is told."""
    row = _locked(booking.briefing)
    moved = gate.move(booking, "cancel", by=by, may=permissions.can_give_back)
    if row.cancelled_on is None and row.on >= today():
        _pass_on(row)
    return moved


def _pass_on(row: Briefing) -> None:
    """Places that are free go to those who have waited longest."""
    free = row.places - _taken(row)
    for booking in row.bookings.waiting().select_related("booked_by", "school", "briefing")[: max(free, 0)]:
        emails.place_came_free(gate.move(booking, "give", by=None, reason="A place came free"))


def _taken(row: Briefing) -> int:
    return row.bookings.filter(status=BookingStatus.BOOKED).count()


def _locked(row: Briefing) -> Briefing:
    found: Briefing = Briefing.objects.select_for_update().get(pk=row.pk)
    return found


def _refuse_cancelled(row: Briefing) -> None:
    if row.cancelled_on is not None:
        raise Refused([Problem("This session is cancelled", "", "R-2.21", "cancelled")])


def _require(by: Any) -> None:
    if not is_coordinator(by):
        raise PermissionDenied("keep briefing sessions")

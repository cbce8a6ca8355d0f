"""What follows a school that closed is said once, and everything of it goes over in one step (R-17.6)."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from schools.register.models import School
from schools.succession import rules
from schools.succession.events import WHAT_GOES
from schools.succession.models import Succession
from schools.succession.permissions import can_settle
from schools.succession.reads import answer_of, handings

if TYPE_CHECKING:
    from staff.accounts.models import User


@transaction.atomic
def settle(
    *, school: School, successor: School | None, on: date, by: "User", instead_of: Succession | None = None
) -> Succession:
    """Say which school follows from a day on, or that none does, and move what goes over.

    The same answer again moves what could not go before, and otherwise changes nothing. Another answer must say which
    one it puts right (`instead_of`): what went to the wrong school then goes on from there, and only that.
    """
    if not can_settle(by):
        raise PermissionDenied
    place, other = _locked(school, successor)
    before = answer_of(place)
    if before is not None and before.successor_id == (other.pk if other else None):
        return _again(before, by=by)
    if (before.pk if before else None) != (instead_of.pk if instead_of else None):
        raise Refused([Problem("Somebody else has just said what follows this school. Look at the page again.")])
    refuse(problems_of(school=place, successor=other, on=on))
    if before is not None:
        before.replaced = True
        before.save(update_fields=["replaced"])
    record = Succession.objects.create(school=place, successor=other, on=on)
    _said(record, before, by=by)
    _audit(record, by=by, before=before)
    return record


def problems_of(*, school: School, successor: School | None, on: date | None = None) -> list[Problem]:
    """Why this cannot be said; without a day, of the schools alone."""
    found = rules.school_problems(school, for_good=successor is None)
    if successor is not None:
        found += rules.successor_problems(school, successor)
    return found or (rules.day_problems(school, successor, on=on, today=today()) if on else [])


def _locked(school: School, successor: School | None) -> tuple[School, School | None]:
    """Both, in one order for everybody: of two at once, the second waits here."""
    keys = {school.pk} | ({successor.pk} if successor else set())
    found = {each.pk: each for each in School.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return found[school.pk], found[successor.pk] if successor else None


def _said(record: Succession, before: Succession | None, *, by: "User") -> None:
    """Move what goes over with this answer, as the page has listed it."""
    for each in handings(record.school, record.successor, record.on, before):
        if each.to is not None:
            WHAT_GOES.carry(replace(each, record=record), by=by)


def _again(record: Succession, *, by: "User") -> Succession:
    count = record.rows.count()
    _said(record, None, by=by)
    if record.rows.count() != count:
        _audit(record, by=by)
    return record


def _audit(record: Succession, *, by: "User", before: Succession | None = None) -> None:
    """In the history of the school that closed, of its successor, and of one that was wrong."""
    words = record.successor.name if record.successor else "Closed for good"
    facts = {"school": record.school.name, "follows": words, "from": record.on, "went over": record.rows.count()}
    was = {"follows": before.successor.name if before.successor else "Closed for good"} if before else {}
    wrong = before.successor if before else None
    for each in {record.school, record.successor, wrong} - {None}:
        audit.record("What follows the school was said", each, by=by, before=was, after=facts)

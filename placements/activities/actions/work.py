"""Work outside placements is recorded, corrected and called off (R-4.8, R-6.14).

The AST's post is locked first; what counts stands in the ledger, and whatever changes is a reversal and a new entry.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, policy
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from placements.activities import permissions, rules
from placements.activities.lifecycle import TimeSource
from placements.activities.models import Activity, InreachAgreement
from placements.activities.reads import own_choice_left
from placements.balances.reads import uses
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.days.rules.balance import over_budget, overdrawn
from schools.calendar import reads as calendar
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.posts.models import Post


@dataclass(frozen=True)
class Details:
    """What was done, when, for how long; whose time and why are for inreach alone."""

    kind: str
    on: date
    days: Decimal
    what: str
    where: str = ""
    category: str = ""
    time_source: str = ""
    exceptional_reason: str = ""


@transaction.atomic
def record(*, post: Post, details: Details, by: User, overdraw_reason: str = "") -> tuple[Activity, list[Problem]]:
    """Enter one day or part of one; with what to think about. Refused where the year has no days left (R-4.11)."""
    if not permissions.can_record(by, post):
        raise PermissionDenied(say("record work outside placements"))
    ledger.lock(post)
    activity = Activity(post=post, recorded_by=by)
    found = _store(activity, details, by=by, overdraw_reason=overdraw_reason)
    audit.record("other work: recorded", activity, by=by, reason=overdraw_reason, after=_facts(activity))
    return activity, found


@transaction.atomic
def correct(*, activity: Activity, details: Details, by: User, overdraw_reason: str = "") -> list[Problem]:
    """Put an entry right: the ledger gets the difference."""
    activity = _locked(activity, by)
    before = _facts(activity)
    found = _store(activity, details, by=by, overdraw_reason=overdraw_reason)
    audit.record(
        "other work: corrected", activity, by=by, reason=overdraw_reason, before=before, after=_facts(activity)
    )
    return found


@transaction.atomic
def cancel(*, activity: Activity, reason: str, by: User) -> Activity:
    """Call an entry off: its time goes back to the year, and it stays on the list with the reason."""
    activity = _locked(activity, by)
    if not reason.strip():
        raise Refused([Problem("Say why it is called off", "reason", "R-6.14", "reason")])
    activity.cancelled_on, activity.cancelled_reason = today(), reason.strip()
    activity.save(update_fields=["cancelled_on", "cancelled_reason"])
    _stand(activity, by=by, reason="called off")
    audit.record("other work: called off", activity, by=by, reason=reason, before=_facts(activity))
    return activity


def _locked(activity: Activity, by: User) -> Activity:
    ledger.lock(activity.post)
    activity = Activity.objects.select_related("post__user", "post__home").get(pk=activity.pk)
    if activity.cancelled_on is not None:
        raise Refused([Problem("This entry has been called off. Reload the page to see why.", code="out-of-turn")])
    if not permissions.can_change(by, activity):
        raise PermissionDenied(say("change work outside placements"))
    return activity


def _store(activity: Activity, details: Details, *, by: User, overdraw_reason: str) -> list[Problem]:
    """Fill in, judge, save, and have the ledger stand so. Returns the warnings."""
    post, year = activity.post, calendar.year_on(details.on)
    named = uses.names(year) if year else []
    for name in ("kind", "on", "days", "time_source"):
        setattr(activity, name, getattr(details, name))
    activity.what, activity.where = details.what.strip(), details.where.strip()
    activity.exceptional_reason = details.exceptional_reason.strip() if activity.is_inreach else ""
    activity.time_source = details.time_source if activity.is_inreach else ""
    activity.basis = _basis(activity) if activity.is_inreach else ""
    activity.counts = rules.counts(activity, divided=bool(named))
    activity.category = details.category if details.category in named else rules.usual_use(details.kind, named)
    left = own_choice_left(post, details.on, apart_from=activity)
    found = rules.entry_problems(activity, year_known=year is not None, own_choice_left=left)
    if year is not None and activity.counts:
        found += _room(activity, year, "" if not is_coordinator(by) else overdraw_reason)
    refuse(found)
    activity.save()
    _stand(activity, by=by, reason=overdraw_reason or activity.what)
    return found


def _basis(activity: Activity) -> str:
    agreed = InreachAgreement.objects.filter(post=activity.post).agreed_on(activity.on).exists()
    in_category = bool(activity.post.home.category_on(activity.on))
    return rules.basis_of(
        in_category=in_category,
        agreed=agreed,
        reason=activity.exceptional_reason,
        of_outreach_time=activity.time_source == TimeSource.OUTREACH,
        inreach_counts=policy.in_force(activity.on).inreach_counts,
    )


def _room(activity: Activity, year: AcademicYear, overdraw_reason: str) -> list[Problem]:
    """R-4.11: the year refuses, its use warns; what the entry itself takes already is not counted against it."""
    mine = _held(activity, year)
    found = overdrawn(uses.use_of(activity.post, year, activity.category), activity.days - mine)
    if not overdraw_reason.strip():
        found += over_budget(ledger.balance(activity.post, year).remaining + mine, activity.days)
    return found


def _held(activity: Activity, year: AcademicYear) -> Decimal:
    if activity.pk is None:
        return Decimal(0)
    rows = LedgerEntry.objects.filter(source=_source(activity), year=year)
    return sum(rows.values_list("days", flat=True), Decimal(0))


def _source(activity: Activity) -> str:
    return f"activity {activity.pk}"


def _stand(activity: Activity, *, by: User, reason: str) -> None:
    year = calendar.year_on(activity.on)
    counted = year is not None and activity.counts and activity.cancelled_on is None
    for kind, here in (
        (LedgerEntry.Kind.INREACH, activity.is_inreach),
        (LedgerEntry.Kind.ACTIVITY, not activity.is_inreach),
    ):
        wanted = {(year.pk, activity.category): activity.days} if year and counted and here else {}
        ledger.stand(kind, activity.post, _source(activity), wanted, on=activity.on, by=by, reason=reason)


def _facts(activity: Activity) -> dict[str, object]:
    names = ("kind", "on", "days", "what", "category", "time_source", "basis", "counts")
    return {name: getattr(activity, name) for name in names}

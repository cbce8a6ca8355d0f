"""Attainment figures: entered, corrected, taken away, and which of two counts (R-11.10). All are audited."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.turns import one_after_the_other
from evaluation.results import permissions, rules
from evaluation.results.lifecycle import Source
from evaluation.results.models import AttainmentResult
from evaluation.results.wording import figure_words
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import is_office

TURN = "results"
"""Who enters, corrects or loads figures waits for whoever does so: of two with the same figure the second finds it."""


@transaction.atomic
def enter(
    *,
    school: School,
    subject: str,
    measure: str,
    year: int,
    value: Decimal,
    cohort: int | None = None,
    source: str = Source.OWN,
    by: User,
) -> AttainmentResult:
    """One figure of a school. One that differs from what is there stands beside it; the same from the same source is
    refused. A head enters the school's own figures, whatever `source` says."""
    if not permissions.can_enter(by, school):
        raise PermissionDenied("enter results")
    one_after_the_other(TURN)
    source = source if is_office(by) else Source.OWN
    row = AttainmentResult(
        school=school, subject=subject, measure=measure, year=year, value=value, cohort=cohort, source=source
    )
    refuse(rules.result_problems(row, latest=today().year))
    same = AttainmentResult.objects.filter(school=school, subject=subject, measure=measure, year=year, source=source)
    if same.filter(value=value).exists():
        raise Refused([Problem("This figure is there already", "value", rules.RULE, "twice")])
    row.entered_by = by
    row.save()
    audit.record("result: entered", row, by=by, after=_told(row))
    return row


@transaction.atomic
def correct(*, result: AttainmentResult, value: Decimal, cohort: int | None, reason: str, by: User) -> AttainmentResult:
    """Another figure or number of pupils in its place; what was there stays in its history. One that was chosen is
    chosen no longer when its figure changes: it is another figure."""
    one_after_the_other(TURN)
    row = _kept(result, by)
    before = _told(row)
    changes = row.value != value
    row.value, row.cohort = value, cohort
    after = _told(row)
    if before == after:
        return row
    refuse([*rules.result_problems(row, latest=today().year), *_unsaid(reason, "why it is corrected")])
    others = AttainmentResult.objects.exclude(pk=row.pk).filter(
        area=row.area,
        school=row.school,
        subject=row.subject,
        measure=row.measure,
        year=row.year,
        source=row.source,
        value=value,
    )
    if others.exists():
        raise Refused([Problem("This figure is there already, from the same source", "value", rules.RULE, "twice")])
    if changes:
        row.chosen_by, row.chosen_at, row.chosen_reason = None, None, ""
    row.save()
    audit.record("result: corrected", row, by=by, reason=reason.strip(), before=before, after=after)
    return row


@transaction.atomic
def take_away(*, result: AttainmentResult, reason: str, by: User) -> None:
    """It was entered by mistake; the audit trail keeps what it said, and why it went."""
    row = _kept(result, by)
    refuse(_unsaid(reason, "why it is taken away"))
    audit.record("result: taken away", row, by=by, reason=reason.strip(), before=_told(row))
    row.delete()


@transaction.atomic
def choose(*, result: AttainmentResult, reason: str, by: User) -> AttainmentResult:
    """Of figures that differ this one counts; another that was chosen before does no longer."""
    row, beside = _with_others(result, by)
    refuse(_unsaid(reason, "why this figure counts"))
    if all(other.value == row.value for other in beside):
        raise Refused([Problem("No other figure differs from this one: it counts already", "", rules.RULE, "alone")])
    nobody = {"chosen_by": None, "chosen_at": None, "chosen_reason": ""}
    AttainmentResult.objects.filter(pk__in=[other.pk for other in beside]).update(**nobody)
    row.chosen_by, row.chosen_at, row.chosen_reason = by, timezone.now(), " ".join(reason.split())
    row.save(update_fields=["chosen_by", "chosen_at", "chosen_reason"])
    told = {figure_words(other.value, other.unit): other.get_source_display() for other in beside}
    audit.record("result: chosen", row, by=by, reason=reason.strip(), before=told, after=_told(row))
    return row


@transaction.atomic
def undo_choice(*, result: AttainmentResult, by: User) -> AttainmentResult:
    """Nothing is decided any more, and none of the figures counts. A second call changes nothing."""
    row, _ = _with_others(result, by)
    if row.chosen_at is not None:
        row.chosen_by, row.chosen_at, row.chosen_reason = None, None, ""
        row.save(update_fields=["chosen_by", "chosen_at", "chosen_reason"])
        audit.record("result: choice undone", row, by=by)
    return row


def _kept(result: AttainmentResult, by: User) -> AttainmentResult:
    row = _locked(result)
    if not permissions.can_keep(by, row):
        raise PermissionDenied("keep results")
    return row


def _with_others(result: AttainmentResult, by: User) -> tuple[AttainmentResult, list[AttainmentResult]]:
    """The row and those for the same, all locked, so that of two who choose at once the second overrules the first."""
    if not permissions.can_decide(by):
        raise PermissionDenied("decide which result counts")
    held = list(AttainmentResult.objects.same_as(result).select_for_update(of=("self",)))
    row = next((each for each in held if each.pk == result.pk), None)
    if row is None:
        raise Refused([Problem("This figure has been taken away meanwhile", "", rules.RULE, "gone")])
    return row, [each for each in held if each.pk != result.pk]


def _locked(result: AttainmentResult) -> AttainmentResult:
    found = AttainmentResult.objects.select_for_update(of=("self",)).filter(pk=result.pk).first()
    if found is None:
        raise Refused([Problem("This figure has been taken away meanwhile", "", rules.RULE, "gone")])
    return found


def _unsaid(reason: str, what: str) -> list[Problem]:
    return [] if reason.strip() else [Problem(f"Enter {what}", "reason", rules.RULE, "reason")]


def _told(row: AttainmentResult) -> dict[str, Any]:
    """What it says, as its history shows it."""
    return {
        "school": row.whose,
        "subject": row.of,
        "measure": str(row.get_measure_display()),
        "year": row.year,
        "figure": figure_words(row.value, row.unit),
        "number of pupils": row.cohort,
        "source": str(row.get_source_display()),
    }

"""Writes to the school calendar, each with its audit event, or not at all."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from astcoord.core import audit
from astcoord.core.problems import refuse
from schools.calendar import rules
from schools.calendar.lifecycle import ClosureKind, Season
from schools.calendar.models import AcademicYear, Closure, HalfTerm, Term
from schools.calendar.rules import Days
from schools.calendar.years import YearPlan, season_year

if TYPE_CHECKING:
    from staff.accounts.models import User

on_year_saved: list[Callable[[AcademicYear], object]] = []
"""What the floors above do when a year is entered or changed: ASTs get its days at once, not with the next hour."""


@transaction.atomic
def save_year(plan: YearPlan, *, by: "User | None") -> AcademicYear:
    """Write a year with its three terms and six half-terms, all or nothing; its training days are added."""
    span, halves = plan.as_days()
    others = AcademicYear.objects.select_for_update().exclude(slug=plan.slug)
    refuse([*rules.calendar_problems(span, halves), *rules.year_overlap_problems(span, others)])
    year, created = AcademicYear.objects.update_or_create(
        slug=plan.slug, defaults={"starts_on": plan.first, "ends_on": plan.last}
    )
    for season in Season:
        _save_term(year, season, plan)
    _save_training_days(plan)
    audit.record(
        f"Calendar of {plan.slug} {'entered' if created else 'changed'}",
        year,
        by=by,
        after={half.key: [half.first, half.last] for half in plan.halves},
    )
    for tell in on_year_saved:
        tell(year)
    return year


@transaction.atomic
def add_closure(*, kind: str, name: str, starts_on: date, ends_on: date, by: "User") -> Closure:
    """Record days on which schools do not teach; refused where it overlaps with another."""
    others = Closure.objects.select_for_update().touching(starts_on, ends_on)
    refuse(rules.closure_problems(Days("The closure", starts_on, ends_on), others))
    closure = Closure.objects.create(kind=kind, name=name, starts_on=starts_on, ends_on=ends_on)
    audit.record("Closed days recorded", closure, by=by, after={"first day": starts_on, "last day": ends_on})
    return closure


@transaction.atomic
def remove_closure(closure: Closure, *, by: "User") -> None:
    """Schools teach on these days after all."""
    before = {"first day": closure.starts_on, "last day": closure.ends_on, "what for": str(closure)}
    audit.record("Closed days removed", closure, by=by, before=before)
    closure.delete()


def _save_term(year: AcademicYear, season: Season, plan: YearPlan) -> None:
    halves = plan.season(season)
    calendar_year = season_year(plan.slug, season)
    slug = f"{season}-{calendar_year}"
    term, _ = Term.objects.update_or_create(
        year=year,
        season=season,
        defaults={
            "slug": slug,
            "name": f"{season.label} term {calendar_year}",
            "starts_on": halves[0].first,
            "ends_on": halves[-1].last,
        },
    )
    for half in halves:
        HalfTerm.objects.update_or_create(
            term=term,
            number=half.number,
            defaults={"slug": f"{slug}-{half.number}", "starts_on": half.first, "ends_on": half.last},
        )


def _save_training_days(plan: YearPlan) -> None:
    """A plan that names training days replaces those without a name of the year; what people have named stays."""
    if plan.insets:
        unnamed = Closure.objects.filter(kind=ClosureKind.INSET, name="")
        unnamed.touching(plan.first, plan.last).exclude(starts_on__in=plan.insets).delete()
    for day in plan.insets:
        if not Closure.objects.on(day).exists():
            Closure.objects.create(starts_on=day, ends_on=day)

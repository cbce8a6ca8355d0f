"""Planning outreach days: one, a series, another date, and calling one off."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import OFFICE, Role
from placements import policy
from placements.actions import days as actions
from placements.forms.days import CancelDayForm, ChangeDayForm, DayForm, SeriesForm, share_of
from placements.lifecycle import DAY_OPEN
from placements.models import OutreachDay, Placement
from placements.reports.days import day_book, series
from placements.rules.time import date_words
from schools import calendar


@access(Role.AST, OFFICE)
def day_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan one day."""
    placement = _placement(request, pk)
    form = DayForm(request.POST or None, initial=_usual(placement))
    if request.method == "POST" and form.is_valid():
        try:
            day = actions.plan_day(placement=placement, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, f"{date_words(day.on)} is planned.")
            _warn_of_short_notice(request, day)
            return _to_diary(placement)
    return render(request, "placements/days/plan.html", {"form": form, "placement": placement})


@access(Role.AST, OFFICE)
def day_series(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a run of weeks, look at the dates that come of it, then save exactly those."""
    placement = _placement(request, pk)
    form = SeriesForm(request.POST or None, placement=placement, initial=_usual_series(placement))
    context: dict[str, Any] = {"form": form, "placement": placement}
    if request.method == "POST" and "change" not in request.POST and form.is_valid():
        chosen = form.cleaned_data
        if "save" in request.POST:
            if planned := _save_series(form, placement, request.user):
                messages.success(request, f"{len(planned)} day{'' if len(planned) == 1 else 's'} planned.")
                return _to_diary(placement)
        else:
            span = {key: chosen[key] for key in ("first", "last", "weekday", "days")}
            found = series(placement, **span)
            context |= {"found": found, "dates": [c.on for c in found if not c.left_out], "chosen": chosen}
            return render(request, "placements/days/series_preview.html", context)
    return render(request, "placements/days/series.html", context)


def _save_series(form: SeriesForm, placement: Placement, by: Any) -> list[OutreachDay]:
    """The dates that the preview showed, or none and the reason on the form."""
    chosen = form.cleaned_data
    try:
        return actions.plan_series(
            placement=placement, dates=chosen["dates"], days=chosen["days"], venue=chosen["venue"], by=by
        )
    except Refused as refusal:
        add_to_form(form, refusal.problems)
        return []


@access(Role.AST, OFFICE)
def day_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another date, length or place for a planned day."""
    day = _day(request, pk)
    if not policy.can_plan_day(request.user, day):
        raise PermissionDenied
    initial = {"on": day.on, "days": share_of(day.days), "venue": day.venue, "note": day.note}
    form = ChangeDayForm(request.POST or None, initial=initial)
    form.fields["days"].allow(day.days)
    if request.method == "POST" and form.is_valid():
        try:
            day = actions.change_day(day=day, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, f"The day is now on {date_words(day.on)}.")
            return _to_diary(day.placement)
    return render(request, "placements/days/change.html", {"form": form, "day": day, "placement": day.placement})


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def day_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a day off, with side and reason."""
    day = _day(request, pk)
    if not policy.can_cancel_day(request.user, day):
        raise PermissionDenied
    form = CancelDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_day(day=day, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, f"{date_words(day.on)} is cancelled. Its time is free again.")
            return _to_diary(day.placement)
    return render(request, "placements/days/cancel.html", {"form": form, "day": day, "placement": day.placement})


def _placement(request: HttpRequest, pk: int) -> Placement:
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    if not policy.can_plan_day(request.user, placement):
        raise PermissionDenied
    return placement


def _day(request: HttpRequest, pk: int) -> OutreachDay:
    """A day that has neither happened nor been called off."""
    days = OutreachDay.objects.filter(status__in=DAY_OPEN)
    days = days.filter(placement__in=Placement.objects.visible_to(request.user))
    return get_object_or_404(days.select_related("placement__post__user", "placement__host", "placement__home"), pk=pk)


def _usual(placement: Placement) -> dict[str, Any]:
    return {"days": share_of(placement.day_share), "venue": OutreachDay.Venue.HOST}


def _usual_series(placement: Placement) -> dict[str, Any]:
    first = max(placement.starts_on or today(), today())
    return {**_usual(placement), "first": first, "last": placement.ends_on, "weekday": placement.weekday}


def _warn_of_short_notice(request: HttpRequest, day: OutreachDay) -> None:
    if calendar.known(day.on):
        for problem in day_book(day.placement, today(), day.on).notice(day.on, today()):
            messages.warning(request, problem.message)


def _to_diary(placement: Placement) -> HttpResponse:
    return redirect("evaluation:placement_diary", pk=placement.pk)

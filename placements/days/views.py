"""Outreach days: the office’s list, planning, confirming, calling off, and what happens on each (R-10.1)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import counted, date_words, plural
from astcoord.ui.lists import FilteredList
from placements.days import permissions
from placements.days.actions import days as days_actions
from placements.days.actions import parts
from placements.days.filters import DayFilter
from placements.days.forms import CancelDayForm, ChangeDayForm, DayForm, PartsForm, SeriesForm, share_of
from placements.days.lifecycle import DAY_OPEN
from placements.days.models import OutreachDay
from placements.days.reads import parts as parts_reads
from placements.days.reads.days import day_book, series
from placements.days.tables import DayTable
from placements.placement import permissions as placement_permissions
from placements.placement.models import Placement
from schools.calendar import reads as calendar


@access(OFFICE, Role.OFFICER)
class DayList(FilteredList):
    """Planned, delivered, cancelled by whom, and not written up; as a file too (R-10.9, R-14.7)."""

    table_class = DayTable
    filterset_class = DayFilter
    title = "Outreach days"
    csv_name = "outreach-days"

    def get_queryset(self) -> QuerySet[OutreachDay]:
        return OutreachDay.objects.select_related("placement__post__user", "placement__host")


@access(Role.HEADTEACHER)
@require_POST
def day_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one planned day at the head's own school."""
    hosted = OutreachDay.objects.filter(placement__host_id__in=request.user.schools_as(Role.HEADTEACHER))
    day = get_object_or_404(hosted.select_related("placement"), pk=pk)
    try:
        days_actions.confirm_day(day=day, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{date_words(day.on)} is confirmed.")
    return redirect("evaluation:placement_diary", pk=day.placement_id)


@access(Role.AST, OFFICE)
def day_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan one day."""
    placement = _placement(request, pk)
    form = DayForm(request.POST or None, initial=_usual(placement))
    if request.method == "POST" and form.is_valid():
        try:
            day = days_actions.plan_day(placement=placement, by=request.user, **form.cleaned_data)
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
                messages.success(request, f"{counted(len(planned), 'day')} planned.")
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
        return days_actions.plan_series(
            placement=placement, dates=chosen["dates"], days=chosen["days"], venue=chosen["venue"], by=by
        )
    except Refused as refusal:
        add_to_form(form, refusal.problems)
        return []


@access(Role.AST, OFFICE)
def day_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another date, length or place for a planned day."""
    day = _day(request, pk)
    if not permissions.can_plan_day(request.user, day):
        raise PermissionDenied
    initial = {"on": day.on, "days": share_of(day.days), "venue": day.venue, "note": day.note}
    form = ChangeDayForm(request.POST or None, initial=initial)
    form.fields["days"].allow(day.days)
    if request.method == "POST" and form.is_valid():
        try:
            day = days_actions.change_day(day=day, by=request.user, **form.cleaned_data)
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
    if not permissions.can_cancel_day(request.user, day):
        raise PermissionDenied
    form = CancelDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            days_actions.cancel_day(day=day, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, f"{date_words(day.on)} is cancelled. Its time is free again.")
            return _to_diary(day.placement)
    return render(request, "placements/days/cancel.html", {"form": form, "day": day, "placement": day.placement})


def _placement(request: HttpRequest, pk: int) -> Placement:
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    if not permissions.can_plan_day(request.user, placement):
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


@access(Role.AST, Role.HEADTEACHER, OFFICE, Role.CONSULTANT)
@require_safe
def day_parts(request: HttpRequest, pk: int) -> HttpResponse:
    """One day's plan, read."""
    day = _day_with_parts(request, pk)
    context = {"day": day, "placement": day.placement, "plan": parts_reads.day_plan(day, request.user, today())}
    return render(request, "placements/days/parts.html", context)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def day_parts_change(request: HttpRequest, pk: int) -> HttpResponse:
    """One day's plan, written: the plan that stands, or one to begin with."""
    day = _day_with_parts(request, pk)
    if not permissions.can_plan_parts(request.user, day):
        raise PermissionDenied
    if not parts_reads.is_ahead(day, today()):
        return redirect("placements:day_parts", pk=day.pk)
    start, taken_from = parts_reads.start_of(day)
    others = parts_reads.without_plan(day, today()).count()
    form = PartsForm(request.POST or None, day=day, start=start, others=others)
    overtaken = False
    if request.method == "POST" and form.is_valid():
        try:
            planned = _save(form, day, request.user)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
            overtaken = any(problem.code == "overtaken" for problem in refusal.problems)
        else:
            more = len(planned) - 1
            also = f" {counted(more, 'other day')} now {plural(more, 'has', 'have')} it too."
            messages.success(request, f"The plan is saved.{also if more else ''}")
            return redirect("placements:day_parts", pk=day.pk)
    context = {"form": form, "day": day, "placement": day.placement, "from": taken_from, "overtaken": overtaken}
    return render(request, "placements/days/parts_change.html", context)


def _save(form: PartsForm, day: OutreachDay, by: Any) -> list[OutreachDay]:
    data = form.cleaned_data
    return parts.plan_parts(
        day=day, parts=form.parts(), seen=data["seen"], by=by, for_others=data.get("for_others", False)
    )


def _day_with_parts(request: HttpRequest, pk: int) -> OutreachDay:
    """A day of a placement that this person reads whole, with its plan."""
    visible = OutreachDay.objects.filter(placement__in=Placement.objects.visible_to(request.user))
    found = parts_reads.with_parts(
        visible.select_related("placement__post__user", "placement__host", "placement__home")
    )
    day = get_object_or_404(found, pk=pk)
    if not placement_permissions.reads_whole(request.user, day.placement):
        raise PermissionDenied
    return day

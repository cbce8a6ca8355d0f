"""Outreach days: the office’s list, planning, confirming, calling off, and what happens on each (R-10.1)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import counted, date_words, days_words, plural
from astcoord.core.words import say
from astcoord.ui.forms import GovForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, sent, submit
from astcoord.ui.templatetags.govuk import day as day_words
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
from placements.placement.reads import way_to_host
from schools.calendar import reads as calendar
from staff.accounts.models import User

DIARY = "evaluation:placement_diary"


@access(OFFICE, Role.OFFICER)
class DayList(FilteredList):
    """Planned, delivered, cancelled by whom, and not written up; as a file too (R-10.9, R-14.7)."""

    table_class = DayTable
    filterset_class = DayFilter
    title = "Outreach days"
    csv_name = "outreach-days"

    def get_queryset(self) -> QuerySet[OutreachDay]:
        return OutreachDay.objects.select_related("placement__post__user", "placement__host")

    def get_table_kwargs(self) -> dict[str, Any]:
        """Officers read sums: that a day was cancelled and by which side, not what somebody wrote of it (section G)."""
        return {} if self.request.user.has_role(*OFFICE) else {"exclude": ("cancelled_reason",)}


@access(Role.AST, OFFICE)
def day_plan(request: Request, pk: int) -> HttpResponse:
    """Plan one day."""
    placement = _placement(request, pk)
    form = DayForm(sent(request), initial=_usual(placement))
    if done := submit(form, lambda data: days_actions.plan_day(placement=placement, by=request.user, **data)):
        messages.success(request, f"{date_words(done.result.on)} is planned.")
        _warn_of_short_notice(request, done.result)
        return _to_diary(placement)
    several = ("Plan the same weekday for several weeks", "placements:day_series", pk)
    lead = _span_words(placement)
    return _form_page(request, placement, form, title="Plan an outreach day", lead=lead, after=several)


@access(Role.AST, OFFICE)
def day_series(request: Request, pk: int) -> HttpResponse:
    """Choose a run of weeks, look at the dates that come of it, then save exactly those."""
    placement = _placement(request, pk)
    form = SeriesForm(sent(request), placement=placement, initial=_usual_series(placement))
    if "save" in request.POST:
        if done := submit(form, lambda data: _plan_series(placement, request.user, data)):
            messages.success(request, f"{counted(len(done.result), 'day')} planned.")
            return _to_diary(placement)
    elif "change" not in request.POST and form.is_valid():
        chosen = form.cleaned_data
        found = series(placement, **{key: chosen[key] for key in ("first", "last", "weekday", "days")})
        dates = [each.on for each in found if not each.left_out]
        context = {"form": form, "placement": placement, "found": found, "dates": dates, "chosen": chosen}
        return render(request, "placements/days/series_preview.html", context)
    lead = (
        "You see every date before anything is saved. Holidays, training days and weeks that are already full are "
        "left out."
    )
    heading = "Plan the same weekday for several weeks"
    return _form_page(request, placement, form, title="Plan several weeks", heading=heading, lead=lead)


def _plan_series(placement: Placement, by: User, chosen: dict[str, Any]) -> list[OutreachDay]:
    """The dates that the preview showed."""
    return days_actions.plan_series(
        placement=placement, dates=chosen["dates"], days=chosen["days"], venue=chosen["venue"], by=by
    )


@access(Role.AST, OFFICE)
def day_change(request: Request, pk: int) -> HttpResponse:
    """Another date, length or place for a planned day."""
    day = _day(request, pk)
    if not permissions.can_plan_day(request.user, day):
        raise PermissionDenied
    initial = {"on": day.on, "days": share_of(day.days), "venue": day.venue, "note": day.note}
    form = ChangeDayForm(sent(request), initial=initial)
    length: Any = form.fields["days"]
    length.allow(day.days)
    if done := submit(form, lambda data: days_actions.change_day(day=day, by=request.user, **data)):
        messages.success(request, f"The day is now on {date_words(done.result.on)}.")
        return _to_diary(day.placement)
    heading = format_html("Change the day of {}", day_words(day.on))
    instead = ("Cancel this day instead", "placements:day_cancel", pk)
    return _form_page(request, day.placement, form, title="Change an outreach day", heading=heading, after=instead)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def day_cancel(request: Request, pk: int) -> HttpResponse:
    """Call a day off, with side and reason."""
    day = _day(request, pk)
    if not permissions.can_cancel_day(request.user, day):
        raise PermissionDenied
    form = CancelDayForm(sent(request))
    if submit(form, lambda data: days_actions.cancel_day(day=day, by=request.user, **data)):
        messages.success(request, f"{date_words(day.on)} is cancelled. Its time is free again.")
        return _to_diary(day.placement)
    where = "at the host school" if day.venue == OutreachDay.Venue.HOST else say("at the AST’s own school")
    return _form_page(
        request,
        day.placement,
        form,
        title="Cancel an outreach day",
        heading=format_html("Cancel the day of {}", day_words(day.on)),
        lead=(
            f"{days_words(day.days)} {where}. The time goes back to {say('the placement')}, and the other side is told."
        ),
        after=("Keep the day", DIARY, day.placement_id),
    )


def _placement(request: Request, pk: int) -> Placement:
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    if not permissions.can_plan_day(request.user, placement):
        raise PermissionDenied
    return placement


def _day(request: Request, pk: int) -> OutreachDay:
    """A day that has neither happened nor been called off."""
    days = OutreachDay.objects.filter(status__in=DAY_OPEN)
    days = days.filter(placement__in=Placement.objects.visible_to(request.user))
    return get_object_or_404(days.select_related("placement__post__user", "placement__host", "placement__home"), pk=pk)


def _usual(placement: Placement) -> dict[str, Any]:
    return {"days": share_of(placement.day_share), "venue": OutreachDay.Venue.HOST}


def _usual_series(placement: Placement) -> dict[str, Any]:
    first = max(placement.starts_on or today(), today())
    return {**_usual(placement), "first": first, "last": placement.ends_on, "weekday": placement.weekday}


def _warn_of_short_notice(request: Request, day: OutreachDay) -> None:
    if calendar.known(day.on):
        for problem in day_book(day.placement, today(), day.on).notice(day.on, today()):
            messages.warning(request, problem.message)


def _to_diary(placement: Placement) -> HttpResponse:
    return redirect(DIARY, placement.pk)


def _span_words(placement: Placement) -> str:
    if not (placement.starts_on and placement.ends_on):
        return ""
    first, last = day_words(placement.starts_on), day_words(placement.ends_on)
    return format_html("The contract runs from {} to {}.", first, last)


def _form_page(request: Request, placement: Placement, form: GovForm, **page: Any) -> HttpResponse:
    """The page of a form that leads back to the diary."""
    caption = f"{placement.post.user.name} at {placement.host.name}"
    back = ("Back to the diary", DIARY, placement.pk)
    return form_page(request, form, caption=caption, back=back, placement=placement, **page)


@access(Role.AST, Role.HEADTEACHER, OFFICE, Role.CONSULTANT)
@require_safe
def day_parts(request: Request, pk: int) -> HttpResponse:
    """One day's plan, read."""
    day = _day_with_parts(request, pk)
    there = day.venue == OutreachDay.Venue.HOST
    context = {
        "day": day,
        "placement": day.placement,
        "plan": parts_reads.day_plan(day, request.user, today()),
        "host": way_to_host(day.placement, request.user, today()) if there else [],
    }
    return render(request, "placements/days/parts.html", context)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def day_parts_change(request: Request, pk: int) -> HttpResponse:
    """One day's plan, written: the plan that stands, or one to begin with."""
    day = _day_with_parts(request, pk)
    if not permissions.can_plan_parts(request.user, day):
        raise PermissionDenied
    if not parts_reads.is_ahead(day, today()):
        return redirect("placements:day_parts", pk=day.pk)
    start, taken_from = parts_reads.start_of(day)
    others = parts_reads.without_plan(day, today()).count()
    form = PartsForm(sent(request), day=day, start=start, others=others)
    if done := submit(form, lambda _: _save(form, day, request.user)):
        more = len(done.result) - 1
        also = f" {counted(more, 'other day')} now {plural(more, 'has', 'have')} it too."
        messages.success(request, f"The plan is saved.{also if more else ''}")
        return redirect("placements:day_parts", pk=day.pk)
    more_context = {"day": day, "from": taken_from, "overtaken": form.has_error(NON_FIELD_ERRORS, "overtaken")}
    title, template = "Plan what happens on the day", "placements/days/parts_change.html"
    return _form_page(request, day.placement, form, title=title, template=template, **more_context)


def _save(form: PartsForm, day: OutreachDay, by: User) -> list[OutreachDay]:
    data = form.cleaned_data
    return parts.plan_parts(
        day=day, parts=form.parts(), seen=data["seen"], by=by, for_others=data.get("for_others", False)
    )


def _day_with_parts(request: Request, pk: int) -> OutreachDay:
    """A day of a placement that this person reads whole, with its plan."""
    visible = OutreachDay.objects.filter(placement__in=Placement.objects.visible_to(request.user))
    found = parts_reads.with_parts(
        visible.select_related("placement__post__user", "placement__host", "placement__home")
    )
    day = get_object_or_404(found, pk=pk)
    if not placement_permissions.reads_whole(request.user, day.placement):
        raise PermissionDenied
    return day

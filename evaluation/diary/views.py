"""The AST's diary: the year, a placement's days, writing up a day. Heads and the office read the same pages."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.problems import Problem
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import date_words
from astcoord.ui.submit import form_page, sent, submit
from astcoord.ui.templatetags.govuk import day as day_words
from evaluation.diary import actions, permissions, reads
from evaluation.diary.forms import CorrectForm, EntryForm
from evaluation.diary.lifecycle import DiaryStatus
from evaluation.diary.models import DiaryEntry
from placements.days.lifecycle import DAY_OPEN, DayStatus
from placements.days.models import OutreachDay
from placements.days.reads.parts import day_plan
from placements.days.rules.days import not_under_way
from placements.placement.lifecycle import PLACEMENT_OPEN, PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from schools.calendar import reads as calendar
from staff.accounts.models import User


@access(Role.AST)
def diary(request: Request) -> HttpResponse:
    """The AST's own year over all placements; a long one by the half-term (`?half=2`)."""
    now = today()
    year = calendar.year_on(now)
    found = reads.of_person(request.user, year, now) if year else None
    mine = _writable(request.user)
    shown = found.half(request.GET.get("half", ""), now) if found else None
    return render(request, "evaluation/diary/diary.html", {"diary": found, "shown": shown, "placements": mine})


@access(Role.AST, Role.HEADTEACHER, OFFICE, Role.CONSULTANT)
def entry(request: Request, pk: int) -> HttpResponse:
    """One entry, read."""
    found = get_object_or_404(_entries(request.user).submitted(), pk=pk)
    page = reads.entry_page(found, request.user)
    plan = day_plan(found.day, request.user, today())
    context = {"page": page, "entry": found, "placement": found.day.placement, "plan": plan}
    return render(request, "evaluation/diary/entry.html", context)


@access(Role.AST)
def write_up_choose(request: Request) -> HttpResponse:
    """Where was the outreach day? Answered already where there is only one placement."""
    mine = _writable(request.user)
    if len(mine) == 1:
        return redirect("evaluation:write_up", pk=mine[0].pk)
    return render(request, "evaluation/diary/write_up_choose.html", {"placements": mine})


@access(Role.AST, OFFICE)
def write_up(request: Request, pk: int) -> HttpResponse:
    """Write up an outreach day, planned or not."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    if not permissions.can_write_diary(request.user, placement):
        raise PermissionDenied
    waiting = placement.outreach_days.filter(on=today(), status__in=DAY_OPEN).first()
    return _write(request, placement, waiting)


@access(Role.AST, OFFICE)
def write_up_day(request: Request, pk: int) -> HttpResponse:
    """Write up a planned day, or go on with its draft."""
    visible = OutreachDay.objects.filter(placement__in=Placement.objects.visible_to(request.user))
    related = ("placement__post__user", "placement__host", "placement__home")
    day = get_object_or_404(visible.select_related(*related), pk=pk)
    if not permissions.can_write_diary(request.user, day.placement):
        raise PermissionDenied
    if day.status == DayStatus.CANCELLED:
        raise Http404
    if day.status == DayStatus.DONE:
        return redirect("evaluation:placement_diary", pk=day.placement_id)
    return _write(request, day.placement, day)


@access(Role.AST, OFFICE)
def entry_correct(request: Request, pk: int) -> HttpResponse:
    """Change a submitted entry while its term is open; once it is closed, one asks (R-10.8)."""
    found = get_object_or_404(_entries(request.user).submitted(), pk=pk)
    if permissions.can_ask_correction(request.user, found):
        return redirect("evaluation:correction_ask", pk=pk)
    if not permissions.can_edit_entry(request.user, found):
        raise PermissionDenied
    placement = found.day.placement
    form = CorrectForm(sent(request), placement=placement, entry=found, today=today(), day=found.day)
    told = {"entry": found, "by": request.user}
    if submit(
        form, lambda data: actions.correct_entry(held=form.held(), telling=form.telling(), why=data["why"], **told)
    ):
        messages.success(request, "Your changes are saved.")
        return redirect("evaluation:entry", pk=found.pk)
    lead = (
        "If the day was written up on the wrong date, change the date and say why. What you change is recorded, with "
        "what stood there before. If you change the date, the length or the place, the time is counted anew and the "
        "host headteacher is told."
    )
    return form_page(
        request,
        form,
        title="Correct a diary entry",
        heading=format_html("Correct the entry of {}", day_words(found.day.on)),
        caption=placement.host.name,
        back=("Back to the entry", "evaluation:entry", pk),
        lead=lead,
    )


def _write(request: Request, placement: Placement, day: OutreachDay | None) -> HttpResponse:
    """The one short page, for a day that nobody planned, a planned one and a draft alike."""
    answers = sent(request)
    if answers is None and (closed := _closed(placement)):
        return render(request, "evaluation/diary/no_more_days.html", {"placement": placement, "problems": closed})
    draft = _draft(request.user, day)
    form = EntryForm(answers, placement=placement, entry=draft, today=today(), day=day)
    act: Any = actions.save_draft if "draft" in request.POST else actions.submit_entry
    told = {"placement": placement, "draft": draft, "by": request.user}
    if done := submit(form, lambda _: act(held=form.held(), telling=form.telling(), **told)):
        return _after(request, done.result)
    return form_page(
        request,
        form,
        title="Finish the outreach day" if draft else "Write up an outreach day",
        caption=placement.host.name,
        back=("Back to the diary", "evaluation:placement_diary", placement.pk),
        template="evaluation/diary/write_up.html",
        plan=day_plan(day, request.user, today()) if day else None,
    )


def _closed(placement: Placement) -> list[Problem]:
    """Why no day of a placement that is over can be written up any more."""
    if placement.status in PLACEMENT_OPEN:
        return []
    return not_under_way(placement, placement.ended_on or today(), preliminary_held=True)


def _after(request: Request, saved: DiaryEntry) -> HttpResponse:
    when = date_words(saved.day.on)
    if saved.status == DiaryStatus.DRAFT:
        messages.success(request, f"Your draft of {when} is saved. Its time counts once you submit it.")
        return redirect("evaluation:placement_diary", pk=saved.day.placement_id)
    messages.success(request, f"The outreach day of {when} is in the diary.")
    return redirect("evaluation:entry", pk=saved.pk)


def _draft(user: User, day: OutreachDay | None) -> DiaryEntry | None:
    if day is None:
        return None
    return DiaryEntry.objects.filter(day=day, author=user, status=DiaryStatus.DRAFT).first()


def _entries(user: User) -> Any:
    related = ("day__placement__post__user", "day__placement__host", "day__placement__home", "author")
    return DiaryEntry.objects.visible_to(user).select_related(*related)


def _writable(user: User) -> list[Placement]:
    mine = Placement.objects.filter(post__user=user, status__in=PLACEMENT_UNDER_WAY)
    return list(mine.with_people().order_by("host__name_key"))

"""Corrections of closed entries: the AST asks, the co-ordinator answers (R-10.8)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, sent, submit
from astcoord.ui.templatetags.govuk import day as day_words
from evaluation.corrections import actions
from evaluation.corrections.filters import CorrectionFilter
from evaluation.corrections.forms import AnswerForm, AskForm
from evaluation.corrections.models import Correction
from evaluation.corrections.permissions import can_withdraw
from evaluation.corrections.reads import correction_page
from evaluation.corrections.tables import CorrectionTable
from evaluation.diary.models import DiaryEntry
from evaluation.diary.permissions import can_ask_correction, can_write_diary
from staff.accounts.models import User


@access(Role.AST, OFFICE)
class CorrectionList(FilteredList):
    """The office's queue; an AST's own."""

    table_class = CorrectionTable
    filterset_class = CorrectionFilter
    title = "Corrections of the diary"
    csv_name = "corrections"
    few = 10

    def get_queryset(self) -> QuerySet[Correction]:
        return _visible(self.request.user)


@access(Role.AST, Role.HEADTEACHER, OFFICE)
def correction(request: Request, pk: int) -> HttpResponse:
    """What was asked for, and what became of it."""
    found = get_object_or_404(_visible(request.user), pk=pk)
    page = correction_page(found, request.user)
    context = {"page": page, "correction": found, "day": found.entry.day, "placement": found.entry.day.placement}
    return render(request, "evaluation/corrections/correction.html", context)


@access(Role.AST, OFFICE)
def correction_ask(request: Request, pk: int) -> HttpResponse:
    """The entry as it should be, and why; `pk` is the entry's."""
    related = ("day__placement__post__user", "day__placement__host", "day__placement__home")
    entries = DiaryEntry.objects.visible_to(request.user).submitted().select_related(*related)
    entry = get_object_or_404(entries, pk=pk)
    if not can_write_diary(request.user, entry.day.placement):
        raise PermissionDenied
    if not can_ask_correction(request.user, entry):
        return redirect("evaluation:entry", pk=pk)
    form = AskForm(sent(request), placement=entry.day.placement, entry=entry, today=today(), day=entry.day)
    if done := submit(form, lambda data: _ask(form, entry, data["why"], request.user)):
        messages.success(request, say("The co-ordinator has been asked. The entry stays as it is until then."))
        return redirect(done.result)
    lead = say(
        "The term is closed, so only the co-ordinator can change this entry. Change below what is wrong, and say why."
    )
    return form_page(
        request,
        form,
        title="Ask for a correction",
        heading=format_html("Ask for a correction of {}", day_words(entry.day.on)),
        caption=entry.day.placement.host.name,
        back=("Back to the entry", "evaluation:entry", pk),
        lead=lead,
    )


@access(Role.COORDINATOR)
def correction_decide(request: Request, pk: int) -> HttpResponse:
    """Make the change, or leave the entry and say why."""
    found = get_object_or_404(_visible(request.user), pk=pk)
    if not found.is_open:
        return redirect(found)
    form = AnswerForm(sent(request))
    if submit(form, lambda data: _answer(found, data["decision"], data["answer"], request.user)):
        messages.success(request, say("Your answer is saved, and the AST has been told."))
        return redirect(found)
    placement = found.entry.day.placement
    return form_page(
        request,
        form,
        title="Answer a correction",
        heading=format_html("Correct the entry of {}?", day_words(found.entry.day.on)),
        caption=f"{placement.post.user.name} at {placement.host.name}",
        back=("Back to the corrections", "evaluation:corrections"),
        template="evaluation/corrections/decide.html",
        page=correction_page(found, request.user),
        correction=found,
    )


@access(Role.AST, OFFICE)
@require_POST
def correction_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take the request back."""
    found = get_object_or_404(_visible(request.user), pk=pk)
    if found.is_open and not can_withdraw(request.user, found):
        raise PermissionDenied
    if attempt(request, lambda: actions.withdraw(correction=found, by=request.user)):
        messages.success(request, "The request is taken back. The entry stays as it was.")
    return redirect(found)


def _visible(user: User) -> QuerySet[Correction]:
    return Correction.objects.visible_to(user).with_people()


def _ask(form: AskForm, entry: DiaryEntry, why: str, by: User) -> Correction:
    return actions.ask(entry=entry, held=form.held(), telling=form.telling(), why=why, by=by)


def _answer(found: Correction, decision: str, answer: str, by: User) -> Any:
    if decision == "correct":
        return actions.correct(correction=found, by=by)
    return actions.leave(correction=found, answer=answer, by=by)

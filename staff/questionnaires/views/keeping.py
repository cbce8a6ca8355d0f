"""The co-ordinator’s pages: writing a questionnaire, sending it, closing it, and what came back (R-3.10, R-3.23)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import audit
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import counted
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from staff.figures.views import answer
from staff.questionnaires import actions
from staff.questionnaires.filters import QuestionnaireFilter
from staff.questionnaires.forms import BalanceForm, KeepOpenForm, QuestionForm, QuestionnaireForm
from staff.questionnaires.models import Question, Questionnaire
from staff.questionnaires.reads import page_of, sheet
from staff.questionnaires.rules import BALANCE
from staff.questionnaires.tables import QuestionnaireTable

LIST = ("Questionnaires", "staff:questionnaires")


@access(Role.COORDINATOR)
class QuestionnaireList(FilteredList):
    """All of them, with how many have answered."""

    table_class = QuestionnaireTable
    filterset_class = QuestionnaireFilter
    template_name = "staff/questionnaires/questionnaires.html"
    title = "Questionnaires"
    csv_name = "questionnaires"
    few = 10

    def get_queryset(self) -> QuerySet[Questionnaire]:
        return Questionnaire.objects.visible_to(self.request.user).with_counts()


@access(Role.COORDINATOR)
@require_safe
def questionnaire(request: Request, pk: int) -> HttpResponse:
    """What is asked, of whom, and how many have answered."""
    row = _find(request, pk)
    context = {"questionnaire": row, "page": page_of(row, today())}
    return render(request, "staff/questionnaires/questionnaire.html", context)


@access(Role.COORDINATOR)
def questionnaire_add(request: Request) -> HttpResponse:
    """A draft."""
    form = QuestionnaireForm(sent(request))
    if done := submit(form, lambda data: actions.save(by=request.user, **data)):
        messages.success(request, "The questionnaire is saved. Add its questions now.")
        return redirect(done.result)
    return form_page(request, form, title="Add a questionnaire", back=LIST)


@access(Role.COORDINATOR)
def questionnaire_change(request: Request, pk: int) -> HttpResponse:
    """While nobody has been asked."""
    row = _find(request, pk)
    form = QuestionnaireForm(sent(request), questionnaire=row)
    if submit(form, lambda data: actions.save(questionnaire=row, by=request.user, **data)):
        messages.success(request, "The questionnaire is saved.")
        return redirect(row)
    return form_page(request, form, title="Change the questionnaire", caption=str(row), back=("Back", row))


@access(Role.COORDINATOR)
def question_add(request: Request, pk: int) -> HttpResponse:
    """One thing more."""
    row = _find(request, pk)
    form = QuestionForm(sent(request))
    if submit(form, lambda data: actions.save_question(questionnaire=row, by=request.user, **data)):
        messages.success(request, "The question is saved.")
        return redirect(row)
    return form_page(request, form, title="Add a question", caption=str(row), back=("Back", row))


@access(Role.COORDINATOR)
def question_change(request: Request, pk: int) -> HttpResponse:
    """Asked differently."""
    held = _question(request, pk)
    row = held.questionnaire
    form = QuestionForm(sent(request), question=held)
    save = partial(actions.save_question, questionnaire=row, question=held, by=request.user)
    if submit(form, lambda data: save(**data)):
        messages.success(request, "The question is saved.")
        return redirect(row)
    return form_page(request, form, title="Change the question", caption=str(row), back=("Back", row))


@access(Role.COORDINATOR)
@require_POST
def question_remove(request: Request, pk: int) -> HttpResponse:
    """Not asked."""
    held = _question(request, pk)
    if attempt(request, lambda: actions.remove_question(question=held, by=request.user)):
        messages.success(request, "The question is removed.")
    return redirect(held.questionnaire)


@access(Role.COORDINATOR)
@require_POST
def questionnaire_send(request: Request, pk: int) -> HttpResponse:
    """To everybody it is for."""
    row = _find(request, pk)
    if done := attempt(request, lambda: actions.send(questionnaire=row, by=request.user)):
        asked = counted(done.result.invitations.count(), "AST")
        messages.success(request, f"The questionnaire is sent to {asked} by e-mail.")
    return redirect(row)


@access(Role.COORDINATOR)
@require_POST
def questionnaire_close(request: Request, pk: int) -> HttpResponse:
    """Before its last day."""
    return _press(request, pk, actions.close, say("The questionnaire is closed. What ASTs said is shown now."))


@access(Role.COORDINATOR)
def questionnaire_keep_open(request: Request, pk: int) -> HttpResponse:
    """Another last day to answer."""
    row = _find(request, pk)
    form = KeepOpenForm(sent(request), questionnaire=row)
    if submit(form, lambda data: actions.keep_open(questionnaire=row, by=request.user, **data)):
        messages.success(request, "The questionnaire is open until that day.")
        return redirect(row)
    lead = say("ASTs who have not answered hear of the new day by e-mail. What was said is not shown while it is open.")
    title = "Another last day to answer"
    return form_page(request, form, title=title, caption=str(row), lead=lead, back=("Back", row))


@access(Role.COORDINATOR)
def questionnaire_withdraw(request: Request, pk: int) -> HttpResponse:
    """Nobody answers it any more."""
    row = _find(request, pk)
    return reason_page(
        request,
        partial(actions.withdraw, questionnaire=row, by=request.user),
        title="Withdraw the questionnaire",
        done="The questionnaire is withdrawn.",
        to=row,
        form=ReasonForm(sent(request), submit="Withdraw the questionnaire", tone="warning"),
        caption=str(row),
        lead="Nobody can answer it any more, and what was answered is not shown. This cannot be undone.",
        back=("Back", row),
    )


@access(Role.COORDINATOR)
def questionnaire_balance(request: Request) -> HttpResponse:
    """R-3.23: the yearly question to every AST."""
    form = BalanceForm(sent(request))
    if done := submit(form, lambda data: actions.ask_balance(by=request.user, **data)):
        messages.success(request, say("Every AST in post who is not away is asked by e-mail."))
        return redirect(done.result)
    title, template = "Ask about the balance of home and outreach", "staff/questionnaires/balance.html"
    return form_page(request, form, title=title, back=LIST, template=template, questions=BALANCE)


@access(Role.COORDINATOR)
@require_safe
def questionnaire_results(request: Request, pk: int) -> HttpResponseBase:
    """R-3.10: how many have answered, and once it is closed what they said, in numbers and without names."""
    row = _find(request, pk)
    found = sheet(row)
    if found.tables:
        audit.viewed(row, by=request.user, what="answers to the questionnaire")
    template = "staff/questionnaires/results.html"
    return answer(request, found, None, pages=(), template=template, questionnaire=row)


def _press(request: Request, pk: int, action: Callable[..., Any], words: str) -> HttpResponse:
    row = _find(request, pk)
    if attempt(request, lambda: action(questionnaire=row, by=request.user)):
        messages.success(request, words)
    return redirect(row)


def _find(request: Request, pk: int) -> Questionnaire:
    found: Questionnaire = get_object_or_404(Questionnaire.objects.visible_to(request.user).with_counts(), pk=pk)
    return found


def _question(request: Request, pk: int) -> Question:
    mine = Question.objects.filter(questionnaire__in=Questionnaire.objects.visible_to(request.user).values("pk"))
    found: Question = get_object_or_404(mine.select_related("questionnaire"), pk=pk)
    return found

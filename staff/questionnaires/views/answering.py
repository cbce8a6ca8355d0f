"""An AST’s pages: what was asked, the answers, and changing them before it is closed (R-3.10)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, sent, submit
from staff.questionnaires import actions
from staff.questionnaires.filters import InvitationFilter
from staff.questionnaires.forms import AnswerForm
from staff.questionnaires.lifecycle import QuestionnaireStatus
from staff.questionnaires.models import QuestionnaireInvitation
from staff.questionnaires.reads import own_answers
from staff.questionnaires.tables import InvitationTable

WHO_READS = say_later(
    "The co-ordinator reads numbers and texts without names, and nothing where fewer than 3 have answered."
)


@access(Role.AST)
class InvitationList(FilteredList):
    """What this AST was asked."""

    table_class = InvitationTable
    filterset_class = InvitationFilter
    title = "Questionnaires"
    csv_name = "my-questionnaires"
    few = 10

    def get_queryset(self) -> QuerySet[QuestionnaireInvitation]:
        return QuestionnaireInvitation.objects.visible_to(self.request.user).whole()


@access(Role.AST)
@require_safe
def invitation(request: Request, pk: int) -> HttpResponse:
    """What is asked, or what this AST has answered."""
    row = _find(request, pk)
    context = {
        "invitation": row,
        "questionnaire": row.questionnaire,
        "answers": own_answers(row) if row.answered_on else [],
        "open": row.questionnaire.status == QuestionnaireStatus.OPEN,
        "who_reads": WHO_READS,
    }
    return render(request, "staff/questionnaires/invitation.html", context)


@access(Role.AST)
def invitation_answer(request: Request, pk: int) -> HttpResponse:
    """Once."""
    row = _find(request, pk)
    if row.answered_on is not None and sent(request) is None:
        return redirect(row)
    title, done = "Answer the questionnaire", "Your answers are sent. Thank you."
    return _answer(request, row, actions.answer, held={}, title=title, done=done)


@access(Role.AST)
def invitation_change(request: Request, pk: int) -> HttpResponse:
    """Until it is closed."""
    row = _find(request, pk)
    held = {answer.question_id: answer.said for answer in row.answers.all()}
    title, done = "Change your answers", "Your answers are saved."
    return _answer(request, row, actions.change_answers, held=held, title=title, done=done)


def _answer(
    request: Request,
    row: QuestionnaireInvitation,
    action: Callable[..., Any],
    *,
    held: dict[int, str],
    title: str,
    done: str,
) -> HttpResponse:
    if row.questionnaire.status != QuestionnaireStatus.OPEN and sent(request) is None:
        return redirect(row)  # nobody fills in what can no longer be sent
    form = AnswerForm(sent(request), questions=list(row.questionnaire.questions.all()), held=held)
    if submit(form, lambda _: action(invitation=row, said=form.said(), by=request.user)):
        messages.success(request, done)
        return redirect(row)
    until = f"You can change your answers until {date_words(row.questionnaire.closes_on)}."
    lead = [row.questionnaire.intro, f"{WHO_READS} {until}"]
    return form_page(request, form, title=title, caption=str(row), lead=lead, back=("Back", row))


def _find(request: Request, pk: int) -> QuestionnaireInvitation:
    found: QuestionnaireInvitation = get_object_or_404(
        QuestionnaireInvitation.objects.visible_to(request.user).whole(), pk=pk
    )
    return found

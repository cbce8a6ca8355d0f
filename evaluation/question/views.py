"""A councillor's question, answered on a page that is also a file and a paper (R-20.7)."""

from django.http.response import HttpResponseBase

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from evaluation.question.forms import QuestionForm
from evaluation.question.permissions import QUESTION
from evaluation.question.reads import sheets
from staff.figures.reads.sheets import Sheet
from staff.figures.views import answer

WRONG = Sheet("question", sheets.TITLE, (), empty="Put right what is wrong with the question, then press Show.")


@access(QUESTION)
def question(request: Request) -> HttpResponseBase:
    """What is asked stands in the address."""
    form = QuestionForm(request.GET, today=today())
    asked = form.question
    sheet, drawn = sheets.sheet(asked, request.user) if asked else (WRONG, sheets.Drawn("", "", []))
    return answer(request, sheet, form, pages=(), template="evaluation/question/question.html", drawn=drawn)

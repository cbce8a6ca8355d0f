"""Outreach judgements: the list, one of them, who has none, and the evidence they rest on (R-12.1 to R-12.5)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import audit, documents
from astcoord.core.access import Request, access, require
from astcoord.core.clock import today
from astcoord.core.models.documents import Document
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui.forms import ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from evaluation.performance import actions, permissions
from evaluation.performance.documents import KIND
from evaluation.performance.filters import JudgementFilter
from evaluation.performance.forms import JudgementForm
from evaluation.performance.models import OutreachJudgement
from evaluation.performance.reads import coverage
from evaluation.performance.reads.judgements import evidence_page, judgement_page
from evaluation.performance.reads.targets import targets_of
from evaluation.performance.tables import JudgementTable
from schools.calendar.models import AcademicYear
from staff.figures.forms import YearForm
from staff.figures.views import answer
from staff.posts.models import Post
from staff.posts.permissions import is_own


@access(permissions.READERS)
class JudgementList(FilteredList):
    """Those that this person may see; no word of any stands here."""

    table_class = JudgementTable
    filterset_class = JudgementFilter
    template_name = "evaluation/performance/judgements.html"
    title = "Outreach judgements"
    csv_name = "outreach-judgements"
    few = 10

    def get_queryset(self) -> QuerySet[OutreachJudgement]:
        return OutreachJudgement.objects.visible_to(self.request.user).whole()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_count=self.request.user.has_role(*permissions.COVERAGE), **kwargs)


@access(permissions.COVERAGE)
@require_safe
def judgement_coverage(request: Request) -> HttpResponseBase:
    """R-12.2: of how many ASTs the head has been told, and whose has not."""
    now = today()
    form = YearForm(request.GET, years=_years())
    audit.viewed(None, by=request.user, what="ASTs without an outreach judgement")
    sheet = coverage.sheet(form.chosen, now)
    return answer(request, sheet, form, pages=(), template="evaluation/performance/coverage.html")


@access(permissions.EVIDENCE)
@require_safe
def outreach_evidence(request: Request, pk: int) -> HttpResponse:
    """R-12.3, R-12.5: what shows the outreach of a year; nothing here decides on pay."""
    post = _post(request, pk)
    require(permissions.reads_evidence(request.user, post))
    form = YearForm(request.GET, years=_years())
    if form.chosen is None:
        raise Http404
    page = evidence_page(post, form.chosen, request.user, today())
    if not is_own(request.user, post):
        audit.viewed(post, by=request.user, what="evidence of outreach")
    context = {"page": page, "post": post, "form": form, "year": form.chosen}
    return render(request, "evaluation/performance/evidence.html", context)


@access(permissions.KEEPERS)
@require_POST
def judgement_begin(request: Request, pk: int, year: str) -> HttpResponse:
    """A draft of the next version."""
    post = _post(request, pk)
    chosen = get_object_or_404(AcademicYear, slug=year)
    if done := attempt(request, lambda: actions.begin(post=post, year=chosen, by=request.user)):
        return redirect("evaluation:judgement_write", done.result.pk)
    return redirect("evaluation:outreach_evidence", pk)


@access(permissions.READERS)
@require_safe
def judgement(request: Request, pk: int) -> HttpResponse:
    """One version; a look at somebody else's words is recorded (R-16.3)."""
    row = _find(request, pk)
    page = judgement_page(row, request.user)
    if page.reads and not is_own(request.user, row.post):
        audit.viewed(row, by=request.user, what="outreach judgement")
    return render(request, "evaluation/performance/judgement.html", {"page": page, "row": row})


@access(permissions.KEEPERS)
def judgement_write(request: Request, pk: int) -> HttpResponse:
    """The draft in the agreed format."""
    row = _find(request, pk)
    require(permissions.can_begin(request.user, row.post))
    form = JudgementForm(sent(request), row=row, targets=targets_of(row.post))
    if submit(form, lambda _: actions.write(row=row, written=form.written(), by=request.user)):
        messages.success(request, "The draft is saved.")
        return redirect(row)
    lead = say("The headteacher of the AST’s own school and the AST read it once the co-ordinator issues it.")
    after = ("Evidence of outreach in this school year", "evaluation:outreach_evidence", row.post_id)
    title, caption = "Write the outreach judgement", f"{row.post.name}, {row.year}"
    return form_page(request, form, title=title, caption=caption, lead=lead, back=("Back", row), after=after)


@access(Role.COORDINATOR)
@require_POST
def judgement_issue(request: Request, pk: int) -> HttpResponse:
    """To the headteacher, with a copy to the AST."""
    words = say("It is issued. The headteacher and the AST are told by e-mail.")
    return _press(request, pk, actions.issue, words)


@access(Role.HEADTEACHER)
@require_POST
def judgement_acknowledge(request: Request, pk: int) -> HttpResponse:
    """The headteacher has read it."""
    return _press(request, pk, actions.acknowledge, "You have acknowledged it.")


@access(Role.COORDINATOR)
def judgement_withdraw(request: Request, pk: int) -> HttpResponse:
    """It does not stand."""
    row = _find(request, pk)
    require(permissions.can_issue(request.user, row))
    lead = say("The headteacher and the AST are told by e-mail if it was issued. They read why on its page.")
    return reason_page(
        request,
        partial(actions.withdraw, row=row, by=request.user),
        title="Withdraw the outreach judgement",
        done="It is withdrawn.",
        to=row,
        form=ReasonForm(sent(request), submit="Withdraw it", tone="warning"),
        caption=str(row),
        lead=lead,
        back=("Back", row),
    )


@access(permissions.READERS)
@require_safe
def judgement_letter(request: Request, pk: int) -> HttpResponse:
    """The letter as it was issued (R-15.13), for those who read its words."""
    row = _find(request, pk)
    require(permissions.reads_words(request.user, row))
    letter = get_object_or_404(Document.objects.about(row).filter(kind=KIND))
    if not is_own(request.user, row.post):
        audit.viewed(row, by=request.user, what="outreach judgement on paper")
    return documents.download(letter)


def _press(request: Request, pk: int, action: Callable[..., OutreachJudgement], words: str) -> HttpResponse:
    row = _find(request, pk)
    if attempt(request, lambda: action(row=row, by=request.user)):
        messages.success(request, words)
    return redirect(row)


def _find(request: Request, pk: int) -> OutreachJudgement:
    rows = OutreachJudgement.objects.visible_to(request.user).whole().prefetch_related("post__expertise")
    found: OutreachJudgement = get_object_or_404(rows, pk=pk)
    return found


def _post(request: Request, pk: int) -> Post:
    posts = Post.objects.visible_to(request.user).select_related("user", "home").prefetch_related("expertise")
    found: Post = get_object_or_404(posts, pk=pk)
    return found


def _years() -> list[AcademicYear]:
    return list(AcademicYear.objects.filter(starts_on__lte=today()).order_by("-starts_on"))

"""QA visits: the lists, one visit, and what each person does with it (R-3.7, R-3.8)."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import audit
from astcoord.core.access import Request, access, only_where, require
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import counted, date_words
from astcoord.core.words import say, say_later
from astcoord.ui.forms import ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from schools.calendar.reads import year_on
from staff.posts.models import Post
from staff.posts.reads.leading import leaders
from staff.quality import actions, permissions
from staff.quality.filters import CoverageFilter, QaVisitFilter
from staff.quality.forms import CommentForm, PlanForm, ReportForm
from staff.quality.models import QaVisit
from staff.quality.reads import Coverage, coverage, qa_page
from staff.quality.tables import CoverageTable, QaVisitTable

KEEPERS = frozenset({Role.COORDINATOR, Role.CONSULTANT})
READERS = KEEPERS | {Role.HEADTEACHER, Role.AST}


@access(READERS)
@only_where("qa_visits")
class QaVisitList(FilteredList):
    """Those that this person may see; no outcome stands here."""

    table_class = QaVisitTable
    filterset_class = QaVisitFilter
    template_name = "staff/quality/visits.html"
    title = "QA visits"
    csv_name = "qa-visits"
    few = 10

    def get_queryset(self) -> QuerySet[QaVisit]:
        return QaVisit.objects.visible_to(self.request.user).whole()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_keep=self.request.user.has_role(*KEEPERS), **kwargs)


@access(KEEPERS)
@only_where("qa_visits")
class QaCoverage(FilteredList):
    """R-3.7: who has not been visited for both kinds in this school year; secondary ASTs before the others."""

    table_class = CoverageTable
    filterset_class = CoverageFilter
    template_name = "staff/quality/coverage.html"
    title = say_later("ASTs without a QA visit")
    csv_name = "asts-without-a-qa-visit"
    few = 10
    found: Coverage
    since: date

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.since = _since()
        self.found = coverage(request.user, self.since, today())
        audit.viewed(None, by=request.user, what="ASTs without a QA visit")
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Post]:
        return self.found.posts

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = f"{self.found.visited} of {counted(self.found.asts, 'AST')}" if self.found.asts else ""
        return super().get_context_data(turn=self.found.turn, said=said, since=date_words(self.since), **kwargs)


@access(READERS)
@only_where("qa_visits")
@require_safe
def qa_visit(request: Request, pk: int) -> HttpResponse:
    """The plan; the report for those who read it, and a look at somebody else's is recorded (R-16.3)."""
    visit = _find(request, pk)
    page = qa_page(visit, request.user)
    if page.report and not page.may_comment and visit.post.user_id != request.user.pk:
        audit.viewed(visit, by=request.user, what="QA visit report")
    return render(request, "staff/quality/visit.html", {"page": page, "visit": visit})


@access(KEEPERS)
@only_where("qa_visits")
def qa_visit_plan(request: Request, pk: int) -> HttpResponse:
    """A visit to come, of an AST whom this person may visit."""
    post = get_object_or_404(Post.objects.visible_to(request.user).with_profile(), pk=pk)
    require(permissions.can_visit(request.user, post))
    form = PlanForm(sent(request), visitors=leaders(post, today()))
    if done := submit(form, lambda _: actions.plan(post=post, by=request.user, **form.said())):
        messages.success(request, say("The visit is planned. The AST and the headteacher are told."))
        return redirect(done.result)
    lead = say("The AST and the AST’s own headteacher hear of the day by e-mail.")
    back = ("QA visits", "staff:qa_visits")
    return form_page(request, form, title="Plan a QA visit", caption=post.name, lead=lead, back=back)


@access(KEEPERS)
@only_where("qa_visits")
def qa_visit_change(request: Request, pk: int) -> HttpResponse:
    """Another day or visitor."""
    visit = _kept(request, pk)
    form = PlanForm(sent(request), visitors=leaders(visit.post, today()), visit=visit)
    if submit(form, lambda _: actions.move(visit=visit, by=request.user, **form.said())):
        messages.success(request, "The visit is saved.")
        return redirect(visit)
    lead = say("The AST and the AST’s own headteacher are told of a change by e-mail.")
    return form_page(request, form, title="Move the QA visit", caption=_of(visit), lead=lead, back=("Back", visit))


@access(KEEPERS)
@only_where("qa_visits")
def qa_visit_cancel(request: Request, pk: int) -> HttpResponse:
    """It does not take place."""
    visit = _kept(request, pk)
    return reason_page(
        request,
        partial(actions.cancel, visit=visit, by=request.user),
        title="Cancel the QA visit",
        done=say("The visit is cancelled. The AST and the headteacher are told."),
        to=visit,
        form=ReasonForm(sent(request), submit="Cancel the visit", tone="warning"),
        caption=_of(visit),
        back=("Back", visit),
    )


@access(KEEPERS)
@only_where("qa_visits")
def qa_visit_write_up(request: Request, pk: int) -> HttpResponse:
    """The report; nobody else reads it before it is shared."""
    visit = _kept(request, pk)
    form = ReportForm(sent(request), visit=visit, scale=actions.scale_for(visit))
    if submit(form, lambda data: actions.write_up(visit=visit, by=request.user, **data)):
        messages.success(request, say("The report is saved. Share it with the AST when it is ready."))
        return redirect(visit)
    lead = say("The AST reads it once you share it. The own headteacher reads it only if the AST agrees.")
    return form_page(request, form, title="Write the visit up", caption=_of(visit), lead=lead, back=("Back", visit))


@access(Role.AST)
@only_where("qa_visits")
def qa_visit_comment(request: Request, pk: int) -> HttpResponse:
    """The AST's own words, and whether the own headteacher may read the report."""
    visit = _find(request, pk)
    require(permissions.can_comment(request.user, visit))
    form = CommentForm(sent(request))
    if submit(form, lambda _: actions.comment(visit=visit, by=request.user, **form.said())):
        messages.success(request, "Your comment is sent.")
        return redirect(visit)
    return form_page(request, form, title="Comment on the visit", caption=str(visit), back=("Back", visit))


@access(KEEPERS)
@require_POST
@only_where("qa_visits")
def qa_visit_done(request: Request, pk: int) -> HttpResponse:
    """It took place."""
    return _press(request, pk, actions.record_done, "The visit is recorded as done. Write it up now.")


@access(KEEPERS)
@require_POST
@only_where("qa_visits")
def qa_visit_share(request: Request, pk: int) -> HttpResponse:
    """The AST may read the report."""
    return _press(request, pk, actions.share, say("The report is shared. The AST is told."))


@access(KEEPERS)
@require_POST
@only_where("qa_visits")
def qa_visit_close(request: Request, pk: int) -> HttpResponse:
    """Nothing is left to say."""
    return _press(request, pk, actions.close, "The visit is closed.")


def _press(request: Request, pk: int, action: Callable[..., QaVisit], words: str) -> HttpResponse:
    visit = _kept(request, pk)
    if attempt(request, lambda: action(visit=visit, by=request.user)):
        messages.success(request, words)
    return redirect(visit)


def _find(request: Request, pk: int) -> QaVisit:
    visits = QaVisit.objects.visible_to(request.user).whole().prefetch_related("post__expertise")
    found: QaVisit = get_object_or_404(visits, pk=pk)
    return found


def _kept(request: Request, pk: int) -> QaVisit:
    visit = _find(request, pk)
    require(permissions.can_keep(request.user, visit))
    return visit


def _of(visit: QaVisit) -> str:
    return f"{visit.post.name}: {visit}"


def _since() -> date:
    """The first day of this school year; where none is entered, of the calendar's September."""
    now = today()
    year = year_on(now)
    return year.starts_on if year else date(now.year - (now.month < 9), 9, 1)

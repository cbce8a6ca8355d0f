"""Summaries without names, for governors; heads and the office read and print the same."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from astcoord.core import audit
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.words import say_later
from astcoord.ui.lists import FilteredList
from evaluation.reviews.wording import CONTRIBUTION
from evaluation.summaries import documents
from evaluation.summaries.filters import SummaryFilter
from evaluation.summaries.reads import own, papers, placements
from evaluation.summaries.tables import SummaryTable
from placements.placement.models import Placement
from placements.placement.permissions import reads_whole
from staff.accounts.models import User

READERS = (Role.GOVERNOR, Role.HEADTEACHER, AUTHORITY)
BOARDS = (Role.GOVERNOR, Role.HEADTEACHER, OFFICE, Role.OFFICER)
LARGE = "large"
"""Asks for a paper in large print: `summary.pdf?large=on`."""


@access(*READERS)
class SummaryList(FilteredList):
    """The placements of the reader's schools; for the authority, all."""

    table_class = SummaryTable
    filterset_class = SummaryFilter
    title = say_later("Placement summaries")
    csv_name = "placement-summaries"

    def get_queryset(self) -> QuerySet[Placement]:
        return _summarised(self.request.user).select_related("host")


@access(*READERS)
def summary(request: Request, pk: int) -> HttpResponse:
    """One placement's summary."""
    placement = get_object_or_404(_summarised(request.user).select_related("post__user"), pk=pk)
    # Only those who may know the names are told that one was left out.
    warn = request.user.has_role(Role.HEADTEACHER, *OFFICE)
    context = {
        "summary": placements.summary(placement, today()),
        "contribution": CONTRIBUTION,
        "warn": warn,
        "reads_days": Placement.objects.visible_to(request.user).filter(pk=pk).exists(),
        "reads_evidence": reads_whole(request.user, placement),
    }
    return render(request, "evaluation/summaries/summary.html", context)


@access(*READERS)
def summary_pdf(request: Request, pk: int) -> HttpResponse:
    """The same on paper."""
    placement = get_object_or_404(_summarised(request.user), pk=pk)
    return documents.download(placements.summary(placement, today()), large=LARGE in request.GET)


@access(*BOARDS)
def board_papers(request: Request) -> HttpResponse:
    """The termly papers of the reader's boards, each in ordinary and in large print (R-13.4)."""
    context = {"page": papers.papers_page(request.user)}
    return render(request, "evaluation/summaries/board_papers.html", context)


@access(*BOARDS)
def board_paper(request: Request, pk: int) -> HttpResponse:
    """One of them; `pk` is the document's."""
    document = get_object_or_404(papers.papers_for(request.user), pk=pk)
    return documents.board_paper(document, large=LARGE in request.GET)


@access(Role.GOVERNOR, Role.HEADTEACHER)
def own_asts(request: Request) -> HttpResponse:
    """The ASTs whom the own school employs: what they gave this year, and what came back (R-13.3)."""
    context = {"boards": own.own_boards(request.user, today()), "contribution": CONTRIBUTION}
    return render(request, "evaluation/summaries/own_asts.html", context)


@access(Role.GOVERNOR, Role.HEADTEACHER)
def own_asts_pdf(request: Request) -> HttpResponse:
    """The same on paper, with each post: duties, range and reason, money, time."""
    boards = own.own_boards(request.user, today(), whole=True)
    for each in (ast.post for board in boards for ast in board.asts):
        audit.viewed(each, by=request.user, what="assessment and funding")
    return documents.own_paper(boards, request.user, today(), large=LARGE in request.GET)


def _summarised(user: User) -> QuerySet[Placement]:
    return placements.summarised(Placement.objects.summarised_to(user))

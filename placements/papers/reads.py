"""The six papers as a page shows them: what is there, what is outstanding, and until when the AST may look (R-9.1)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch

from astcoord.core import periods
from placements.papers.models import PaperFile, SharedDocument
from placements.papers.permissions import can_keep_papers
from placements.placement.lifecycle import PLACEMENT_OPEN, PLACEMENT_OVER, PLACEMENT_RUNNING
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of, is_host_head
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator

State = SharedDocument.State


@dataclass(frozen=True)
class PaperRow:
    """One kind, and the files of it that the reader may know of."""

    paper: SharedDocument
    files: list[PaperFile]

    @property
    def many(self) -> bool:
        """Another file comes beside the first one, and not in its place."""
        return self.paper.kind == SharedDocument.Kind.ACTION_PLANS


@dataclass(frozen=True)
class PapersPage:
    """R-9.1: "5 of 6", what is outstanding, and what this reader may do."""

    rows: list[PaperRow]
    done: int
    applies: int
    outstanding: list[str]
    keeps: bool
    may_upload: bool
    may_tick: bool
    may_open: bool
    ends: date | None
    ended: bool


def papers_page(placement: Placement, user: User, today: date) -> PapersPage:
    """Everything the page shows, in a handful of queries however many files there are."""
    papers = list(placement.papers.prefetch_related(Prefetch("files", _held(), to_attr="held_files")))
    applies = [paper for paper in papers if paper.state != State.NOT_APPLICABLE]
    outstanding = [paper.get_kind_display() for paper in applies if paper.state == State.OUTSTANDING]
    may_open, keeps = may_open_papers(user, placement, today), can_keep_papers(user, placement)
    ends = access_ends(placement, today)
    return PapersPage(
        rows=[PaperRow(paper, _known(paper, keeps=keeps, opens=may_open)) for paper in papers],
        done=len(applies) - len(outstanding),
        applies=len(applies),
        outstanding=outstanding,
        keeps=keeps,
        may_tick=placement.status in PLACEMENT_RUNNING,
        may_upload=keeps and placement.status in PLACEMENT_OPEN,
        may_open=may_open,
        ends=ends,
        ended=is_ast_of(user, placement) and not may_open,
    )


def access_ends(placement: Placement, today: date) -> date | None:
    """R-9.3: the last day on which the AST may open the papers; None while the placement goes on.

    Time runs from the real last day, whenever somebody closed it; and from the agreed one of a placement that nobody
    has ended yet. One that is over without a trace of when counts as long over.
    """
    over_on = placement.over_on
    if placement.status not in PLACEMENT_OVER and (over_on is None or over_on >= today):
        return None
    if over_on is None:
        return date.min
    return over_on + timedelta(days=periods.in_force(over_on).shared_papers_days)


def may_open_papers(user: User, placement: Placement, today: date) -> bool:
    """R-9.3: the co-ordinator, the host headteacher, and the placement's AST until the access ends. Nobody else."""
    if is_coordinator(user) or is_host_head(user, placement):
        return True
    ends = access_ends(placement, today)
    return is_ast_of(user, placement) and (ends is None or today <= ends)


def file_for(user: User, pk: int, today: date) -> PaperFile | None:
    """The file that this person may open; None also if it waits for a teacher's consent and is not theirs to keep."""
    file = _held().filter(pk=pk, paper__placement__in=Placement.objects.visible_to(user)).first()
    if file is None or not may_open_papers(user, file.paper.placement, today):
        return None
    keeps = can_keep_papers(user, file.paper.placement)
    return file if keeps or not file.waits_for_consent else None


def _held() -> Any:
    return PaperFile.objects.held().select_related("paper__placement__post", "uploaded_by")


def _known(paper: Any, *, keeps: bool, opens: bool) -> list[PaperFile]:
    return [file for file in paper.held_files if keeps or (opens and not file.waits_for_consent)]

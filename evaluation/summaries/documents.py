"""The governors' summary on paper: one placement, or a board's whole term (R-13.4, R-15.12)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from astcoord.core import documents
from astcoord.core.documents import as_download
from astcoord.core.models.documents import Document
from astcoord.core.wording import date_words, listed
from evaluation.reviews.wording import CONTRIBUTION
from evaluation.summaries.reads.boards import Board
from evaluation.summaries.reads.own import OwnBoard, sections_of
from evaluation.summaries.reads.placements import Summary
from staff.accounts.models import User

KIND = "governors-summary"
OWN_KIND = "own-asts"


def facts_of(summary: Summary) -> dict[str, Any]:
    """One placement's section. Nothing that is not on the page."""
    placement = summary.placement
    return {
        "reference": placement.reference,
        "host": placement.host.name,
        "about": [
            ["Advanced Skills Teacher", f"{placement.post.user.name}, {placement.home.name}"],
            ["Subject", summary.subject],
            ["Focus", summary.focus],
            ["Priorities it serves", summary.priorities],
            ["Dates", _dates(placement.starts_on, placement.ends_on)],
            ["State", placement.get_status_display()],
            ["Staff supported", summary.staff],
        ],
        "agreed": summary.agreed,
        "planned": summary.planned,
        "used": summary.used,
        "reviewed": summary.reviewed,
        "results": [[f"{r.number}. {r.objective}", r.criterion, r.progress] for r in summary.results],
    }


def download(summary: Summary) -> HttpResponse:
    """One placement's summary as it stands now."""
    title = f"Summary for governors, {summary.placement.host.name}, {summary.placement.reference}"
    facts = {**documents.letterhead(), "placements": [facts_of(summary)], "given": [], "contribution": CONTRIBUTION}
    return as_download(documents.preview(KIND, title=title, facts=facts, on=timezone.now()), title)


def freeze_board(board: Board) -> Document:
    """One board's termly paper (R-13.4)."""
    facts = {
        **documents.letterhead(),
        "placements": [facts_of(summary) for summary in board.hosted],
        "given": [[ast.name, ast.budget, ast.delivered, ast.schools] for ast in board.given],
        "ideas": [list(idea) for idea in board.ideas],
        "contribution": CONTRIBUTION,
    }
    title = f"Summary for governors, {board.school.name}, {board.term.name}"
    return documents.freeze(KIND, title=title, facts=facts, about=board.school)


def own_paper(boards: Sequence[OwnBoard], user: User, today: date) -> HttpResponse:
    """The school's own ASTs on paper, as this reader may read them (R-13.3, R-15.12)."""
    title = f"Advanced Skills Teachers of {listed(board.school.name for board in boards)}"
    facts = {**documents.letterhead(), "boards": [_own_facts(board, user, today) for board in boards]}
    facts["contribution"] = CONTRIBUTION
    return as_download(documents.preview(OWN_KIND, title=title, facts=facts, on=timezone.now()), title)


def _own_facts(board: OwnBoard, user: User, today: date) -> dict[str, Any]:
    return {
        "school": board.school.name,
        "year": str(board.year or ""),
        "given": [
            [a.post.name, a.balance.budget, a.balance.delivered, a.balance.to_come, a.balance.remaining, a.schools]
            for a in board.asts
        ],
        "asts": [{"name": a.post.name, "sections": sections_of(a.post, user, today)} for a in board.asts],
        "ideas": [list(idea) for idea in board.ideas],
    }


def _dates(first: Any, last: Any) -> str:
    if first is None or last is None:
        return "Not set yet"
    return f"{date_words(first)} to {date_words(last)}"

"""The governors' summary on paper: one placement, or a board's whole term (R-13.4, R-15.12)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from astcoord.core import documents
from astcoord.core.documents import as_download
from astcoord.core.models.documents import Document
from astcoord.core.wording import date_words, listed
from astcoord.core.words import say
from evaluation.reviews.wording import CONTRIBUTION
from evaluation.summaries.reads.boards import Board
from evaluation.summaries.reads.given import OwnNews
from evaluation.summaries.reads.own import OwnBoard, sections_of
from evaluation.summaries.reads.papers import KIND
from evaluation.summaries.reads.placements import Summary
from staff.accounts.models import User

OWN_KIND = "own-asts"


def facts_of(summary: Summary) -> dict[str, Any]:
    """One placement's section. Nothing that is not on the page."""
    placement = summary.placement
    return {
        "reference": placement.reference,
        "host": placement.host.name,
        "about": [
            [say("Advanced Skills Teacher"), f"{placement.post.user.name}, {placement.home.name}"],
            ["Subject", summary.subject],
            ["Focus", summary.focus],
            ["Priorities it serves", "\n".join(summary.priorities)],
            ["Dates", _dates(placement.starts_on, placement.ends_on)],
            ["State", placement.get_status_display()],
            ["Staff supported", summary.staff],
        ],
        "agreed": summary.agreed,
        "planned": summary.planned,
        "used": summary.used,
        "reviewed": summary.reviewed,
        "results": [[f"{r.number}. {r.objective}", r.criterion, r.progress] for r in summary.results],
        "levels": [[f"{line.level.value}. {line.level.label}", line.school, line.people] for line in summary.levels],
        "since": summary.since,
        "changed": summary.changed,
        "questions": summary.questions,
    }


def download(summary: Summary, *, large: bool) -> HttpResponse:
    """One placement's summary as it stands now; `large` in large print."""
    title = f"Summary for governors, {summary.placement.host.name}, {summary.placement.reference}"
    facts = {**documents.letterhead(), "placements": [facts_of(summary)], "given": [], "contribution": CONTRIBUTION}
    return _printed(KIND, title, facts, on=timezone.now(), large=large)


def board_paper(document: Document, *, large: bool) -> HttpResponse:
    """One board's termly paper as it was sent; in large print the same facts, printed again."""
    if large:
        return _printed(document.kind, document.title, document.facts, on=document.created_at, large=True)
    return documents.download(document)


def freeze_board(board: Board) -> Document:
    """One board's termly paper (R-13.4)."""
    facts = {
        **documents.letterhead(),
        "placements": [facts_of(summary) for summary in board.hosted],
        "given": [[ast.name, ast.budget, ast.delivered, ast.schools] for ast in board.given],
        "ideas": [list(idea) for idea in board.ideas],
        "news": _news(board.news) if board.news else {},
        "contribution": CONTRIBUTION,
    }
    title = f"Summary for governors, {board.school.name}, {board.term.name}"
    return documents.freeze(KIND, title=title, facts=facts, about=board.school)


def own_paper(boards: Sequence[OwnBoard], user: User, today: date, *, large: bool) -> HttpResponse:
    """The school's own ASTs on paper, as this reader may read them (R-13.3, R-15.12)."""
    title = f"{say('Advanced Skills Teachers')} of {listed(board.school.name for board in boards)}"
    facts = {**documents.letterhead(), "boards": [_own_facts(board, user, today) for board in boards]}
    facts["contribution"] = CONTRIBUTION
    return _printed(OWN_KIND, title, facts, on=timezone.now(), large=large)


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
        "news": _news(board.news),
    }


def _news(news: OwnNews) -> dict[str, Any]:
    return {"since": news.since, "changed": news.changed, "questions": news.questions}


def _printed(kind: str, title: str, facts: dict[str, Any], *, on: datetime, large: bool) -> HttpResponse:
    """A paper that is kept by nobody; in large print the name of its file says so."""
    data = documents.preview(kind, title=title, facts={**facts, "large": True} if large else facts, on=on)
    return as_download(data, f"{title}, large print" if large else title)


def _dates(first: Any, last: Any) -> str:
    if first is None or last is None:
        return "Not set yet"
    return f"{date_words(first)} to {date_words(last)}"

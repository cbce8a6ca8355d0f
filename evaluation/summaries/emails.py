"""N28: the termly summary, to the chair of governors."""

from astcoord.core import emails
from astcoord.core.models.documents import Document
from evaluation.summaries.reads.boards import Board
from staff.accounts.reads import chair_of

TEMPLATE = "evaluation/summaries/emails/board-summary.txt"


def key_of(board: Board) -> str:
    """One per school and term, ever."""
    return f"board-summary:{board.term.slug}:{board.school.urn}"


def send(board: Board, document: Document) -> None:
    """The paper itself names no supported staff; neither do the words around it."""
    for chair in chair_of(board.school):
        emails.send(TEMPLATE, to=chair, key=key_of(board), about=board.school, attachments=[document], board=board)

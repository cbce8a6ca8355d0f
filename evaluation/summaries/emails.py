"""N28: the termly summary, to the chair of governors."""

from astcoord.core import outbox
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from evaluation.summaries.reads import Board


def key_of(board: Board) -> str:
    """One per school and term, ever."""
    return f"board-summary:{board.term.slug}:{board.school.urn}"


def send(board: Board, document: Document) -> Message:
    """The paper itself names no supported staff; neither do the words around it."""
    return outbox.queue(
        key=key_of(board),
        kind="board-summary",
        to=(board.school.chair_name or "Chair of governors", board.school.chair_email),
        subject=f"Summary of Advanced Skills Teacher outreach: {board.school.name}, {board.term.name}",
        body=(
            f"The attached summary is for the governing body of {board.school.name}. It tells of the Advanced Skills "
            f"Teacher outreach that concerned your school in the {board.term.name[:1].lower()}{board.term.name[1:]}: "
            "aims, days and progress.\n\nIt holds no names of the staff who were supported.\n"
        ),
        about=board.school,
        attachments=[document],
    )

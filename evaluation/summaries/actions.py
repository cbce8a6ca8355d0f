"""One paper for each board at the end of each term (R-13.4)."""

from datetime import date, timedelta

from django.db import transaction

from astcoord.core.models.messages import Message
from evaluation.summaries import emails
from evaluation.summaries.documents import freeze_board
from evaluation.summaries.reads.boards import boards
from schools.calendar.models import Term

CATCH_UP = timedelta(days=28)
"""A worker that was away over the holidays still sends what the end of term left undone."""


def send_board_summaries(today: date) -> int:
    """Queue the summary of the term that has just ended to every chair with an address; how many are new."""
    term = Term.objects.filter(ends_on__lte=today, ends_on__gte=today - CATCH_UP).order_by("-ends_on").first()
    if term is None:
        return 0
    sent = set(Message.objects.filter(kind="board-summary").values_list("key", flat=True))
    count = 0
    for board in boards(term):
        if board.school.chair_email and emails.key_of(board) not in sent:
            with transaction.atomic():
                emails.send(board, freeze_board(board))
            count += 1
    return count

"""States of a questionnaire to ASTs, and the kinds of what it asks (R-3.10, R-3.23)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move


class QuestionnaireKind(models.TextChoices):
    """Whose questions they are: the co-ordinator’s, or those asked of every AST once a year."""

    OWN = "own", "Own questions"
    BALANCE = "balance", "Balance of home and outreach"


class QuestionKind(models.TextChoices):
    CHOICE = "choice", "One of several answers"
    TEXT = "text", "Own words"


class QuestionnaireStatus(models.TextChoices):
    DRAFT = "draft", "Draft: not sent yet"
    OPEN = "open", "Sent: waits for answers"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = QuestionnaireStatus

SENT = frozenset({S.OPEN, S.CLOSED})
"""Was sent, and counts."""
QUESTIONNAIRE = Machine(
    "questionnaire",
    QuestionnaireStatus,
    [
        Move.of("send", S.DRAFT, S.OPEN, "Send", "Co"),
        Move.of("close", S.OPEN, S.CLOSED, "Close", "Co, or Sys after the closing day"),
        Move.of("reopen", S.CLOSED, S.OPEN, "Open again", "Co"),
        Move.of("withdraw", [S.DRAFT, S.OPEN], S.WITHDRAWN, "Withdraw", "Co, reason"),
    ],
    colours={S.DRAFT: "grey", S.OPEN: "yellow", S.CLOSED: "green", S.WITHDRAWN: "grey"},
)

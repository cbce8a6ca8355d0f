"""States of an outreach judgement: what an AST's own school is told for performance management (requirements E)."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move


class JudgementStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    ISSUED = "issued", "Issued: waits for the headteacher"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    SUPERSEDED = "superseded", "Replaced by a later version"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = JudgementStatus

STANDS = frozenset({S.ISSUED, S.ACKNOWLEDGED})
"""What the school has been told, and holds: counts as issued (R-12.2)."""
READ = STANDS | {S.SUPERSEDED}
"""Head and AST read its words; of what was withdrawn they read only that, and why."""
JUDGEMENT = Machine(
    "outreach judgement",
    JudgementStatus,
    [
        Move.of("issue", S.DRAFT, S.ISSUED, "Issue it to the headteacher", "Co"),
        Move.of("acknowledge", S.ISSUED, S.ACKNOWLEDGED, "Acknowledge it", "OH"),
        Move.of("supersede", STANDS, S.SUPERSEDED, "A later version is issued", "Sys"),
        Move.of("withdraw", STANDS | {S.DRAFT}, S.WITHDRAWN, "Withdraw it", "Co"),
    ],
    colours={
        S.DRAFT: "grey",
        S.ISSUED: "yellow",
        S.ACKNOWLEDGED: "green",
        S.SUPERSEDED: "grey",
        S.WITHDRAWN: "grey",
    },
)

"""N23: who hears that an outreach judgement is issued or withdrawn.

No message names the AST or says what is judged, because the whole office reads what could not be sent, and these are
not the administrator’s (section G*).
"""

from astcoord.core import emails, outbox
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from evaluation.performance.models import OutreachJudgement
from staff.accounts.reads import heads_or_school

ROOM = "evaluation/performance/emails"
ISSUED = "judgement-issued"


def issued(row: OutreachJudgement, *, replaces: bool) -> None:
    """To the headteacher, and a copy to the AST."""
    _tell(ISSUED, row, again=replaces)


def withdrawn(row: OutreachJudgement) -> None:
    """To the same: what they hold does not stand. What has not gone of it does not go."""
    outbox.cancel_about(row, kind=ISSUED)
    _tell("judgement-withdrawn", row, again=False)


def _tell(kind: str, row: OutreachJudgement, *, again: bool) -> None:
    heads = heads_or_school(row.home, today()) if row.home else []
    to_ast = [Reader.of(row.post.user)] if row.post.user.is_active else []
    for reader in [*heads, *to_ast]:
        emails.send(
            f"{ROOM}/{kind}.txt",
            to=reader,
            key=f"{kind}:{row.pk}:{reader.key}",
            about=row,
            row=row,
            to_ast=reader.key == str(row.post.user_id),
            again=again,
        )

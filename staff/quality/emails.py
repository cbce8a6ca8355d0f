"""N24: who hears of a QA visit.

No message names the AST or says an outcome in its words, because the whole office reads what could not be sent, and
these are not the administrator’s (section G*).
"""

from dataclasses import replace
from typing import Any

from astcoord.core import emails, outbox
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from staff.accounts.reads import heads_or_school
from staff.quality.dates import entry
from staff.quality.models import QaVisit

ROOM = "staff/quality/emails"


def planned(visit: QaVisit, *, version: int) -> None:
    """The day, to the AST and the own headteacher; anew when it is another one."""
    outbox.cancel_about(visit, kind="qa-planned")
    _tell_both("qa-planned", visit, f"{version}", calendar=[entry(visit)])


def cancelled(visit: QaVisit) -> None:
    """It does not take place; what has not gone of it does not go."""
    outbox.cancel_about(visit, kind="qa-planned")
    _tell_both("qa-cancelled", visit, "", calendar=[replace(entry(visit), cancelled=True)])


def shared(visit: QaVisit) -> None:
    """The report is there, to the AST alone."""
    _send("qa-shared", visit, Reader.of(visit.post.user), "")


def _tell_both(kind: str, visit: QaVisit, which: str, **more: Any) -> None:
    for reader in [Reader.of(visit.post.user), *heads_or_school(visit.post.home, today())]:
        _send(kind, visit, reader, which, **more)


def _send(kind: str, visit: QaVisit, reader: Reader, which: str, **more: Any) -> None:
    key = f"{kind}:{visit.pk}:{which}:{reader.key}"
    to_ast = reader.key == str(visit.post.user_id)
    emails.send(f"{ROOM}/{kind}.txt", to=reader, key=key, about=visit, qa=visit, to_ast=to_ast, **more)

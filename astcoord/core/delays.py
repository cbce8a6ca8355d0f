"""What keeps e-mail from going, for the office's first page and a round's: nothing where all is well (issue 10, 11)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Min

from astcoord.core import heartbeat, relay
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.outbox import LIFE
from astcoord.core.roles import OFFICE

if TYPE_CHECKING:
    from staff.accounts.models import User

NOTABLE = timedelta(minutes=5)
"""Of a shorter wait nobody needs to hear."""
UNDER_WAY = (MessageStatus.QUEUED, MessageStatus.SENDING)


@dataclass(frozen=True)
class Delays:
    """Each `…_since` is None where nothing is wrong; `waiting` is how many e-mails should have gone by now.

    `per_minute` is how many the mail server takes, 0 where it has no limit.
    """

    worker_since: datetime | None
    relay_since: datetime | None
    relay_reason: str
    waiting: int
    waiting_since: datetime | None
    per_minute: int = 0

    def __bool__(self) -> bool:
        return bool(self.worker_since or self.relay_since or self.waiting)


def told(user: "User", at: datetime) -> Delays | None:
    """What this person is told: the office, and nobody else. Three queries for the office.

    Whether the relay took the last e-mail; whether a worker looks; and what should have gone and has not. A message's
    first day is told by the day on which it is given up: its `due_at` is put off with every try.
    """
    if not user.has_role(*OFFICE):
        return None
    breaker = relay.state()
    long_due = Message.objects.filter(status__in=UNDER_WAY, give_up_at__lte=at + LIFE - NOTABLE)
    waiting = long_due.aggregate(count=Count("pk"), first=Min("give_up_at"))
    return Delays(
        worker_since=heartbeat.silent_since(at),
        relay_since=min(breaker.away_since, at) if breaker.away_since else None,
        relay_reason=breaker.reason,
        waiting=waiting["count"],
        waiting_since=waiting["first"] - LIFE if waiting["first"] else None,
        per_minute=settings.EMAIL_PER_MINUTE,
    )

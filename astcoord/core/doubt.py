"""E-mails that may have gone twice: nobody knows but the reader, so a person asks and writes it down.

A line that breaks, or a worker that dies, between the message and the mail server's "taken" leaves this doubt. The
message goes again under the same Message-ID, by which the reader's program may tell that it has it already.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from astcoord.core import audit, outbox
from astcoord.core.models.messages import REMOVED, Arrived, Message, MessageStatus

if TYPE_CHECKING:
    from staff.accounts.models import User

SETTLED = (MessageStatus.SENT, MessageStatus.FAILED, MessageStatus.CANCELLED)
"""Before that a message goes again by itself: there is nothing to ask yet."""


def doubtful() -> QuerySet[Message]:
    """What may have arrived more often than it should, and of which nobody has said how often it did.

    Without what is over its time: its text is gone, so that it cannot go again.
    """
    return Message.objects.filter(ambiguous__gt=0, reconciled="", status__in=SETTLED).exclude(body=REMOVED)


@transaction.atomic
def reconcile(*, pks: Iterable[int], arrived: Arrived, by: "User") -> int:
    """Write down what a person found out of these messages, and send again what did not arrive; how many there were.

    What somebody else has settled meanwhile is left alone. What was withdrawn is not sent again.
    """
    found = list(doubtful().filter(pk__in=list(pks)).select_for_update(of=("self",)))
    for message in found:
        before = {"doubts": message.ambiguous, "status": message.status}
        message.reconciled = arrived
        message.save(update_fields=["reconciled"])
        audit.record(f"message: {arrived.label}", message, by=by, before=before)
        if arrived == Arrived.NOT and message.cancelled_at is None and message.status != MessageStatus.CANCELLED:
            outbox.queue_again(Message.objects.filter(pk=message.pk))
    return len(found)

"""What a sweep does to the queue: dead claims come back, old messages are given up, workers are told what is due.

Told of a message is "a bell is rung" for it (`rung_at`): a bell in the broker says no more than "look at this row". How
many bells the broker may hold is bounded, so a bell that was lost must not count for long. A sweep is itself a message
of the same queue: when a worker begins one, whatever was rung before that sweep was asked for has been fetched, or is
lost. Busy workers begin none, so they are not flooded; an idle one rings again what was lost, within seconds.

A clock that is put right leaves times in the future behind. A claim, a pause or a wait that is longer than there is one
counts as run out, and so does a bell that has not been rung yet.
"""

from datetime import datetime, timedelta

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat

from astcoord.core import relay
from astcoord.core.models.messages import Message, MessageStatus

LEASE = timedelta(seconds=150)
"""How long a claim lasts: longer than a task's hard time limit (120 s), so that no living worker loses one."""
FETCHED = timedelta(seconds=5)
"""A bell that was fetched by a worker, and not looked at yet, counts for this long."""
NOTIFY_AGAIN = timedelta(seconds=60)
"""A bell that led to nothing for this long was not heard, whatever else is known."""
WINDOW = 100
"""Bells that the broker may hold at once: enough for every worker until the next look, and no more to lose."""
MOST_DEATHS = 5


def take_back(now: datetime) -> None:
    """Claims whose lease ran out: their workers are dead. One that kills every worker is not tried for ever."""
    held = Message.objects.filter(status=MessageStatus.SENDING)
    # After a clock was put right: its worker may live, and gets the time that every worker has.
    held.filter(lease_until__gt=now + LEASE + relay.CLOCKS_APART).update(lease_until=now + LEASE)
    dead = held.filter(lease_until__lte=now)
    doubt = F("ambiguous") + Case(When(wire_at__isnull=False, then=1), default=0)
    asked = Case(When(wire_at__isnull=False, then=Value("")), default=F("reconciled"))
    counted = {"deaths": F("deaths") + 1, "ambiguous": doubt, "reconciled": asked, "lease_until": None}
    dead.filter(deaths__gte=MOST_DEATHS - 1).update(
        status=unless_cancelled(MessageStatus.FAILED), error=f"{MOST_DEATHS} workers died at it.", **counted
    )
    dead.update(status=unless_cancelled(MessageStatus.QUEUED), rung_at=None, due_at=now, **counted)


def give_up(now: datetime) -> None:
    """What nobody would take for three days is shown to a person."""
    Message.objects.filter(status=MessageStatus.QUEUED, give_up_at__lte=now).update(
        status=unless_cancelled(MessageStatus.FAILED), error=Concat(Value("Given up after three days. "), "error")
    )


def ring(now: datetime, asked_at: datetime | None, most: int | None = None) -> list[int]:
    """The messages to tell workers of now, noted as told, `most` of them where there is a limit.

    `asked_at`: when this sweep was asked for, where known.
    """
    sounding = _sounding(now, asked_at)
    queued = Message.objects.filter(status=MessageStatus.QUEUED)
    room = max(min(WINDOW, WINDOW if most is None else most) - queued.filter(sounding).count(), 0)
    due = list(queued.filter(is_due(now)).exclude(sounding).values_list("pk", flat=True)[:room])
    Message.objects.filter(pk__in=due).update(rung_at=now)
    return due


def tries(now: datetime) -> bool:
    """Whether a message goes now, or again within minutes: it will tell what the relay does."""
    under_way = Message.objects.filter(status__in=(MessageStatus.QUEUED, MessageStatus.SENDING))
    return under_way.filter(is_due(now) | Q(attempts__gt=0)).exists()


def is_due(now: datetime) -> Q:
    """Its time has come. Without a wish for a later day or a longer wait than there is, time to come is no time."""
    at_once = Q(attempts=0, due_at__lte=F("queued_at"))
    tried = Q(attempts__gt=0) | ~Q(error="")
    no_such_wait = tried & Q(due_at__gt=now + timedelta(seconds=relay.LONGEST_WAIT))
    return Q(due_at__lte=now) | at_once | no_such_wait


def unless_cancelled(status: MessageStatus) -> Case:
    """This status, or that it is cancelled: what every way back from a worker's hands goes by."""
    return Case(When(cancelled_at__isnull=False, then=Value(MessageStatus.CANCELLED)), default=Value(status))


def _sounding(now: datetime, asked_at: datetime | None) -> Q:
    """Bells that a worker may still hear."""
    rung_after = now - NOTIFY_AGAIN
    if asked_at is not None:
        rung_after = max(rung_after, min(asked_at, now - FETCHED))
    return Q(rung_at__gte=rung_after, rung_at__lte=now + relay.CLOCKS_APART)

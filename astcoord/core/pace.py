"""How many e-mails a minute the relay gets from all workers together: EMAIL_PER_MINUTE, 0 for as many as go.

One row says from when on the next e-mail has its turn (`RelayState.free_at`); whoever sends moves it on by one gap.
Workers look every few seconds, so as much as falls due within `AHEAD` may go at once; the gaps are so much wider that
in no minute more go than are allowed.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, F, Q, Value, When

from astcoord.core.models.messages import RelayState
from astcoord.core.relay import CLOCKS_APART

AHEAD = timedelta(seconds=10)


def gap() -> timedelta | None:
    """From one e-mail to the next; None without a limit."""
    per_minute: int = settings.EMAIL_PER_MINUTE
    return (timedelta(minutes=1) + AHEAD) / per_minute if per_minute else None


def room(state: RelayState, now: datetime) -> int | None:
    """How many may go now, by the row as it was read; None without a limit."""
    between = gap()
    if between is None:
        return None
    free_at = state.free_at
    if free_at is None or free_at <= now or free_at > _latest(now, between):
        free_at = now
    return max((now + AHEAD - free_at) // between + 1, 0) if free_at <= now + AHEAD else 0


def take_turn(now: datetime) -> bool:
    """Whether one e-mail may go now; then it has taken its turn, whoever asks at the same time."""
    between = gap()
    if between is None:
        return True
    RelayState.objects.get_or_create(pk=1)
    in_turn = Q(free_at__gt=now, free_at__lte=now + AHEAD)
    # A time that no turn leads to comes of a clock that was wrong.
    fresh = Q(free_at=None) | Q(free_at__lte=now) | Q(free_at__gt=_latest(now, between))
    moved = Case(When(in_turn, then=F("free_at") + Value(between)), default=Value(now + between))
    return bool(RelayState.objects.filter(in_turn | fresh, pk=1).update(free_at=moved))


def _latest(now: datetime, between: timedelta) -> datetime:
    return now + AHEAD + between + CLOCKS_APART

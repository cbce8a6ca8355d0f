"""The doorbell of the plan worker. The row is the queue; this only says that it is worth looking now."""

from collections.abc import Callable
from functools import partial

from django.db import transaction

Bell = Callable[[int], None]
_bells: list[Bell] = []


def on_queued(bell: Bell) -> Bell:
    """Have `bell(pk)` called after every transaction that queued a plan. `placements.tasks` does, at start-up."""
    _bells.append(bell)
    return bell


def ring(pk: int) -> None:
    """Ring once this transaction is written. A broker that is away loses nothing: the sweep comes round."""
    for bell in _bells:
        transaction.on_commit(partial(bell, pk), robust=True)

"""Notifying a worker that something waits, once the transaction that wrote it is committed.

The rows are the queue. A notification that nobody hears costs a few seconds, for the worker looks by itself anyway:
a broker that is away hurts nobody.
"""

import logging
import threading
from collections.abc import Callable, Hashable
from functools import partial
from typing import TypeVar

from django.db import transaction

logger = logging.getLogger(__name__)

R = TypeVar("R", bound=Callable[..., object])


class Untold(threading.local):
    """What this thread's transaction has still to tell."""

    def __init__(self) -> None:
        self.what: set[tuple[Hashable, ...]] = set()


class Notifier:
    """One kind of news, and who is told of it."""

    def __init__(self) -> None:
        self.receivers: list[Callable[..., object]] = []
        self._untold = Untold()

    def receiver(self, function: R) -> R:
        """Have `function(*what)` called for every notification. Tasks do this at start-up."""
        self.receivers.append(function)
        return function

    def notify(self, *what: Hashable) -> None:
        """Tell the receivers after the commit: once in a transaction, for a round of letters is thousands of messages.

        Every call leaves a hook, so that a savepoint rolled back takes only its own with it. The first hook that runs
        tells; the others find nothing left to tell.
        """
        self._untold.what.add(what)
        transaction.on_commit(partial(self._tell, what))

    def _tell(self, what: tuple[Hashable, ...]) -> None:
        if what not in self._untold.what:
            return
        self._untold.what.discard(what)
        for receiver in self.receivers:
            try:
                receiver(*what)
            except Exception as error:
                logger.warning("The worker could not be notified (%s); it will look by itself.", error)

"""Celery's clock, made to survive that the machine's is put right."""

from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler

BACK = timedelta(seconds=1)


class Scheduler(PersistentScheduler):
    """Jobs that ran last in the future, as it is now, count as run now.

    Celery would wait until that moment has passed: for an hour, or a year, in which no letter goes. It keeps these
    moments in its file, so that starting it anew is no help.
    """

    def tick(self, *args: Any, **kwargs: Any) -> float:
        now = self.app.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at > now + BACK]
        for entry in ahead:
            entry.last_run_at = now
        if ahead:
            self._heap = None  # when each is due is worked out again
        seconds: float = super().tick(*args, **kwargs)
        return seconds

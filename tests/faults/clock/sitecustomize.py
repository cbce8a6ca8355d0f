"""Found by Python at the start of every process of a house: its clock is off by what the file CLOCK_FILE says.

Only the wall clock: what measures how long something takes goes on as it does on a machine whose date is wrong.
"""

import os
import threading
import time
from contextlib import suppress
from datetime import UTC, timedelta

import time_machine

real = time_machine.escape_hatch
LOOK_EVERY = 0.2


def seconds_ahead() -> int:
    with suppress(OSError, ValueError), open(os.environ["CLOCK_FILE"]) as said:
        return int(said.read())
    return 0


def follow() -> None:
    """Keep the clock where the file says: a thread, since it must move under a worker that is busy."""
    travel, off = None, 0
    while True:
        wanted = seconds_ahead()
        if wanted != off:
            if travel is not None:
                travel.stop()
            travel, off = None, wanted
            if wanted:
                there = real.datetime.datetime.now(UTC) + timedelta(seconds=wanted)
                travel = time_machine.travel(there, tick=True)
                travel.start()
        time.sleep(LOOK_EVERY)


def watch() -> None:
    threading.Thread(target=follow, name="clock of the house", daemon=True).start()


if "CLOCK_FILE" in os.environ:
    watch()
    os.register_at_fork(after_in_child=watch)

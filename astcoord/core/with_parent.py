"""A process that ends when its parent does, however the parent ended: Linux alone can promise that.

Imports nothing of the project and no Django: run as a script, it is a process's first step, and takes no time.
"""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
MADE_BY = "ASTCOORD_MADE_BY"
LOOK_EVERY = 1.0


def end_with(parent: int, by: signal.Signals) -> None:
    """Have the kernel send this process the signal `by` when the process `parent`, which made it, has ended.

    It is the thread that made us whose end counts: make children in a process's main thread. Elsewhere than on Linux
    nothing happens.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:  # it ended before we could ask
        os.kill(os.getpid(), by)


def end_soon_after(seconds: float, *, unless: Callable[[], bool] = lambda: False) -> None:
    """Kill this process `seconds` after the end of whoever made it with this file, however little it does by then.

    Not where something is so by then that lets it go on (`unless`).

    Told to stop by a signal, Celery may wait for a lock that what the signal interrupted holds: then it stops never.
    """
    parent = int(os.environ.get(MADE_BY, "0"))

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY)
        time.sleep(seconds)
        if not unless():
            os.kill(os.getpid(), signal.SIGKILL)

    if parent:
        threading.Thread(target=watch, name="parent", daemon=True).start()


def become(command: list[str], *, parent: int) -> None:
    """Turn into `command`, which is told to stop when `parent` has ended. Never returns."""
    end_with(parent, signal.SIGTERM)
    os.environ[MADE_BY] = str(parent)
    os.execv(command[0], command)  # noqa: S606 (our own interpreter, our own arguments)


if __name__ == "__main__":
    become(sys.argv[2:], parent=int(sys.argv[1]))

"""For a container's health check: has this worker been heard of within the last minute?"""

import os
import signal
import socket
import time
from argparse import ArgumentParser
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from astcoord.core import heartbeat, unwritten
from astcoord.core.models.heartbeat import Heartbeat

GRACE = 300


class Command(BaseCommand):
    help = (
        "Says whether a worker works: it notes that in the database every few seconds. Ends with 1 if nothing was "
        "heard of it for a minute, so that whoever watches the container knows. A database that is away is not the "
        "worker's fault."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--worker", default=f"celery@{socket.gethostname()}", help="its name (default: %(default)s)"
        )
        parser.add_argument(
            "--end", action="store_true", help="kill it if it is silent and on this machine, so that it is started anew"
        )

        parser.add_argument(
            "--grace",
            type=float,
            default=GRACE,
            help="seconds that it may take to start before it is killed, on a busy machine (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            unwritten.write_down()  # with its container goes what it noted while the database was away
            found = Heartbeat.objects.filter(worker=options["worker"]).first()
        except Error as error:
            self.stderr.write(f"The database does not answer ({type(error).__name__}), so this cannot be said.")
            return
        if found is None:
            raise CommandError(f"Nothing was ever heard of {options['worker']}.")
        silence = abs(timezone.now() - found.looked_at)
        if silence <= timedelta(seconds=heartbeat.SILENCE):
            self.stdout.write(f"{found.worker} works (release {found.release or 'unknown'}).")
            return
        if options["end"] and _is_celery(found.pid) and _age(found.pid) >= options["grace"]:
            with suppress(ProcessLookupError):
                os.kill(found.pid, signal.SIGKILL)  # its children end with it
        raise CommandError(
            f"Nothing was heard of {found.worker} since {found.looked_at.isoformat(timespec='seconds')}."
        )


def _age(pid: int) -> float:
    """Seconds since the process began; none if it is gone."""
    try:
        began = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except OSError:
        return 0
    return time.clock_gettime(time.CLOCK_BOOTTIME) - began / os.sysconf("SC_CLK_TCK")


def _is_celery(pid: int) -> bool:
    """Whether the process of this number is a Celery still, and not another that got the number since."""
    try:
        return b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False

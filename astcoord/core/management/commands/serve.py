"""Web server, worker and clock in one terminal, for one machine. Ctrl-C stops all three."""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

import waitress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from astcoord.core import heartbeat, with_parent
from astcoord.core.proxies import Proxies

WORKER = f"worker@{socket.gethostname()}"

STOP_WITHIN = 30
HANGING_WITHIN = 10
LONGEST_PATIENCE = 15 * 60
STEADY_AFTER = 60
LONGEST_DELAY = 30


class Child:
    """One Celery process, started again when it dies: at once, then ever more slowly if it dies at birth."""

    def __init__(self, name: str, arguments: list[str]) -> None:
        self.name = name
        celery = ["-m", "celery", "--app", "astcoord", "--quiet", *arguments]
        # Asked for by the child itself before it becomes Celery: Python between fork and exec is not safe in a process
        # with threads. So even a serve that is killed without warning leaves nobody behind.
        first = ["-I", with_parent.__file__, str(os.getpid())]
        self.command = [sys.executable, *first, sys.executable, *celery]
        self.delay = 0
        self.start()

    def start(self) -> None:
        environment = {
            **os.environ,
            # In a container there is only root, and a worker that takes nothing but JSON is safe as root.
            "C_FORCE_ROOT": "1",
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        }
        self.born = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 (our own interpreter, our own arguments)
            self.command,
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches only us, and we stop things in order
            cwd=settings.BASE_DIR,
        )

    def died(self) -> bool:
        return self.process.poll() is not None

    def next_delay(self) -> int:
        """Seconds to wait before starting again; also clears away what a killed worker left running."""
        self._signal_group(signal.SIGKILL)
        steady = time.monotonic() - self.born > STEADY_AFTER
        self.delay = 1 if steady else min(max(1, self.delay * 2), LONGEST_DELAY)
        return self.delay

    def stop(self, within: float) -> None:
        """Let it finish what it has in hand; kill it, in seconds, if that takes too long."""
        if not self.died():
            self.process.terminate()
            try:
                self.process.wait(within)
            except subprocess.TimeoutExpired:
                self._signal_group(signal.SIGKILL)
                self.process.wait(5)

    def _signal_group(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


class Patience:
    """Whether the worker, or the clock that gives it its work, has hung: both live, and nothing is done.

    Doubled each time until it has worked again, since replacing it may be no help. That it started is no work yet.
    """

    def __init__(self, seconds: float) -> None:
        self.shortest = self.seconds = seconds
        self.listener = heartbeat.Listener(WORKER)
        self.look_at = 0.0
        self.has_started = False

    def is_over(self) -> bool:
        """Asks the database every few seconds, however often it is called."""
        if time.monotonic() < self.look_at:
            return False
        self.look_at = time.monotonic() + heartbeat.EVERY
        before = self.listener.last
        silence = self.listener.silence()
        if self.listener.last != before:
            if self.has_started:
                self.seconds = self.shortest
            self.has_started = True
        return silence > self.seconds

    def begin_again(self) -> None:
        self.seconds = min(self.seconds * 2, LONGEST_PATIENCE)
        self.has_started = False
        self.listener.start_again()


class Command(BaseCommand):
    help = "Runs the web server, a worker and the clock on this machine until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--workers", type=int, default=1, help="letters and reports made at the same time")
        parser.add_argument(
            "--patience", type=float, default=heartbeat.SILENCE, help="seconds that a worker may be silent"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: stop.set())
        _require_migrations()
        # The port first: if it is taken, nothing else was started.
        server = self._server(options["host"], options["port"])
        web = threading.Thread(target=server.run, name="web", daemon=True)
        web.start()
        children = [Child("worker", _worker(options["workers"])), Child("clock", _clock())]
        shown = "localhost" if options["host"] in ("127.0.0.1", "0.0.0.0") else options["host"]  # noqa: S104
        self.stdout.write(self.style.SUCCESS(f"astcoord is at http://{shown}:{options['port']}/ (Ctrl-C to stop)"))
        if settings.READABLE_OUTBOX:
            self.stdout.write(f"Its e-mail is at http://{shown}:{options['port']}/outbox/")
        self.stdout.flush()
        try:
            self._watch(children, Patience(options["patience"]), stop)
        finally:
            server.close()
            for child in reversed(children):  # the clock first: no new work
                child.stop(STOP_WITHIN)
        self.stdout.write("Stopped.")

    def _server(self, host: str, port: int) -> Any:
        try:
            return waitress.create_server(
                Proxies(get_wsgi_application(), settings.TRUSTED_PROXIES),
                host=host,
                port=port,
                threads=8,
                ident="",
                clear_untrusted_proxy_headers=False,  # `Proxies` looks at them, and takes them out
            )
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Port {port} is in use already. Stop what listens there, or choose another: --port {port + 1}"
                ) from None
            raise CommandError(f"Cannot listen on {host}:{port}: {error.strerror}") from None

    def _watch(self, children: list[Child], patience: Patience, stop: threading.Event) -> None:
        while not stop.wait(0.5):
            if patience.is_over():
                self.stderr.write("Nothing was heard of the worker. It is replaced, and the clock with it.")
                for child in children:
                    child.stop(HANGING_WITHIN)
                    child.start()
                patience.begin_again()
            for child in children:
                if child.died():
                    delay = child.next_delay()
                    self.stderr.write(f"The {child.name} ended ({child.process.returncode}); again in {delay} s.")
                    if stop.wait(delay):
                        return
                    child.start()


def _require_migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not up to date. Run this first: manage.py migrate")
    connection.close()


def _worker(number: int) -> list[str]:
    return [
        "worker",
        f"--hostname={WORKER}",
        f"--concurrency={number}",
        "--loglevel=WARNING",
        "--without-gossip",
        "--without-mingle",
    ]


def _clock() -> list[str]:
    return ["beat", "--loglevel=WARNING", "--pidfile="]

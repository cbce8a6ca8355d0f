"""The two ways in which an authority runs the software, as processes of their own that a test may hurt.

`ServicesHouse` is docker-compose's: PostgreSQL, Redis, a worker of two, a clock, each started again when it ends.
`ServeHouse` is `manage.py serve` on one machine: SQLite and the embedded broker.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg2

from tests.faults.servers import Postgres, Redis, free_port
from tests.smtp import Relay

ROOT = Path(__file__).resolve().parents[2]
IDLE = 0.1


def eventually(true: Callable[[], Any], seconds: float, what: str) -> Any:
    """What `true` returns as soon as it is something; AssertionError saying `what` was waited for."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := true():
            return found
        time.sleep(IDLE)
    raise AssertionError(f"waited {seconds} seconds for {what}")


class House:
    """One installation in a folder, with the letters of a term to send."""

    def __init__(self, folder: Path, relay: Relay) -> None:
        self.folder, self.relay = folder, relay
        self.disk = folder
        self.var = folder / "var"
        self.var.mkdir(parents=True, exist_ok=True)
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {
            **keep,
            "VAR_DIR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "astcoord.settings.development",
            "EMAIL_URL": f"smtp://127.0.0.1:{relay.port}",
            "C_FORCE_ROOT": "1",
        }
        # How many seconds the clocks of this house are off: `tests/faults/clock` sees to it in every process.
        self.clock = folder / "clock"
        self.put_clock(0)
        self.environment |= {"CLOCK_FILE": str(self.clock), "PYTHONPATH": str(Path(__file__).parent / "clock")}

    # What a test does

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError

    def second_clock(self) -> subprocess.Popen[bytes]:
        """One more beat beside the first, as after a mistake in the deployment."""
        return self.popen("celery", "--app", "astcoord", "--quiet", "beat", "--pidfile=", f"--schedule={self.var}/two")

    def put_clock(self, seconds: int) -> None:
        """All clocks of this house are `seconds` ahead (or behind), about a second from now."""
        draft = self.clock.with_suffix(".new")
        draft.write_text(str(seconds))
        draft.replace(self.clock)

    def send_round(self) -> int:
        """The co-ordinator approves a round of letters; how many letters are to be sent by e-mail."""
        return self.office("send_round()")

    def office(self, call: str) -> int:
        """Somebody in the office does something, in a process of its own: see `tests.faults.office`."""
        code = f"from tests.faults import office; print(office.{call})"
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return int(done.stdout)

    def manage(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, check=True, timeout=600, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def after_a_full_disk(self) -> None:
        """What somebody does once there is room again: start what ended."""

    # What a test sees

    def sql(self, statement: str) -> list[Any]:
        raise NotImplementedError

    def letters(self) -> Counter[str]:
        """The letters by what became of their e-mail."""
        rows = self.sql("SELECT status, count(*) FROM core_message WHERE kind LIKE '%letter%' GROUP BY status")
        return Counter(dict(rows))

    def doubtful(self) -> set[str]:
        """Addresses whose letter may have gone twice, by the software's own record."""
        return {address for (address,) in self.sql("SELECT to_email FROM core_message WHERE ambiguous > 0")}

    def minutes_pass(self, minutes: int = 5) -> None:
        """What was promised until some time is over: leases, bells, pauses, waits. Saves a test the waiting."""
        raise NotImplementedError

    # Its processes

    def popen(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=ROOT, env=self.environment, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def processes(self, word: str = "") -> dict[int, int]:
        """The living processes of this house whose command line holds `word`, with their parents."""
        found = {}
        ours = f"VAR_DIR={self.var}".encode()
        for each in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if ours in (each / "environ").read_bytes().split(b"\0") and word.encode() in (
                    each / "cmdline"
                ).read_bytes().split(b"\0"):
                    state, parent = (each / "stat").read_text().rpartition(") ")[2].split()[:2]
                    if state != "Z":
                        found[int(each.name)] = int(parent)
        return found

    def worker(self) -> int:
        """The worker's own process, whose children do the work."""
        workers = self.processes("worker")
        return next(pid for pid, parent in workers.items() if parent not in workers)

    def children(self) -> list[int]:
        """The worker's children."""
        workers = self.processes("worker")
        return [pid for pid, parent in workers.items() if parent in workers]

    def kill_everything(self) -> None:
        """Nothing of this house is left running."""

        def none_left() -> bool:
            left = list(self.processes())
            _signal(left, signal.SIGKILL)
            return not left

        eventually(none_left, 20, "the end of every process")

    def log(self) -> str:
        """The end of what the processes said."""
        path = self.folder / "log"
        return path.read_text(errors="replace")[-3000:] if path.exists() else ""

    @contextmanager
    def starved(self, share: float = 1 / 3):  # type: ignore[no-untyped-def]
        """Every process of the house gets only this share of the time."""
        over = threading.Event()

        def hold_back() -> None:
            while not over.wait(0.2 * share):
                held = list(self.processes())
                _signal(held, signal.SIGSTOP)
                over.wait(0.2 * (1 - share))
                _signal(held, signal.SIGCONT)

        thread = threading.Thread(target=hold_back, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


class ServicesHouse(House):
    """PostgreSQL, Redis, a worker with two children and a clock; what ends is started again, as Compose does."""

    def __init__(self, folder: Path, relay: Relay, postgres: Postgres) -> None:
        super().__init__(folder, relay)
        self.postgres, self.redis = postgres, Redis(folder)
        self.database = folder.name.replace("-", "_")
        self.redis.start()
        self.environment |= {"DATABASE_URL": postgres.dsn(self.database), "CELERY_BROKER_URL": self.redis.url}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.closing = threading.Event()
        self.keeper: threading.Thread | None = None

    def make_database(self, template: str = "template0") -> None:
        with closing(psycopg2.connect(self.postgres.dsn("postgres"))) as connection:
            connection.autocommit = True
            connection.cursor().execute(f'CREATE DATABASE "{self.database}" TEMPLATE "{template}"')
            # A template's sequences are copied as if logged ahead: after a hard stop of the server that comes
            # before the next checkpoint they would hand out the same numbers again.
            connection.cursor().execute("CHECKPOINT")

    def template(self) -> str:
        """What `make_database` of another house may copy."""
        return self.database

    def start(self) -> None:
        self.keeper = threading.Thread(target=self._keep, daemon=True)
        self.keeper.start()
        eventually(lambda: len(self.children()) == 2, 120, "a worker with two children")

    def stop(self) -> None:
        self.closing.set()
        if self.keeper is not None:
            self.keeper.join()
        self.kill_everything()
        self.redis.kill()

    def _keep(self) -> None:
        commands = {
            "worker": ("worker", "--concurrency=2", "--loglevel=WARNING"),
            "beat": ("beat", "--loglevel=WARNING", "--pidfile="),
        }
        while not self.closing.is_set():
            for name, arguments in commands.items():
                if name not in self.running or self.running[name].poll() is not None:
                    self.running[name] = self.popen("celery", "--app", "astcoord", "--quiet", *arguments)
            self.closing.wait(0.5)

    def sql(self, statement: str) -> list[Any]:
        with closing(psycopg2.connect(self.environment["DATABASE_URL"])) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def minutes_pass(self, minutes: int = 5) -> None:
        for column, table in TIMES:
            self.sql(f"UPDATE {table} SET {column} = {column} - interval '{minutes} minutes'")


class ServeHouse(House):
    """`manage.py serve`: web, worker and clock of one machine, SQLite, the embedded broker."""

    def __init__(self, folder: Path, relay: Relay) -> None:
        super().__init__(folder, relay)
        self.file = self.var / "astcoord.sqlite3"
        self.served: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.served = subprocess.Popen(
                [sys.executable, "manage.py", "serve", f"--port={free_port()}"],
                cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        eventually(self.children, 120, "a worker with a child")

    def stop(self) -> None:
        self.kill_serve()
        self.kill_everything()

    def kill_serve(self) -> None:
        """As the system does when memory is short."""
        if self.served is not None:
            self.served.kill()
            self.served.wait()

    def template(self) -> Path:
        """What `make_database` of another house may copy."""
        with closing(sqlite3.connect(self.file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self.file

    def make_database(self, template: Path | None = None) -> None:
        if template is not None:
            shutil.copy(template, self.file)

    def sql(self, statement: str) -> list[Any]:
        with closing(sqlite3.connect(self.file, timeout=30)) as connection:
            rows = connection.execute(statement).fetchall()
            connection.commit()
            return rows

    def minutes_pass(self, minutes: int = 5) -> None:
        for column, table in TIMES:
            self.sql(
                f"UPDATE {table} SET {column} = strftime('%Y-%m-%d %H:%M:%f', {column}, '-{minutes} minutes') "
                f"WHERE {column} IS NOT NULL"
            )


TIMES = [
    ("lease_until", "core_message"),
    ("rung_at", "core_message"),
    ("due_at", "core_message"),
    ("paused_until", "core_relaystate"),
]

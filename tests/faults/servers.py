"""A PostgreSQL and a Redis that a test may stop, empty and start again."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
import redis


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def programs_missing() -> list[str]:
    """Which of the programs that the two servers need are not on this machine."""
    return [
        name for name, path in (("postgresql", _postgres_bin()), ("redis", shutil.which("redis-server"))) if not path
    ]


def _postgres_bin() -> Path | None:
    """Debian keeps PostgreSQL's own programs off the PATH; the newest version wins."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    here = shutil.which("initdb")
    return found[-1].parent if found else Path(here).resolve().parent if here else None


class Postgres:
    """A cluster in a folder of its own. PostgreSQL does not run as root: then somebody else owns it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder / "data", free_port()
        bin_folder = _postgres_bin()
        assert bin_folder is not None
        self.programs = bin_folder
        folder.mkdir(parents=True, exist_ok=True)
        if os.getuid() == 0:
            names = {each.pw_name for each in pwd.getpwall()}
            self.owner = "postgres" if "postgres" in names else "nobody"
            shutil.chown(folder, self.owner)
        else:
            self.owner = ""
        self._run("initdb", "-D", self.folder, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        """Start it, or see that it runs."""
        if self.answers():
            return
        own = f"-p {self.port} -k {self.folder.parent} -c listen_addresses=127.0.0.1 -c max_connections=60"
        log = self.folder.parent / "log"
        self._run("pg_ctl", "-D", self.folder, "-l", log, "-w", "-t", "60", "start", "-o", own)

    def stop_hard(self) -> None:
        """As if the machine had lost its current: nobody is told, nothing is put away."""
        with suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", self.folder, "-m", "immediate", "-w", "stop")

    def answers(self) -> bool:
        """Whether it takes connections now."""
        with suppress(psycopg2.OperationalError):
            psycopg2.connect(self.dsn("postgres"), connect_timeout=2).close()
            return True
        return False

    def dsn(self, database: str) -> str:
        """Where a database of it is."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.programs / program), *map(str, arguments)]
        as_owner = ["runuser", "-u", self.owner, "--"] if self.owner else []
        # To a file, not to a pipe: the server itself would hold the pipe open.
        subprocess.run([*as_owner, *command], check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Redis:
    """A Redis that keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        own = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(
            ["redis-server", *own, "--dir", str(self.folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(redis.ConnectionError):
                redis.from_url(self.url).ping()
                return
            time.sleep(0.05)
        raise TimeoutError("Redis does not answer")

    def kill(self) -> None:
        """Gone, with all that it held."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def empty(self) -> None:
        """It forgets everything and goes on."""
        redis.from_url(self.url).flushall()

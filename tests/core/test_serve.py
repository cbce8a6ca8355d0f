"""`serve`: web, worker and clock in one terminal, started and stopped as a person would."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from django.conf import settings

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to see which processes live"),
    pytest.mark.skipif("SERVICES_REDIS_URL" in os.environ, reason="one machine without services, tried without them"),
]

QUEUE = """
from astcoord.core import outbox
outbox.queue(key="{key}", kind="n", to="head@oakfield.marlshire.example", subject="{key}", body="B")
"""


def eventually(true: Callable[[], Any], seconds: float = 120) -> Any:
    until = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < until:
        time.sleep(0.1)
    return found


class Site:
    """A machine of its own: a folder for its data, a port, and the processes that know that folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {**keep, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "astcoord.settings.development"}

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def serve(self, port: int) -> subprocess.Popen[str]:
        self.port = port
        return subprocess.Popen(
            [sys.executable, "manage.py", "serve", f"--port={port}"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthy/", timeout=5) as response:
                return bool(response.read() == b"well")
        except OSError:
            return False

    def processes(self, word: str) -> list[int]:
        """The living processes of this site whose command line holds `word`."""
        found = []
        for each in Path("/proc").glob("[0-9]*"):
            try:
                ours = f"VAR_DIR={self.folder}".encode() in (each / "environ").read_bytes().split(b"\0")
                if ours and word.encode() in (each / "cmdline").read_bytes():
                    found.append(int(each.name))
            except OSError:
                continue
        return sorted(found)

    def written(self) -> list[str]:
        return [path.read_text() for path in (self.folder / "outbox").glob("*.eml")]

    def queue(self, key: str) -> None:
        result = self.manage("shell", "--verbosity=0", "--command", QUEUE.format(key=key))
        assert result.returncode == 0, result.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = Site(tmp_path_factory.mktemp("site"))
    result = made.manage("migrate", "--verbosity=0")
    assert result.returncode == 0, result.stderr
    return made


@pytest.fixture
def running(site: Site, unused_port: int) -> Iterator[subprocess.Popen[str]]:
    process = site.serve(unused_port)
    assert eventually(site.answers)
    assert eventually(lambda: len(site.processes("worker@")) >= 2)  # Celery's parent and its child
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()
    eventually(lambda: not site.processes("celery"))


@pytest.fixture
def unused_port() -> int:
    import socket  # noqa: PLC0415

    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


def test_it_serves_delivers_outlives_a_killed_worker_and_stops_cleanly(site, running):
    site.queue("first")
    assert eventually(lambda: any("Subject: first" in letter for letter in site.written()))

    second = site.manage("serve", f"--port={site.port}")
    assert second.returncode == 1
    assert f"Port {site.port} is in use already" in second.stderr
    assert "--port" in second.stderr

    before = site.processes("worker@")
    os.kill(before[0], signal.SIGKILL)
    assert eventually(lambda: len(site.processes("worker@")) >= 2 and not set(site.processes("worker@")) & set(before))
    site.queue("after")
    assert eventually(lambda: any("Subject: after" in letter for letter in site.written()))

    running.send_signal(signal.SIGINT)
    output, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert f"http://localhost:{site.port}/" in output
    assert "The worker ended (-9)" in output
    assert output.endswith("Stopped.\n")
    assert site.processes("celery") == []


def test_killed_without_warning_it_leaves_nobody_behind(site, running):
    running.kill()
    assert eventually(lambda: not site.processes("celery"))


def test_an_old_database_is_said_plainly(tmp_path):
    result = Site(tmp_path).manage("serve", "--port=0")
    assert result.returncode == 1
    assert "manage.py migrate" in result.stderr

"""`serve` on a machine of its own, for tests that look at its processes from outside."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from django.conf import settings

QUEUE = """
from astcoord.core import outbox
outbox.queue(key="{key}", kind="n", to="head@oakfield.marlshire.example", subject="{key}", body="B")
"""


def eventually(true: Callable[[], Any], seconds: float = 120) -> Any:
    until = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def parent_of(pid: int) -> int:
    """The process that made this one; 0 if it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def processor_time(pid: int) -> int:
    """In ticks of the kernel's clock."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return int(user) + int(system)


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
            timeout=300,
        )

    def serve(self, port: int, *options: str) -> subprocess.Popen[str]:
        self.port = port
        return subprocess.Popen(
            [sys.executable, "manage.py", "serve", f"--port={port}", *options],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/ready/", timeout=5) as response:
                return bool(response.read() == b"ready")
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

    def children(self) -> list[int]:
        """The worker's children, which do its work; its parent only hands it out."""
        workers = self.processes("worker@")
        return [pid for pid in workers if parent_of(pid) in workers]

    def written(self) -> list[str]:
        return [path.read_text() for path in (self.folder / "outbox").glob("*.eml")]

    def arrives(self, key: str) -> bool:
        """Queue a letter, and wait for it to be written."""
        self.queue(key)
        return bool(eventually(lambda: any(f"Subject: {key}\n" in letter for letter in self.written())))

    def queue(self, key: str) -> None:
        result = self.manage("shell", "--verbosity=0", "--command", QUEUE.format(key=key))
        assert result.returncode == 0, result.stderr


def unused_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])

"""Who is made by `with_parent` does not outlive its maker, even if it listens to no signal."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from astcoord.core import with_parent
from tests import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells of a parent's end on Linux alone")

DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
from astcoord.core import with_parent
with_parent.end_soon_after(0.2)
print("deaf", flush=True)
time.sleep(60)
"""
OBEDIENT = "import time; print('obedient', flush=True); time.sleep(60)"
MAKER = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-I", sys.argv[1], str(os.getpid()), sys.executable, "-c", sys.argv[2]])
print(child.pid, flush=True)
time.sleep(60)
"""


def gone(pid: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("child", [OBEDIENT, DEAF])
def test_a_child_ends_with_its_maker(child):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", MAKER, with_parent.__file__, child]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment) as maker:
        pid = int(maker.stdout.readline())
        assert maker.stdout.readline()  # the child has come up
        assert not gone(pid, 0.2)
        maker.send_signal(signal.SIGKILL)
        assert gone(pid, 30)


def test_without_a_maker_nobody_is_ended(monkeypatch):
    monkeypatch.delenv(with_parent.MADE_BY, raising=False)
    monkeypatch.setattr(with_parent.threading, "Thread", None)
    with_parent.end_soon_after(0)

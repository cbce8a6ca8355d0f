"""Rows of a workbook (XLSX, XLS, ODS), read by a process of its own with a limit to its memory."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from astcoord.core.tablefile.kinds import ONLY_THE_SHEET, SAVE, TOO_LARGE, Other
from astcoord.core.tablefile.worker import PASSWORD, TOO_MUCH

WORKER = Path(__file__).with_name("worker.py")
SECONDS = 60
Sheets = dict[str, list[list[str]]]


def sheets(file: BinaryIO, *, most_rows: int) -> Sheets | Other:
    """The visible sheets by name, or why there are none to be had."""
    file.seek(0)
    try:
        done = subprocess.run(  # noqa: S603  (our own file, and a number)
            [sys.executable, "-I", str(WORKER), str(most_rows)],
            input=file.read(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Other("a workbook that takes too long to read", ONLY_THE_SHEET)
    if done.returncode == TOO_MUCH:
        return TOO_LARGE
    if done.returncode == PASSWORD or (done.returncode and _is_locked(file)):
        return Other("a workbook with a password", "Save it without one.")
    if done.returncode:
        return Other("a workbook that cannot be read", SAVE)
    return _collected(done.stdout.splitlines())


def _collected(lines: list[bytes]) -> Sheets:
    found: Sheets = {}
    rows: list[list[str]] = []
    for line in _parsed(lines):
        if isinstance(line, dict):
            rows = found.setdefault(line["sheet"], [])
        else:
            rows.append(line)
    return found


def _parsed(lines: list[bytes]) -> Iterator[dict[str, str] | list[str]]:
    yield from map(json.loads, lines)


def _is_locked(file: BinaryIO) -> bool:
    """Encrypted workbooks are a container that says so in its table of contents."""
    file.seek(0)
    return "EncryptedPackage".encode("utf-16-le") in file.read()

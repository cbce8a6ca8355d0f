"""Rows of a text file, read as a stream: its encoding first, then its records for one separator."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from astcoord.core.tablefile.kinds import HEAD, utf_16

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
UNKNOWN_1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
SEPARATORS = (",", ";", "\t")
Records = Iterator[list[str]]


def encoding_of(file: BinaryIO) -> tuple[str, int]:
    """UTF-8 with or without its mark, UTF-16, else windows-1252; and how many characters cannot be read."""
    file.seek(0)
    head = file.read(HEAD)
    if found := utf_16(head):
        return found, 0
    file.seek(0)
    broken = original = unknown = 0
    for line in file:
        decoded = line.decode("utf-8", errors="replace")
        if REPLACEMENT in decoded:
            own = line.count(REPLACEMENT.encode())
            broken, original = broken + decoded.count(REPLACEMENT) - own, original + own
        unknown += sum(line.count(byte) for byte in UNKNOWN_1252)
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig", broken
    return ("windows-1252", unknown) if broken else ("utf-8", 0)


def separator_named(file: BinaryIO, encoding: str) -> str:
    """What a first line “sep=;” says, as spreadsheets write it; "" without one."""
    first = _open(file, encoding).readline(20).strip().strip('"').lower()
    return first[4:] if first.startswith("sep=") and first[4:] in SEPARATORS else ""


def records(file: BinaryIO, encoding: str, separator: str) -> Records:
    """Record by record, the blank ones too. `csv.Error` where they cannot be told apart."""
    return csv.reader(_open(file, encoding), delimiter=separator)


def _open(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """The text from its start; the file itself stays open when the text is let go."""
    file.seek(0)
    return _Kept(file, encoding=encoding, errors="replace", newline="")


class _Kept(io.TextIOWrapper):
    """Django closes an upload itself, and reads it again for the next separator."""

    def __del__(self) -> None:
        try:
            self.detach()
        except ValueError:  # closed already
            return

"""Zip archives from outside: looked at without trust. Whatever is wrong with one, there is one way to say so.

Workbooks, Word and OpenDocument files are such archives. Programs pack them in two ways only; the others that the
format knows (LZMA, bzip2) let a few bytes ask for gigabytes, and fail with errors of their own.
"""

import lzma
import struct
import zipfile
import zlib

BROKEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    lzma.LZMAError,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    ArithmeticError,
    RuntimeError,  # a password; a way of packing that is not known
    MemoryError,
    AssertionError,
)
"""What Python's own reader raises at archives that are cut off, forged or locked."""

PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LOCKED = 0x1


class UnusualArchive(ValueError):
    """Locked, or packed in a way that no office program uses."""


def parts(archive: zipfile.ZipFile, *, most: int) -> list[zipfile.ZipInfo]:
    """What it says it holds, before anything of it is unpacked. UnusualArchive where there is too much or it is odd."""
    found = archive.infolist()
    if len(found) > most:
        raise UnusualArchive("too many parts")
    if any(info.flag_bits & LOCKED or info.compress_type not in PLAIN for info in found):
        raise UnusualArchive("locked, or packed otherwise")
    return found


def start_of(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The first bytes of a part, `most` at most, however large it says it is or turns out to be. KeyError if absent."""
    with archive.open(name) as part:
        return part.read(most)

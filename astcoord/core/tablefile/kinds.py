"""What a file is, by its first bytes: a table of text, a spreadsheet, or something that holds no table."""

import codecs
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from astcoord.core import archives

ONLY_THE_SHEET = "Save only the sheet that is needed as CSV."
SAVE = "Open it in the program that made it and save it as CSV or as an Excel workbook (.xlsx)."
AS_SHEET = "Copy the table into a spreadsheet and save that as CSV or as an Excel workbook (.xlsx)."
LARGEST_UNPACKED = 50 * 1024 * 1024
"""About 17,000 rows of the national register, which take four seconds: no page is kept waiting for longer."""
MOST_PARTS = 5_000
HEAD = 8192

OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", AS_SHEET),
    (b"{\\rtf", "a text document (RTF)", AS_SHEET),
    (b"\x89PNG", "a picture", AS_SHEET),
    (b"\xff\xd8\xff", "a picture", AS_SHEET),
    (b"GIF8", "a picture", AS_SHEET),
    (b"BEGIN:VCARD", "an address book (vCard)", "Export the address book as CSV."),
    (b"\x1f\x8b", "a compressed archive", "Unpack it first."),
    (b"Rar!", "a compressed archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a compressed archive", "Unpack it first."),
)
IN_ZIP: tuple[tuple[str, str, str], ...] = (
    ("word/", "a Word document", AS_SHEET),
    ("ppt/", "a presentation", AS_SHEET),
    ("Index/", "a Numbers document", "In Numbers choose File, Export To, CSV."),
)
SHEETS_IN_ZIP = ("xl/workbook.xml", "xl/workbook.bin")


@dataclass(frozen=True)
class Other:
    """A file without a table that could be read: what it looks like, and how to save it properly."""

    what: str
    remedy: str


TOO_LARGE = Other("a workbook that is too large once unpacked", ONLY_THE_SHEET)


def kind_of(file: BinaryIO) -> str | Other:
    """“text”, “spreadsheet”, or what else it is."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "spreadsheet"
    return _other(head) or "text"


def _other(head: bytes) -> Other | None:
    for mark, what, remedy in OTHERS:
        if head.startswith(mark):
            return Other(what, remedy)
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        return Other("a web page, even if its name ends in .xls", SAVE)
    if start.startswith(b"<?xml"):
        return Other("an XML file", SAVE)
    if start.startswith((b"{", b"[{")):
        return Other("a JSON file", SAVE)
    if b"\0" in head and not utf_16(head):
        return Other("neither text nor a spreadsheet that we know", SAVE)
    return None


def utf_16(head: bytes) -> str:
    """The name of the encoding if this looks like UTF-16, with its mark or without; else ""."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[1::2].count(0) > len(head) // 4 and not head[0::2].count(0):
        return "utf-16-le"
    if head[0::2].count(0) > len(head) // 4 and not head[1::2].count(0):
        return "utf-16-be"
    return ""


def _zipped(file: BinaryIO) -> str | Other:
    """A workbook is a zip archive; one that would fill the memory is known by the sizes that it declares."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archives.parts(archive, most=MOST_PARTS)
            names = [part.filename for part in parts]
            mime = archives.start_of(archive, "mimetype", 100) if "mimetype" in names else b""
    except archives.UnusualArchive:
        return Other("an archive with a password, too many parts or an unusual way of packing", AS_SHEET)
    except archives.BROKEN:
        return Other("a damaged archive or workbook", "Download or save it again.")
    finally:
        file.seek(0)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        return TOO_LARGE
    return _by_its_parts(names, mime)


def _by_its_parts(names: list[str], mime: bytes) -> str | Other:
    if mime.startswith(b"application/vnd.oasis.opendocument"):
        return "spreadsheet" if b"spreadsheet" in mime else Other("a text document or drawing", AS_SHEET)
    if any(name in names for name in SHEETS_IN_ZIP):
        return "spreadsheet"
    for start, what, remedy in IN_ZIP:
        if any(name.startswith(start) for name in names):
            return Other(what, remedy)
    return Other("a zip archive", "Unpack it and choose the file that is in it.")

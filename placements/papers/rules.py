"""Which files a school may upload: judged by what is in them, not only by their name (R-9.4). Pure."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from astcoord.core import archives
from astcoord.core.problems import Problem

LARGEST = 10 * 1024 * 1024
LARGEST_PART = 1024 * 1024
"""Parts of a packed file that are read are small; a part that unpacks to more is not looked at."""
MOST_PARTS = 5000
NAME_LENGTH = 120

OFFICE_XML = "application/vnd.openxmlformats-officedocument."
ODT = "application/vnd.oasis.opendocument.text"
MACRO_NAMES = frozenset({"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"})
MACRO_PARTS = ("/vbaproject.bin", "/vbadata.xml")
MACRO_FOLDERS = ("/macrosheets/", "/basic/", "/scripts/", "/activex/")
PLAIN_CONTROLS = b"\t\n\f\r"
NO_TEXT = bytes(set(range(32)) - set(PLAIN_CONTROLS)) + b"\x7f"
MARKUP = re.compile(rb"\s*<(!doctype|html|head|body|script|svg|\?xml|\?php|iframe|!--)", re.IGNORECASE)

ALLOWED = "PDF, Word (DOCX), OpenDocument (ODT), Excel (XLSX), PowerPoint (PPTX), PNG, JPEG, TXT or CSV"
MACROS = "The selected file holds macros. Save it without macros, or as a PDF, and select that file"
DISAGREES = "The selected file is not what its name says. Save it again as {label}, and select that file"


class HasMacros(Exception):
    """A packed file brings its own programs."""


@dataclass(frozen=True)
class FileType:
    """What a name's ending promises, and how to see whether the bytes keep it."""

    content_type: str
    label: str
    matches: Callable[[bytes], bool]


def problems_of(name: str, data: bytes) -> list[Problem]:
    """What speaks against this file, as what to do about it; empty if it may be stored."""
    message = _trouble(_ending(name), data)
    return [Problem(message, "file", "R-9.4")] if message else []


def content_type_of(name: str) -> str:
    """The type under which a file that has been checked is handed out."""
    return TYPES[_ending(name)].content_type


def safe_name(name: str) -> str:
    """The file's own name without folders, invisible and reserved signs, and not too long."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    # Control and format signs too: one that turns the direction of writing shows "fdp.exe" as "exe.pdf".
    visible = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in last)
    stem, _, ending = re.sub(r'[<>:"|?*;]', "-", visible).rpartition(".")
    stem = " ".join(stem.split()).strip(". ") or "paper"
    ending = ending.strip().lower()
    return f"{stem[: NAME_LENGTH - len(ending) - 1].rstrip()}.{ending}"


def _trouble(ending: str, data: bytes) -> str:
    if not data:
        return "The selected file is empty"
    if len(data) > LARGEST:
        return "The selected file must be smaller than 10 MB"
    if ending in MACRO_NAMES:
        return MACROS
    if ending not in TYPES:
        return f"The selected file must be a {ALLOWED}"
    try:
        agrees = TYPES[ending].matches(data)
    except HasMacros:
        return MACROS
    return "" if agrees else DISAGREES.format(label=TYPES[ending].label)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(signatures)


def _is_text(data: bytes) -> bool:
    """No control signs, and no page in disguise."""
    return data.translate(None, NO_TEXT) == data and not MARKUP.match(data.removeprefix(b"\xef\xbb\xbf"))


def _office(main: str, part: str) -> Callable[[bytes], bool]:
    """An Office file: its list of contents names the main part of just this kind."""

    def matches(data: bytes) -> bool:
        parts = _parts(data, "[Content_Types].xml", part)
        kinds = parts.get("[Content_Types].xml", b"").lower()
        if b"macroenabled" in kinds:
            raise HasMacros
        return part in parts and f"{OFFICE_XML}{main}.main+xml".lower().encode() in kinds

    return matches


def _is_odt(data: bytes) -> bool:
    parts = _parts(data, "mimetype", "content.xml")
    return parts.get("mimetype") == ODT.encode() and "content.xml" in parts


def _parts(data: bytes, read: str, present: str) -> dict[str, bytes]:
    """Of a packed file: the part `read`, and whether `present` is there. Empty if it is broken, locked or a trap."""
    if not data.startswith(b"PK\x03\x04"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            infos = archives.parts(packed, most=MOST_PARTS)
            if any(_is_macro(info.filename) for info in infos):
                raise HasMacros
            found = {info.filename: b"" for info in infos if info.filename == present}
            if packed.getinfo(read).file_size <= LARGEST_PART:
                found[read] = archives.start_of(packed, read, LARGEST_PART)
            return found
    except archives.BROKEN:
        return {}


def _is_macro(name: str) -> bool:
    low = "/" + name.replace("\\", "/").lower()
    return low.endswith(MACRO_PARTS) or any(folder in low for folder in MACRO_FOLDERS)


_JPEG = FileType("image/jpeg", "a JPEG picture", _starts(b"\xff\xd8\xff"))
TYPES = {
    "pdf": FileType("application/pdf", "a PDF", _starts(b"%PDF-")),
    "docx": FileType(
        f"{OFFICE_XML}wordprocessingml.document",
        "a Word document (DOCX)",
        _office("wordprocessingml.document", "word/document.xml"),
    ),
    "odt": FileType(ODT, "an OpenDocument text (ODT)", _is_odt),
    "xlsx": FileType(
        f"{OFFICE_XML}spreadsheetml.sheet",
        "an Excel workbook (XLSX)",
        _office("spreadsheetml.sheet", "xl/workbook.xml"),
    ),
    "pptx": FileType(
        f"{OFFICE_XML}presentationml.presentation",
        "a PowerPoint presentation (PPTX)",
        _office("presentationml.presentation", "ppt/presentation.xml"),
    ),
    "png": FileType("image/png", "a PNG picture", _starts(b"\x89PNG\r\n\x1a\n")),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "txt": FileType("text/plain; charset=utf-8", "plain text", _is_text),
    "csv": FileType("text/csv; charset=utf-8", "a CSV file", _is_text),
}
"""By the name's ending."""
ENDINGS = ",".join(f".{ending}" for ending in TYPES)

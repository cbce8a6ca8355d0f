"""Small files of each allowed kind, and a placement to upload them to."""

import io
import zipfile
from typing import Any

from placements.papers import actions as papers
from placements.papers.models import PaperFile, SharedDocument
from placements.placement.models import Placement
from tests.cast import Cast

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)
MAIN = {
    "docx": ("wordprocessingml.document", "word/document.xml"),
    "xlsx": ("spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": ("presentationml.presentation", "ppt/presentation.xml"),
}


def packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def office(ending: str, *, macros: bool = False, **more: str) -> bytes:
    """The least that makes an Office file of this kind."""
    kind, part = MAIN[ending]
    if macros:
        content = "application/vnd.ms-word.document.macroEnabled.main+xml"
    else:
        content = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    types = f'<Types><Override PartName="/{part}" ContentType="{content}"/></Types>'
    return packed({"[Content_Types].xml": types, part: "<document/>", **more})


def odt(**more: str) -> bytes:
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>", **more})


def paper_of(placement: Placement, kind: str = "behaviour_policy") -> SharedDocument:
    return placement.papers.get(kind=kind)


def uploaded(cast: Cast, placement: Placement, kind: str = "behaviour_policy", **given: Any) -> PaperFile:
    given = {"name": "Behaviour policy.pdf", "data": PDF, "by": cast.host_head, **given}
    return papers.add_file(paper=paper_of(placement, kind), **given)

"""Which files are taken: what is in them decides, and the name has to agree (R-9.4)."""

import pytest

from placements.papers.rules import LARGEST, MACROS, content_type_of, problems_of, safe_name
from tests.placements.papers.paper_files import JPEG, PDF, PNG, odt, office, packed

GOOD = {
    "a.pdf": PDF,
    "a.PDF": PDF,
    "a.docx": office("docx"),
    "a.xlsx": office("xlsx"),
    "a.pptx": office("pptx"),
    "a.odt": odt(),
    "a.png": PNG,
    "a.jpg": JPEG,
    "a.jpeg": JPEG,
    "a.txt": "Unit 4: fractions. Zoë’s group first.".encode(),
    "a.csv": b"\xef\xbb\xbfweek,topic\r\n1,fractions\r\n",
}


def said(name: str, data: bytes) -> str:
    return " ".join(problem.message for problem in problems_of(name, data))


@pytest.mark.parametrize("name", GOOD)
def test_r_9_4_files_of_the_allowed_kinds_are_taken(name: str) -> None:
    assert problems_of(name, GOOD[name]) == []
    assert "/" in content_type_of(name)


@pytest.mark.parametrize("name", GOOD)
def test_r_9_4_a_name_that_its_content_does_not_keep_is_refused(name: str) -> None:
    program = b"MZ\x90\x00\x03\x00" + bytes(40)
    assert "not what its name says" in said(name, program)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", PNG),
        ("a.docx", office("xlsx")),
        ("a.docx", odt()),
        ("a.odt", office("docx")),
        ("a.docx", b"PK\x03\x04 and nothing that can be unpacked"),
        ("a.docx", packed({"word/document.xml": "<document/>"})),
        ("a.xlsx", packed({"[Content_Types].xml": "x" * (1024 * 1024 + 1), "xl/workbook.xml": ""})),
        ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("a.csv", b" <svg onload=alert(1)>"),
        ("a.txt", b"%PDF-1.7\x00"),
    ],
)
def test_r_9_4_forged_broken_and_disguised_files_are_refused(name: str, data: bytes) -> None:
    assert "not what its name says" in said(name, data)


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.zip", "a.doc", "pdf", "a."])
def test_r_9_4_other_kinds_are_refused_by_naming_those_that_are_taken(name: str) -> None:
    assert "must be a PDF, Word (DOCX)" in said(name, PDF)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docm", office("docx", macros=True)),
        ("a.xlsm", office("xlsx")),
        ("a.docx", office("docx", macros=True)),
        ("a.docx", office("docx", **{"word/vbaProject.bin": "x"})),
        ("a.xlsx", office("xlsx", **{"xl/macrosheets/sheet1.xml": "x"})),
        ("a.odt", odt(**{"Basic/Standard/Module1.xml": "x"})),
    ],
)
def test_r_9_4_macros_are_refused_by_name_and_by_content(name: str, data: bytes) -> None:
    assert said(name, data) == MACROS


def test_r_9_4_empty_and_too_large_are_refused() -> None:
    assert said("a.pdf", b"") == "The selected file is empty"
    assert problems_of("a.pdf", PDF.ljust(LARGEST)) == []
    assert said("a.pdf", PDF.ljust(LARGEST + 1)) == "The selected file must be smaller than 10 MB"


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("Policy.PDF", "Policy.pdf"),
        ("..\\..\\windows\\plan.docx", "plan.docx"),
        ("/etc/../plan.pdf", "plan.pdf"),
        ("plan\r\nSet-Cookie: a.pdf", "plan Set-Cookie- a.pdf"),
        ("exe\u202efdp.pdf", "exe fdp.pdf"),
        (".pdf", "paper.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_file_names_are_made_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe

"""Archives from outside: whatever is wrong with one is a refusal with words, at each place where a file is taken."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from astcoord.core import tablefile
from astcoord.core.problems import Refused
from astcoord.core.tablefile import kinds, spreadsheet
from astcoord.core.whole import backup
from placements.papers import rules
from tests.workbooks import ods, xlsx

ROWS = [["Name", "Email"], ["Wren", "wren@a.example"]]
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(10))
    + "]>"
)


def repacked(data: bytes, method: int) -> bytes:
    """The same parts, packed in another way."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return made.getvalue()


def patched(data: bytes, offset: int, value: bytes) -> bytes:
    """Every header of a part, the local ones and those of the directory, with other bytes at `offset` of the local."""
    made = bytearray(data)
    for mark, more in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        at = made.find(mark)
        while at >= 0:
            made[at + offset + more : at + offset + more + len(value)] = value
            at = made.find(mark, at + 4)
    return bytes(made)


def with_part(data: bytes, name: str, text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            new.writestr(each, text if each == name else old.read(each))
    return made.getvalue()


def nested(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("inner.xlsx", data)
    return made.getvalue()


BAD: dict[str, Callable[[bytes], bytes]] = {
    "LZMA": lambda data: repacked(data, zipfile.ZIP_LZMA),
    "bzip2": lambda data: repacked(data, zipfile.ZIP_BZIP2),
    "said to be LZMA": lambda data: patched(data, 8, b"\x0e\x00"),
    "an unknown way": lambda data: patched(data, 8, b"\x63\x00"),
    "a password": lambda data: patched(data, 6, b"\x01\x00"),
    "wrong checksums": lambda data: patched(data, 14, b"\x00\x01\x02\x03"),
    "sizes of its own": lambda data: patched(data, 18, b"\xff\xff\xff\x7f\xff\xff\xff\x7f"),
    "cut in the middle": lambda data: data[: len(data) // 2],
    "cut at the end": lambda data: data[:-9],
    "only a beginning": lambda data: data[:4],
    "an archive in an archive": nested,
}


def tables_take(data: bytes) -> None:
    tablefile.read(data, what="a list of contacts")


def papers_take(data: bytes) -> None:
    for name in ("a.xlsx", "a.docx", "a.odt", "a.pptx"):
        rules.problems_of(name, data)


def restores_take(data: bytes) -> None:
    backup.check(io.BytesIO(data))


@pytest.mark.parametrize("made", [xlsx(ROWS), ods(ROWS)], ids=["xlsx", "ods"])
@pytest.mark.parametrize("bad", BAD, ids=[name.replace(" ", "-") for name in BAD])
def test_r_17_2_a_bad_archive_is_refused_with_words(bad: str, made: bytes) -> None:
    data = BAD[bad](made)
    with pytest.raises(Refused) as refused:
        tables_take(data)
    assert "The file is" in refused.value.problems[0].message
    with pytest.raises(Refused):
        restores_take(data)
    papers_take(data)


@pytest.mark.parametrize("bad", ["LZMA", "bzip2", "an unknown way", "a password", "cut in the middle"])
def test_r_9_4_a_bad_archive_is_no_paper(bad: str) -> None:
    made = xlsx(ROWS)
    data = BAD[bad](made)
    assert rules.problems_of("plan.xlsx", data), bad


def test_no_broken_archive_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five hundred archives with bytes of theirs changed, with a seed: refused or read, never anything else."""
    monkeypatch.setattr(spreadsheet, "sheets", lambda file, most_rows: kinds.Other("unread", ""))
    chance = random.Random(10)
    whole = [repacked(data, method) for data in (xlsx(ROWS), ods(ROWS)) for method in (0, 8, 12, 14)]
    for _ in range(500):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        for take in (tables_take, papers_take, restores_take):
            try:
                take(bytes(data))
            except Refused:
                continue


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize(
    "text", [f"{LAUGHS}<b>&a9;</b>", "<not closed", "\x00\x01", ""], ids=["laughs", "open", "0", "-"]
)
def test_r_17_2_bad_xml_in_a_workbook_is_refused_with_words(name: str, text: str) -> None:
    with pytest.raises(Refused, match=r"The file is|The workbook has no rows"):
        tables_take(with_part(xlsx(ROWS), name, text))


def test_r_17_2_what_a_workbook_refers_to_elsewhere_is_not_fetched(tmp_path: object) -> None:
    outside = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    with pytest.raises(Refused):
        tables_take(with_part(xlsx(ROWS), "xl/_rels/workbook.xml.rels", outside))

"""Files as people have them: one reader for text of any separator and encoding, and workbooks (R-17.2)."""

import io
import tracemalloc
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from astcoord.core.problems import Refused
from astcoord.core.tablefile import Row, RowError, read
from astcoord.core.tablefile import table as table_module
from astcoord.core.tablefile.cells import day, decimal_number, whole_number
from astcoord.core.tablefile.kinds import LARGEST_UNPACKED
from tests.workbooks import Day, ods, sheet_of, xlsx, zipped

NAMES = ("URN", "School URN", "Head e-mail", "Head")
HEADER = ["School URN", "Head e-mail", "Head"]
ROW = ["900001", "office@alder.example", "Ms Zoë O’Neill"]


def rows(data: bytes) -> list[Row | RowError]:
    return list(read(data, what="a file of contacts", names=NAMES).rows())


def parts_of(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text(separator: str, *lines: list[str]) -> str:
    return "\r\n".join(separator.join(line) for line in lines) + "\r\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
def test_r_17_2_any_separator_and_encoding_reads_the_same(separator: str, encoding: str) -> None:
    data = text(separator, HEADER, ROW).encode(encoding)
    assert rows(data) == [Row(2, dict(zip(HEADER, ROW, strict=True)))]


@pytest.mark.parametrize("make", [xlsx, ods])
def test_r_17_2_a_workbook_reads_as_a_person_sees_it(make: object) -> None:
    title = ["Contacts of schools, autumn 2026"]
    sheet = [[], title, [], HEADER, [101720.0, " office@alder.example ", "Ms R Oakhanger"], [], ["x"]]
    data = make(sheet)  # type: ignore[operator]
    found = rows(data)
    assert found[0] == Row(5, dict(zip(HEADER, ["101720", "office@alder.example", "Ms R Oakhanger"], strict=True)))
    assert [each.line for each in found] == [5, 7]


def test_r_17_2_an_old_workbook_with_a_day_reads_too() -> None:
    data = (Path(__file__).parent / "files" / "contacts.xls").read_bytes()
    assert rows(data) == [
        Row(
            4, {"URN": "900001", "Head e-mail": "office@alder.example", "Head": "Ms R Oakhanger", "Since": "01/09/2026"}
        )
    ]


def test_days_of_a_workbook_are_days() -> None:
    assert rows(xlsx([["URN", "Since"], [1.0, Day(46266)]]))[0] == Row(2, {"URN": "1", "Since": "01/09/2026"})


def test_the_sheet_with_the_table_is_found_among_others_and_a_hidden_one_is_passed_over() -> None:
    other = {"Notes": [["Ask", "Peter"]], "List": [HEADER, ROW], "Old": [HEADER, ROW, ROW]}
    found = rows(xlsx([["Read me"]], more=other, hidden=["Old"]))
    assert [each.line for each in found] == [2]


def test_r_17_2_blank_and_title_lines_above_the_header_are_passed_over_and_row_numbers_are_the_files() -> None:
    data = "\n\nMarlshire contacts;;\n\n" + text(";", HEADER, ROW)
    assert [each.line for each in rows(data.encode())] == [6]
    assert [each.line for each in rows(b"sep=;\r\n" + text(";", HEADER, ROW).encode())] == [3]


def test_a_comma_in_a_semicolon_file_does_not_mislead() -> None:
    data = text(";", HEADER, ["900001", "a@alder.example", "Oakhanger, R, Ms, of Alder, Marlshire"])
    assert rows(data.encode())[0]["Head"] == "Oakhanger, R, Ms, of Alder, Marlshire"  # type: ignore[index]


def test_a_note_far_to_the_right_of_one_row_is_no_reason_to_refuse_the_others() -> None:
    sheet = [[*HEADER, None, None], [*ROW, None, None], [*ROW, None, "see me"]]
    assert [type(each) for each in rows(xlsx(sheet))] == [Row, RowError]
    spaced = text(",", [*HEADER, "", ""], [*ROW, "", ""]).encode()
    assert [type(each) for each in read(spaced, what="x", names=NAMES, exact=True).rows()] == [Row]


@pytest.mark.parametrize("data", [text(",", HEADER, ROW[:2]).encode(), xlsx([HEADER, ROW[:2]])])
def test_of_many_columns_only_the_wanted_ones_are_read(data: bytes) -> None:
    table = read(data, what="contacts", names=NAMES, only=("Head", "School URN"))
    assert table.lacks(["Head e-mail"]) == []
    assert list(table.rows()) == [Row(2, {"School URN": "900001", "Head": ""})]


def test_columns_of_one_name_or_none_are_told_apart() -> None:
    assert read(b"Email,Email,,x\n1,2,3,4\n", what="a table").columns == ("Email", "Email (2)", "Column C", "x")


def test_cells_beyond_the_header_are_an_error_and_empty_ones_are_not() -> None:
    found = rows(b"URN,Head\n1,a,,\n2,b,c\n3\n")
    assert [type(each) for each in found] == [Row, RowError, Row]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7", "a PDF, and we need a file of contacts. Copy the table into a spreadsheet"),
        (zipped({"word/document.xml": "<x/>"}), "a Word document"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "a presentation"),
        (zipped({"Index/Document.iwa": "x"}), "a Numbers document, and we need a file of contacts. In Numbers choose"),
        (zipped({"contacts.csv": "URN"}), "a zip archive, and we need a file of contacts. Unpack it"),
        (b"PK\x03\x04rubbish", "a damaged archive"),
        (b"<html><table><tr><td>URN</td></tr></table></html>", "a web page, even if its name ends in .xls"),
        (b"BEGIN:VCARD\nFN:A", "an address book"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a workbook with a password"),
        (b"\xd0\xcf\x11\xe0 and no more", "a workbook that cannot be read"),
        (xlsx([[]]), "The workbook has no rows"),
    ],
)
def test_r_17_2_a_wrong_file_says_what_it_is_and_how_to_save_it(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        rows(data)


def test_r_17_2_a_zip_bomb_is_refused_by_the_sizes_it_declares() -> None:
    bomb = zipped({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b" " * (LARGEST_UNPACKED + 1)})
    assert len(bomb) < 300_000
    tracemalloc.start()
    with pytest.raises(Refused, match="too large once unpacked"):
        rows(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_r_17_2_one_long_text_in_many_cells_does_not_fill_the_memory() -> None:
    """Neither the archive nor any cell is large: only what the reader gives out tells."""
    repeated = '<table:table-cell office:value-type="string" table:number-columns-repeated="900">'
    parts = parts_of(ods([HEADER, ["x" * 30_000, *["y"] * 3]]))
    parts["content.xml"] = parts["content.xml"].replace(
        b'<table:table-row><table:table-cell office:value-type="string"><text:p>x',
        f'<table:table-row table:number-rows-repeated="5">{repeated}<text:p>x'.encode(),
    )
    assert b"repeated" in parts["content.xml"]
    bomb = zipped(parts)
    assert len(bomb) < 10_000
    with pytest.raises(Refused, match=r"too large once unpacked.* Save only the sheet"):
        rows(bomb)


def test_r_17_2_one_cell_in_the_last_corner_does_not_take_the_service_down() -> None:
    """The reader asks for half a terabyte then, and its process ends; ours goes on."""
    corner = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    parts = parts_of(xlsx([HEADER]))
    parts["xl/worksheets/sheet1.xml"] = sheet_of(corner).encode()
    with pytest.raises(Refused, match="a workbook that cannot be read"):
        rows(zipped(parts))


def test_r_17_2_too_many_rows_and_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (text(",", HEADER, *[ROW] * 5).encode(), xlsx([HEADER, *[ROW] * 5])):
        with pytest.raises(Refused, match="more than 4 rows: divide it"):
            list(read(data, what="contacts", names=NAMES, most_rows=4).rows())
        assert len(list(read(data, what="contacts", names=NAMES, most_rows=5).rows())) == 5
    monkeypatch.setattr(table_module, "LARGEST_FILE", 100)
    with pytest.raises(Refused, match="larger than"):
        rows(text(",", HEADER, *[ROW] * 5).encode())


def test_cells() -> None:
    assert [whole_number(each) for each in ("101720.0", "101720", "1,200", "x", "-1", "1.5", "")] == [
        *(101720, 101720, 1200),
        *[None] * 4,
    ]
    assert [decimal_number(each) for each in ("0.6", "0,6", "60%", "", "x")] == [
        *(Decimal("0.6"), Decimal("0.6"), Decimal("0.6")),
        *(None, None),
    ]
    first = date(2026, 9, 1)
    written = ("01/09/2026", "1/9/26", "1.9.2026", "2026-09-01 00:00:00", "1st September 2026", "1 Sep 2026", "46266")
    assert [day(each) for each in written] == [first] * len(written)
    assert [day(each) for each in ("", "31/02/2026", "soon", "12")] == [None] * 4

"""Reading the national register: every file that people have, and every file they should not have chosen."""

import csv
import io
import os
import tracemalloc
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astcoord.core.problems import Refused
from schools.register.imports.register import NEEDED, Reading, read_register
from schools.register.lifecycle import Phase, RegisterStatus
from tests import SHARED_DATA
from tests.schools.register.register import COLUMNS, register, row, table
from tests.workbooks import xlsx


def values(**changes: str) -> dict[str, object]:
    """What is read from one row."""
    reading = read_register(register(row(900001, **changes)))
    assert reading.errors == []
    return reading.rows[0].values


def error(**changes: str) -> str:
    """What is wrong with one row."""
    reading = read_register(register(row(900001, **changes)))
    assert reading.rows == []
    return str(reading.errors[0])


def test_a_row_becomes_a_school() -> None:
    read = values()
    assert read["urn"] == 900001
    assert read["register_name"] == "Fernleigh Primary School"
    assert (read["phase"], read["status"]) == (Phase.PRIMARY, RegisterStatus.OPEN)
    assert read["opened_on"] == date(1974, 9, 1)
    assert (read["easting"], read["northing"]) == (430100, 330200)
    assert read["website"] == "www.fernleigh.marlshire.example"
    assert read["register_head_name"] == "Ms Rowena Oakhanger"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (table([row(1, "Café Lane School")]).encode("utf-8"), "Café Lane School"),
        (table([row(1, "Café Lane School")]).encode("utf-8-sig"), "Café Lane School"),
        (table([row(1, "St Aldhelm’s School")]).encode("windows-1252"), "St Aldhelm’s School"),
        (table([row(1, "St Aldhelm\x92s School")]).encode("utf-8"), "St Aldhelm’s School"),
    ],
    ids=["utf-8", "utf-8 with mark", "windows-1252", "an apostrophe that was latin-1 once"],
)
def test_every_encoding_is_read(data: bytes, name: str) -> None:
    reading = read_register(data)
    assert [school.values["register_name"] for school in reading.rows] == [name]
    assert reading.replaced == 0


def test_bytes_that_no_encoding_knows_are_replaced_and_counted() -> None:
    reading = read_register(register(row(1, "Oak# School")).replace(b"#", b"\x81\x8d\xe9"))
    assert reading.rows[0].values["register_name"] == "Oak\ufffd\ufffdé School"
    assert reading.replaced == 2


def test_a_marked_utf8_file_with_a_broken_byte_is_still_utf8() -> None:
    reading = read_register(b"\xef\xbb\xbf" + table([row(1, "Café # School")]).encode().replace(b"#", b"\xff"))
    assert reading.rows[0].values["register_name"] == "Café \ufffd School"
    assert reading.replaced == 1


@pytest.mark.parametrize("column", ["URN", "EstablishmentName", "PhaseOfEducation (code)", "Easting"])
def test_a_missing_column_is_refused_by_name(column: str) -> None:
    without = [name for name in COLUMNS if name != column]
    with pytest.raises(Refused) as refusal:
        read_register(table([row(1)], without).encode())
    assert str(refusal.value) == f"The file is not the register’s: these columns are missing: {column}."


def test_a_cut_down_file_is_read_and_says_what_it_lacks() -> None:
    without = [name for name in COLUMNS if name not in ("Town", "HeadLastName") and "Unread" not in name]
    reading = read_register(table([row(1)], without).encode())
    assert reading.absent == ["Town"]
    assert "town" not in reading.rows[0].values
    assert "register_head_name" not in reading.rows[0].values


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b" \r\n ", "The file is empty"),
        (b"PK\x03\x04 and so on", "a damaged archive or workbook"),
        (b"%PDF-1.7", "a PDF, and we need the register’s file of schools. Copy the table"),
        (b"\x89PNG\r\n\0\0\0", "a picture"),
        (b"Dear colleague,\nplease find below", "these columns are missing: URN,"),
    ],
)
def test_what_is_not_the_register_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_register(data)


def test_more_schools_than_an_authority_has_are_refused_before_they_are_kept() -> None:
    most = [row(1 + n) for n in range(5_000)]
    assert len(read_register(table(most, NEEDED).encode(), la="999").rows) == 5_000
    more = table([*most, row(5_001)], NEEDED).encode()
    with pytest.raises(Refused, match="more than 5,000 schools of authority 999"):
        read_register(more, la="999")
    assert len(read_register(more).rows) == 5_001, "the command may take the whole country"


@pytest.mark.parametrize("wrong", [row("x"), row(1, **{"Unread column 1": "a,b,c"})])
def test_a_file_in_which_nearly_everything_is_wrong_is_refused_as_a_whole(wrong: dict[str, str]) -> None:
    header, line, _ = register(wrong).replace(b'"', b"").split(b"\r\n")
    with pytest.raises(Refused, match=r"More than 5,000 rows cannot be used. The first is this. Row 2: "):
        read_register(b"\r\n".join([header, *[line] * 5_001]), la="999")


def test_r_17_2_the_countrys_register_is_read_without_being_held_in_memory() -> None:
    header, ours, _ = register(row(1)).split(b"\r\n")
    theirs = ours.replace(b"999", b"998")
    file = io.BytesIO(b"\r\n".join([header, ours, *[theirs] * 5_000]))
    tracemalloc.start()
    reading = read_register(file, la="999")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(reading.rows), reading.skipped) == (1, 5_000)
    assert peak < len(file.getvalue()) / 5


def test_only_the_header_is_no_error() -> None:
    assert read_register(register()) == Reading()


def test_rows_of_other_authorities_are_skipped_whatever_they_hold() -> None:
    reading = read_register(
        register(row(1), row("nonsense", **{"LA (code)": "998"}), row(3, "", **{"LA (code)": "998"})), la="999"
    )
    assert [school.urn for school in reading.rows] == [1]
    assert (reading.skipped, reading.errors) == (2, [])


@pytest.mark.parametrize(("easting", "northing"), [("", ""), ("0", "0"), ("0", "330200"), ("430100", "")])
def test_unknown_coordinates_are_unknown_and_never_nought(easting: str, northing: str) -> None:
    read = values(Easting=easting, Northing=northing)
    assert (read["easting"], read["northing"]) == (None, None)


def test_a_closed_school_is_kept() -> None:
    read = values(**{"EstablishmentStatus (code)": "2", "CloseDate": "31-08-2012"})
    assert (read["status"], read["closed_on"]) == (RegisterStatus.CLOSED, date(2012, 8, 31))


@pytest.mark.parametrize(("code", "status"), [("1", "open"), ("2", "closed"), ("3", "closing"), ("4", "proposed")])
def test_status_codes(code: str, status: str) -> None:
    assert values(**{"EstablishmentStatus (code)": code})["status"] == status


@pytest.mark.parametrize(
    ("kind", "phase", "expected"),
    [
        ("01", "2", "primary"),
        ("1", "4", "secondary"),
        ("01", "3", "middle"),
        ("01", "5", "middle"),
        ("07", "0", "special"),
        ("7", "", "special"),
        ("15", "1", "nursery"),
        ("34", "7", "all_through"),
        ("18", "0", "post16"),
        ("29", "0", "other"),
    ],
)
def test_r_1_1_phase(kind: str, phase: str, expected: str) -> None:
    read = values(**{"TypeOfEstablishment (code)": kind, "PhaseOfEducation (code)": phase})
    assert read["phase"] == expected


def test_a_job_title_is_no_title() -> None:
    assert values(**{"HeadTitle (name)": "Headteacher"})["register_head_name"] == "Rowena Oakhanger"
    nobody = {"HeadTitle (name)": "", "HeadFirstName": "", "HeadLastName": ""}
    assert values(**nobody)["register_head_name"] == ""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"URN": ""}, "Row 2: URN “” is not a number of up to seven digits: correct it."),
        ({"URN": "12a"}, "Row 2: URN “12a” is not a number of up to seven digits: correct it."),
        ({"URN": "٣"}, "Row 2: URN “٣” is not a number of up to seven digits: correct it."),
        ({"EstablishmentName": " "}, "Row 2: EstablishmentName is blank: add the school’s name."),
        (
            {"OpenDate": "31-02-1999"},
            "Row 2: OpenDate “31-02-1999” is not a date: write it as dd-mm-yyyy or leave it blank.",
        ),
        ({"Easting": "far"}, "Row 2: Easting “far” is not a whole number: correct it or leave it blank."),
        (
            {"EstablishmentStatus (code)": ""},
            "Row 2: EstablishmentStatus (code) “” is none of 1, 2, 3, 4: correct it.",
        ),
        ({"EstablishmentName": "A" * 121}, "Row 2: register name has 121 characters: shorten it to 120."),
    ],
)
def test_a_bad_cell_is_an_error_with_its_line_and_what_to_do(changes: dict[str, str], message: str) -> None:
    data = table([{**row(900001), **changes}]).encode()
    reading = read_register(data)
    assert reading.rows == []
    assert [str(each) for each in reading.errors] == [message]


def test_a_urn_twice_is_an_error_and_the_first_row_stays() -> None:
    reading = read_register(register(row(1, "First School"), row(2), row(1, "Second School")))
    assert [school.values["register_name"] for school in reading.rows] == ["First School", "Fernleigh Primary School"]
    assert [str(each) for each in reading.errors] == ["Row 4: URN 1 is already in row 2: keep one of the two rows."]


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    reading = read_register(register(row(1, **{"Street": "Mill Lane\nUpper End"}), row("x")))
    assert reading.rows[0].values["street"] == "Mill Lane Upper End"
    assert [each.line for each in reading.errors] == [3]


def test_a_row_with_a_comma_too_many_is_an_error() -> None:
    data = register(row(1), row(2)).replace(b"2,999,", b"2,,999,")
    reading = read_register(data)
    assert [school.urn for school in reading.rows] == [1]
    assert str(reading.errors[0]).startswith("Row 3: the row has 141 cells where the header has 140")


def test_a_reading_survives_being_kept() -> None:
    reading = read_register(register(row(1), row("x"), row(3, **{"LA (code)": "1"})), la="999")
    kept = reading.as_json()
    for school in kept["rows"]:
        school["values"] = {k: v.isoformat() if isinstance(v, date) else v for k, v in school["values"].items()}
    assert Reading.from_json(kept) == reading


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
HEADER = table([]).encode()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_hostile_bytes_never_end_in_a_traceback(noise: bytes, with_header: bool) -> None:
    data = (HEADER if with_header else b"") + noise
    try:
        reading = read_register(data, la="999")
    except Refused:
        return
    assert all(each.line > 1 and each.message for each in reading.errors)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(COLUMNS[:34]), TEXTS, max_size=6))
def test_hostile_cells_are_read_or_refused(cells: dict[str, str]) -> None:
    data = table([{**row(900001), **cells}]).encode("utf-8", errors="replace")
    reading = read_register(data)
    assert len(reading.rows) + len(reading.errors) == 1


@pytest.mark.skipif(not os.path.isdir(SHARED_DATA), reason="the shared data are not here")
def test_the_real_register() -> None:
    reading = read_register((SHARED_DATA / "leeds" / "gias_2023-07.csv").read_bytes(), la="383")
    assert (len(reading.rows), reading.errors, reading.skipped, reading.replaced) == (771, [], 0, 0)
    open_ones = [school for school in reading.rows if school.values["status"] == RegisterStatus.OPEN]
    assert len(open_ones) == 306
    assert sum(school.values["easting"] is None for school in reading.rows) == 9
    assert not any("\x92" in str(value) for school in reading.rows for value in school.values.values())
    for name, rows in (("gias_133_columns_2018.csv", 4), ("gias_140_columns_2024.csv", 8)):
        other = read_register((SHARED_DATA / "gias_headers" / name).read_bytes())
        assert (len(other.rows), other.errors) == (rows, [])


def test_r_17_2_the_register_saved_as_a_workbook_or_with_semicolons_reads_the_same() -> None:
    plain = table([row(1, "First School"), row(2, "Second School")])
    cells = list(csv.reader(io.StringIO(plain)))
    read = read_register(plain.encode())
    assert [school.urn for school in read.rows] == [1, 2]
    for data in (xlsx([["Schools of Marlshire"], *cells]), plain.replace(",", ";").encode("utf-16")):
        again = read_register(data)
        assert [school.values for school in again.rows] == [school.values for school in read.rows]

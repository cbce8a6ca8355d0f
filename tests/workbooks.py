"""Small workbooks as people send them, made by hand: XLSX and ODS."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
Cell = str | float | None
Sheet = Sequence[Sequence[Cell]]


class Day(float):
    """A cell that is shown as a day."""


def xlsx(rows: Sheet, *, more: Mapping[str, Sheet] | None = None, hidden: Sequence[str] = ()) -> bytes:
    """A workbook with the sheet "Sheet1", and others."""
    sheets = {"Sheet1": rows, **(more or {})}
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _links({"rId1": "xl/workbook.xml"}, "officeDocument"),
    }
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" state="{"hidden" if name in hidden else "visible"}"/>'
        for n, name in enumerate(sheets, 1)
    )
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>'
    targets = {f"rId{n}": f"worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)}
    style = f'<Relationship Id="s" Type="{LINKS}/styles" Target="styles.xml"/>'
    parts["xl/_rels/workbook.xml.rels"] = _links(targets, "worksheet", style)
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    for n, each in enumerate(sheets.values(), 1):
        body = "".join(f'<row r="{r}">{_cells(row, r)}</row>' for r, row in enumerate(each, 1) if row)
        parts[f"xl/worksheets/sheet{n}.xml"] = sheet_of(body)
    return zipped(parts)


def sheet_of(body: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def ods(rows: Sheet) -> bytes:
    """An OpenDocument spreadsheet with one sheet."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"></manifest:manifest>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _types(sheets: int) -> str:
    over = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{over}</Types>'
    )


def _links(targets: Mapping[str, str], kind: str, more: str = "") -> str:
    rows = "".join(f'<Relationship Id="{i}" Type="{LINKS}/{kind}" Target="{t}"/>' for i, t in targets.items())
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}{more}</Relationships>'


def _cells(row: Sequence[Cell], number: int) -> str:
    found = []
    for place, cell in enumerate(row):
        where = f"{_letters(place)}{number}"
        if isinstance(cell, str):
            found.append(f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>')
        elif cell is not None:
            found.append(f'<c r="{where}" s="{int(isinstance(cell, Day))}"><v>{float(cell)}</v></c>')
    return "".join(found)


def _letters(place: int) -> str:
    return ("" if place < 26 else _letters(place // 26 - 1)) + chr(65 + place % 26)


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    value = float(cell)
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{cell}</text:p></table:table-cell>'
    )

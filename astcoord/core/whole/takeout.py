"""Everything that an authority has, as files that need no software of ours to be read (R-17.14).

A folder with one CSV for each table, the papers and uploads as files beside them, and a manifest that documents every
column. Of the same data it is the same on every machine, byte for byte.
"""

import csv
import hashlib
import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models

from astcoord.core import personal_data
from astcoord.core.models.messages import Message
from astcoord.core.signed_links import without_tokens
from astcoord.core.spreadsheet_cells import FORMULA
from astcoord.core.whole import tables
from astcoord.core.whole.values import as_json, is_kind, plain
from astcoord.core.words import say_later

SECRET = {"password"}
"""Columns that nobody is given, in whichever table."""

ENDINGS = {"application/pdf": "pdf"}
READ_ME = say_later("""Everything that this authority had in the service, as of one moment.

tables/        one file for each table: comma-separated, UTF-8, the first line names the columns
papers/        letters, contracts and other papers as they were sent or signed, and files that people uploaded
columns.csv    every column of every table: what it means, its kind, its codes, and whose personal data it holds
manifest.json  the same for programs, with the number of rows and the SHA-256 of each file

Dates are written 2026-11-29, times in UTC, truth values true and false. An empty cell is "nothing entered". A column
that refers to another table holds that table's id; a column about_type names the kind of row that about_id is the id
of. Several codes in one cell stand between bars: |ks1|ks2|. A cell with a path names a file beside the tables.

So that a spreadsheet takes no text for a formula, text that begins with = + - @ or an apostrophe has one apostrophe
more in front of it; a program that reads the files takes the first one away.

The files hold personal data of everybody in the scheme. Keep them as you keep the service itself.
""")


def write(folder: Path) -> dict[str, int]:
    """Write it all into an empty folder: the number of rows by table."""
    (folder / "tables").mkdir()
    with tables.at_one_moment():
        entries = [_table(folder, model) for model in tables.taken_away()]
    manifest = {
        "format": 1,
        "migrations": tables.migrations(),
        "tables": entries,
        "left out": {**tables.TO_RUN_ONLY, **tables.MADE_ANEW},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "READ ME.txt").write_text(READ_ME, "utf-8")
    _write_columns(folder / "columns.csv", entries)
    return {entry["table"]: entry["rows"] for entry in entries}


def _table(folder: Path, model: Any) -> dict[str, Any]:
    """Write one table; what the manifest says of it."""
    path = folder / "tables" / f"{model._meta.db_table}.csv"
    shown = [column for column in tables.columns(model) if column.name not in SECRET]
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.attname for column in shown])
        for row in tables.rows(model):
            writer.writerow([_cell(folder, column, row) for column in shown])
            count += 1
    return {
        "table": model._meta.db_table,
        "file": path.relative_to(folder).as_posix(),
        "holds": _about(model),
        "rows": count,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "columns": [_column(model, column) for column in shown],
        "left out": sorted(column.name for column in tables.columns(model) if column.name in SECRET),
    }


def _cell(folder: Path, column: Any, row: Any) -> str:
    if isinstance(column, models.BinaryField):
        return _file(folder, column, row)
    value = plain(column, row)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str):
        return as_json(value)
    if isinstance(row, Message) and column.name == "body":
        value = without_tokens(value)  # a link of somebody without an account would still open
    return f"'{value}" if value.startswith((*FORMULA, "'")) else value


def _file(folder: Path, column: Any, row: Any) -> str:
    """Write the bytes of a row beside the tables; the way there, "" where there are none."""
    data = getattr(row, column.attname)
    if data is None:
        return ""
    kind = getattr(row, "content_type", "application/pdf")
    name = getattr(row, "name", "")
    ending = ENDINGS.get(kind) or Path(name).suffix.lstrip(".").lower() or "bin"
    way = Path("papers", row._meta.db_table, f"{row.pk}.{ending if ending.isalnum() else 'bin'}")
    target = folder / way
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(bytes(data))
    return way.as_posix()


def _about(model: Any) -> str:
    """What a row is: what its class says of itself, else its name."""
    words = inspect.getdoc(model) or ""
    if model._meta.auto_created or words.startswith(f"{model.__name__}("):
        return str(model._meta.verbose_name)
    return " ".join(words.split())


def _column(model: Any, column: Any) -> dict[str, Any]:
    """What a column means and may hold."""
    found: dict[str, Any] = {
        "column": column.attname,
        "means": str(column.help_text or column.verbose_name),
        "kind": _kind(column),
        "may be empty": not column.primary_key and bool(column.null or column.blank),
    }
    if column.is_relation and not is_kind(column):
        found["refers to"] = f"{column.related_model._meta.db_table}.{column.target_field.attname}"
    codes = getattr(column, "options", None) or column.flatchoices
    if codes:
        found["codes"] = {str(code): str(words) for code, words in codes}
    if whose := "; ".join(_whose(model, column.name)):
        found["personal data of"] = whose
    return found


def _kind(column: Any) -> str:
    if is_kind(column):
        return "kind of row"
    if column.is_relation:
        return "reference"
    kinds = (
        (models.BooleanField, "true or false"),
        (models.DateTimeField, "time, UTC"),
        (models.DateField, "date"),
        (models.BinaryField, "file"),
        (models.JSONField, "JSON"),
        ((models.IntegerField, models.DecimalField, models.FloatField), "number"),
    )
    if hasattr(column, "options"):
        return "codes"
    if column.flatchoices:
        return "code"
    return next((words for kind, words in kinds if isinstance(column, kind)), "text")


def _whose(model: Any, name: str) -> Iterator[str]:
    """Whose personal data a column holds, as its model declares."""
    declared = personal_data.of(model)
    if name in (*declared.may_name, *declared.emptied, declared.named):
        yield "people supported, who may be named in it"
    for own in declared.own:
        if name in own.columns:
            yield own.whose


def _write_columns(path: Path, entries: list[dict[str, Any]]) -> None:
    heads = ("column", "means", "kind", "may be empty", "refers to", "codes", "personal data of")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["table", "a row is", *heads])
        for entry in entries:
            for column in entry["columns"]:
                cells = [column.get(head, "") for head in heads]
                writer.writerow([entry["table"], entry["holds"], *(_words(cell) for cell in cells)])


def _words(cell: Any) -> str:
    if isinstance(cell, bool):
        return as_json(cell)
    if isinstance(cell, dict):
        return "; ".join(f"{code}: {words}" for code, words in cell.items())
    return str(cell)

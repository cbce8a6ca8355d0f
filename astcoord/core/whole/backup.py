"""A backup of the whole database in one file, and the way back to running (R-17.14; docs/decisions/0020).

The file is a ZIP: a manifest, and the rows of each table as lines of JSON. It is read by either database, whichever
wrote it. It holds everything, secrets of second steps and forgotten names included: it is kept as the database is.
"""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from django.core.management.color import no_style
from django.db import connection, transaction

from astcoord.core import archives
from astcoord.core.problems import Problem, Refused
from astcoord.core.whole import tables
from astcoord.core.whole.values import as_json, plain, put

FORMAT = 1
MANIFEST = "manifest.json"
MOST_PARTS = 5_000


@dataclass(frozen=True)
class Contents:
    """What a file says of itself: rows and SHA-256 by table, and the shapes that the tables had."""

    rows: dict[str, int]
    sha256: dict[str, str]
    migrations: dict[str, list[str]]

    def as_json(self) -> str:
        return json.dumps({"format": FORMAT, **vars(self)}, indent=1) + "\n"


def write(file: IO[bytes]) -> Contents:
    """Write everything, as of one moment."""
    rows, sums = {}, {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, tables.at_one_moment():
        for model in tables.backed_up():
            label = model._meta.label
            with archive.open(_member(label), "w", force_zip64=True) as member:
                rows[label], sums[label] = _write_rows(model, member)
        contents = Contents(rows, sums, tables.migrations())
        archive.writestr(MANIFEST, contents.as_json())
    return contents


def check(file: IO[bytes]) -> Contents:
    """Read a file to its end without a database: Refused for one that is no backup, is cut off, or was changed."""
    with _opened(file) as archive:
        contents = _contents(archive)
        for label, expected in contents.sha256.items():
            found = hashlib.sha256()
            count = 0
            with archive.open(_member(label)) as member:
                for line in member:
                    found.update(line)
                    count += 1
            if (found.hexdigest(), count) != (expected, contents.rows[label]):
                raise _refusal(f"This backup is damaged: {label} is not as it was written.")
    return contents


def restore(file: IO[bytes]) -> Contents:
    """Fill an empty database. Refused if it is not empty, or has tables of another shape; then nothing is written."""
    contents = check(file)
    _refuse_other_shape(contents)
    models = tables.backed_up()
    if there := [model._meta.label for model in models if model._base_manager.exists()]:
        words = "This database is in use: a backup is restored into an empty one. There are rows in "
        raise _refusal(f"{words}{', '.join(there[:3])}{' and others' if len(there) > 3 else ''}.")
    with _opened(file) as archive, transaction.atomic():
        for model in models:
            with archive.open(_member(model._meta.label)) as member:
                for line in member:
                    _insert(model, json.loads(line))
        connection.check_constraints()
        _go_on_counting(models)
    return contents


def _write_rows(model: Any, member: IO[bytes]) -> tuple[int, str]:
    columns, found, count = tables.columns(model), hashlib.sha256(), 0
    for row in tables.rows(model):
        line = as_json([plain(column, row) for column in columns]).encode() + b"\n"
        found.update(line)
        member.write(line)
        count += 1
    return count, found.hexdigest()


def _insert(model: Any, values: list[Any]) -> None:
    """A row as it was: nothing is set, cleaned or counted anew on the way in."""
    row = model()
    for column, value in zip(tables.columns(model), values, strict=True):
        put(column, row, value)
    row.save_base(raw=True, force_insert=True)


def _go_on_counting(models: list[Any]) -> None:
    """New rows get numbers after the restored ones."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _refuse_other_shape(contents: Contents) -> None:
    here = tables.migrations()
    if contents.migrations == here:
        return
    differing = [
        label for label in sorted({*here, *contents.migrations}) if here.get(label) != contents.migrations.get(label)
    ]
    wanted = "; ".join(f"{label}: {', '.join(contents.migrations.get(label, [])) or 'none'}" for label in differing)
    raise _refusal(
        "This backup was made by another release. Restore it with the release that made it, then upgrade. "
        f"Its last migrations, where they differ: {wanted}."
    )


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    file.seek(0)
    words = "This is no backup of this software, or it is cut off or damaged."
    try:
        archive = zipfile.ZipFile(file)
        archives.parts(archive, most=MOST_PARTS)
    except archives.BROKEN as error:
        raise _refusal(words) from error
    try:
        with archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, KeyError, EOFError) as error:
        raise _refusal(words) from error


def _contents(archive: zipfile.ZipFile) -> Contents:
    try:
        said = json.loads(archive.read(MANIFEST))
        if said.pop("format") != FORMAT:
            raise _refusal("This backup is of a later kind than this release can read.")
        return Contents(**said)
    except (ValueError, TypeError, AttributeError) as error:
        raise _refusal("This is no backup of this software: its manifest cannot be read.") from error


def _member(label: str) -> str:
    return f"rows/{label}.jsonl"


def _refusal(words: str) -> Refused:
    return Refused([Problem(words, rule="R-17.14")])

"""`import_schools FILE --la CODE`: the national register of schools."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from astcoord.core.commands import OurCommand
from astcoord.core.problems import Refused
from astcoord.core.tablefile import RowError
from schools.register.imports.links import read_links, store_links
from schools.register.imports.register import Reading, read_register
from schools.register.imports.store import compare, store


class Command(OurCommand):
    help = (
        "Read schools from the national register's file (edubasealldata…csv, or the same as a workbook). Columns are "
        "found by name; the authority's own fields (e-mail, chair, cluster) are never touched, and a school that the "
        "file does not name is left alone. Rows that cannot be used are listed on standard error and the others still "
        "go in; the exit code is then 1. It is also 1, and nothing is stored, when the file cannot be used. The last "
        "line is: created=N updated=N unchanged=N closed=N skipped=N errors=N, where closed counts the schools "
        "(among the updated) that were open before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the register's file")
        parser.add_argument("--la", default="", metavar="CODE", help="only this authority's schools, such as 383")
        parser.add_argument(
            "--links", type=Path, metavar="FILE", help="the register's CSV of predecessors and successors"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            errors = self.run(**options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if errors:
            raise SystemExit(1)

    def run(self, *, file: Path, la: str, links: Path | None, dry_run: bool, **_: Any) -> int:
        """Import; give the number of rows left out."""
        reading = read_register(contents(file), la=la.strip())
        linked = read_links(contents(links)) if links else None
        self.remark(reading, la)
        with transaction.atomic():
            difference = compare(reading) if dry_run else store(reading, by=None)
            added = store_links(linked) if linked and not dry_run else 0
        if linked:
            self.list_errors(linked.errors)
            self.stdout.write(f"links added={added} errors={len(linked.errors)}")
        if dry_run:
            self.stdout.write("Dry run: nothing was stored.")
        self.stdout.write(str(difference))
        return len(reading.errors) + (len(linked.errors) if linked else 0)

    def remark(self, reading: Reading, la: str) -> None:
        """What the reader noticed, on standard error."""
        self.list_errors(reading.errors)
        if reading.replaced:
            self.stderr.write(f"{reading.replaced} bytes could not be read and were replaced by \ufffd.")
        if reading.absent:
            self.stderr.write(f"Not in this file, so left as they are: {', '.join(reading.absent)}.")
        if la and reading.skipped and not reading.rows:
            self.stderr.write(f"No school in this file belongs to authority {la}: is the code right?")

    def list_errors(self, errors: list[RowError]) -> None:
        for error in errors:
            self.stderr.write(str(error))


def contents(path: Path) -> bytes:
    """The bytes of a file; a clear refusal where there are none to be had."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from error

"""`import_results FILE --year Y`: attainment by school, from published tables or a file of one's own (R-11.10)."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from astcoord.core.commands import OurCommand
from astcoord.core.problems import Refused
from evaluation.results.imports.reading import Reading, open_file, read_file, unread_words
from evaluation.results.imports.store import Difference, compare, store


class Command(OurCommand):
    help = (
        "Read attainment from the published tables of key stage 2 or 4, in any of the layouts that they have had, or "
        "from a file with a row for each figure (URN, School, Subject, Measure, Year, Figure, Number of pupils, "
        "Source). The layout is found by the names of the columns. Rows and figures that are left out are listed on "
        "standard error with the reason, and so is a figure that differs from one that is there: both are kept, and "
        "the office decides which counts. Loading a file twice changes nothing. Rows with mistakes are listed, too; "
        "the others still go in, and the exit code is then 1. It is also 1, and nothing is stored, when the file "
        "cannot be used. The last line is: created=N unchanged=N beside=N repeated=N left_out=N errors=N, where "
        "created and unchanged count figures, beside those of the created that differ from another one, repeated rows "
        "that say again what another has said, and left_out and errors the lines of the list."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV (comma, semicolon or tab), XLSX, XLS or ODS")
        parser.add_argument(
            "--year",
            type=int,
            metavar="Y",
            help="the summer that the results belong to: 2009 for 2008-09. May be left out where each row says it",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")

    def handle(self, *args: Any, file: Path, year: int | None, dry_run: bool, **options: Any) -> None:
        try:
            with file.open("rb") as source:
                reading = read_file(open_file(source), year)
        except OSError as error:
            raise CommandError(f"Cannot read {file}: {error.strerror}.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        found = compare(reading) if dry_run else store(reading, filename=file.name, by=None)
        self.say(reading, found)
        if dry_run:
            self.stdout.write("Dry run: nothing was stored.")
        self.stdout.write(str(found))
        if reading.errors:
            raise SystemExit(1)

    def say(self, reading: Reading, found: Difference) -> None:
        """All that was left out, is wrong, or stands beside another figure, by row."""
        for row in sorted([*reading.left, *reading.errors, *found.beside], key=lambda each: each.line):
            self.stderr.write(str(row))
        if found.closed:
            self.stderr.write(f"Closed since, and their figures kept: {', '.join(found.closed)}.")
        if words := unread_words(reading):
            self.stderr.write(words)

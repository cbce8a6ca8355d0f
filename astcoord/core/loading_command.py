"""A command that loads a file by the rules of the page: nothing of a file with refused rows is stored unasked."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from astcoord.core.commands import OurCommand
from astcoord.core.loading import Kind, Outcome, broken, entries, guess, read_rows, refused_rows
from astcoord.core.problems import Refused
from astcoord.core.spreadsheet_cells import safe


class LoadCommand(OurCommand):
    """Set `kind`; the last line of the output is the outcome. Exit code 1 where a row was refused."""

    kind: Kind[Any]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV (comma, semicolon or tab), XLSX, XLS or ODS")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")
        parser.add_argument("--good-rows", action="store_true", help="store the good rows although others are refused")
        parser.add_argument("--refused", type=Path, metavar="FILE", help="write the refused rows here, to be corrected")
        fields = ", ".join(column.field for column in self.kind.columns)
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="FIELD=NAME",
            help=f"which column of the file is what, where its name is not a usual one; fields: {fields}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                columns, rows = read_rows(self.kind, file)
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        mapping = self.mapping(columns, options["column"])
        wanted = entries(columns, rows, mapping)
        outcome = self.run(wanted, broken(rows), **options)
        self.say(outcome)
        if options["refused"] and outcome.errors:
            header, lines = refused_rows(columns, rows, {error.line: error.message for error in outcome.errors})
            with options["refused"].open("w", encoding="utf-8-sig", newline="") as out:
                csv.writer(out).writerows([[safe(cell) for cell in line] for line in (header, *lines)])
        if outcome.errors:
            raise SystemExit(1)

    def mapping(self, columns: tuple[str, ...], named: list[str]) -> dict[str, str]:
        """As guessed, and as the command line says otherwise."""
        found = guess(self.kind, columns)
        for each in named:
            name, _, column = each.partition("=")
            if name not in {wanted.field for wanted in self.kind.columns} or column not in columns:
                raise CommandError(f"--column {each}: the file’s columns are {', '.join(columns)}.")
            found[name] = column
        if problems := self.kind.lacks(found):
            words = "; ".join(problem.message for problem in problems)
            raise CommandError(f"{words}. The file’s columns are {', '.join(columns)}: use --column.")
        return found

    def run(
        self, wanted: list[Any], misshapen: list[Any], *, dry_run: bool, good_rows: bool, **options: Any
    ) -> Outcome:
        """Judge, and store what may be stored."""
        outcome = self.kind.judge(wanted)
        outcome.errors = sorted([*outcome.errors, *misshapen], key=lambda error: error.line)
        if dry_run:
            self.stdout.write("Dry run: nothing was stored.")
        elif outcome.errors and not good_rows:
            self.stdout.write("Nothing was stored: correct the rows, or use --good-rows to store the others.")
        else:
            with transaction.atomic():
                outcome = self.kind.store(wanted, by=self.by(options), **self.options(options))
            outcome.errors = sorted([*outcome.errors, *misshapen], key=lambda error: error.line)
        return outcome

    def by(self, options: dict[str, Any]) -> Any:
        """In whose name it is stored; nobody’s unless the kind needs somebody."""
        return None

    def options(self, options: dict[str, Any]) -> dict[str, Any]:
        """What the kind's `store` takes from the command line."""
        return {}

    def say(self, outcome: Outcome) -> None:
        """Each refused row on standard error, then the figures."""
        for row in outcome.errors:
            self.stderr.write(str(row))
        self.stdout.write(str(outcome))

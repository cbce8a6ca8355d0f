"""`import_contacts FILE`: e-mail addresses for letters, and other contacts, by URN."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from astcoord.core.problems import Refused
from schools.register.imports.contacts import compare, read_contacts, store


class Command(BaseCommand):
    help = (
        "Import contacts of schools from a CSV file with the columns URN and email and, if you like, head_name, "
        "chair_name and chair_email, in any order. Empty cells leave what is stored. Rows that cannot be used are "
        "listed on standard error with their line, the others still go in, and the exit code is 1. Safe to repeat. "
        "Last line: updated=N unchanged=N errors=N."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            contacts = read_contacts(path.read_bytes())
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        difference = compare(contacts) if options["dry_run"] else store(contacts, by=None)
        for row in difference.errors:
            self.stderr.write(str(row))
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was stored.")
        self.stdout.write(str(difference))
        if difference.errors:
            raise SystemExit(1)

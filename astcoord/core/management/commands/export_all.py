"""Take everything away that an authority has."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from astcoord.core import audit
from astcoord.core.problems import Refused
from astcoord.core.whole import private, takeout


class Command(BaseCommand):
    help = (
        "Write everything that the authority has into a new folder: a CSV for each table, the papers and uploads as "
        "files, and a manifest that documents every column. It can be read without this software. That it was taken is "
        "recorded in the audit trail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="a folder that is not there yet")

    def handle(self, *args: Any, folder: str, **options: Any) -> None:
        target = Path(folder)
        try:
            with private.new_folder(target) as part:
                rows = takeout.write(part)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        audit.record("Exported: everything", None, by=None, after={"tables": len(rows), "rows": sum(rows.values())})
        count = f"{sum(rows.values())} rows in {len(rows)} tables"
        self.stdout.write(f"Written to {target}: {count}. READ ME.txt says more.")

"""Carry out the retention schedule, or say what it would do."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from astcoord.core import retention
from astcoord.core.clock import today
from astcoord.core.commands import OurCommand


class Command(OurCommand):
    help = (
        "Carry out the retention schedule: names of supported staff, declarations, texts of e-mails and so on that are "
        "over their time. The worker does the same every night. Safe to run again. Fails if a line could not be "
        "carried out; the others are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what is due; change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        found = retention.due(today()) if dry_run else retention.apply(today())
        for done in found:
            self.stdout.write(f"{done.count:>6}  {done.line.what}")
        if failed := [f"{done.line.what} ({done.failed})" for done in found if done.failed]:
            raise CommandError(f"Not carried out: {'; '.join(failed)}")
        self.stdout.write("Nothing was changed." if dry_run else "Done.")

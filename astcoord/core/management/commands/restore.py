"""From a backup to running again."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from astcoord.core import database_roles
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.problems import Refused
from astcoord.core.whole import backup


class Command(BaseCommand):
    help = (
        "Fill an empty database from a file that `backup` wrote, on SQLite or PostgreSQL, whichever wrote it. The "
        "tables are made first. Refused where there is anything already, or where the file is damaged or of another "
        "release; then nothing is written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--check", action="store_true", help="only read the file, and say whether it is whole")

    def handle(self, *args: Any, file: str, check: bool, **options: Any) -> None:
        path = Path(file)
        if not path.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            with path.open("rb") as source:
                contents = backup.check(source)
                if not check:
                    call_command("migrate", verbosity=0)
                    with database_roles.as_owner():  # numbers go on after the restored ones: only the owner sets them
                        backup.restore(source)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        rows = contents.rows.values()
        if check:
            self.stdout.write(f"{file} is whole: {sum(rows)} rows in {len(rows)} tables.")
            return
        self.stdout.write(f"Restored {sum(rows)} rows in {len(rows)} tables. Everybody signs in again.")
        waiting = Message.objects.filter(status__in=[MessageStatus.QUEUED, MessageStatus.SENDING]).count()
        if waiting:
            self.stdout.write(
                f"E-mails that waited when the backup was made, and go out as soon as a worker runs: {waiting}. Some "
                "may have been sent since: look at them before you start it (docs/operations.md, Back-ups)."
            )

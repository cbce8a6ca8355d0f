"""Back the whole database up into one file."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from astcoord.core.problems import Refused
from astcoord.core.whole import backup, private


class Command(BaseCommand):
    help = (
        "Write the whole database into one file, as of one moment, while people go on working, and read it again to "
        "see that it is whole. The file holds secrets and personal data: encrypt it, and keep it elsewhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a file that is not there yet; - writes to the standard output")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            if file == "-":
                self._to_stdout()
                return
            with private.new_file(Path(file)) as target:
                backup.write(target)
                contents = backup.check(target)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        rows = contents.rows.values()
        self.stdout.write(f"Written to {file}, and read again: {sum(rows)} rows in {len(rows)} tables.")

    def _to_stdout(self) -> None:
        """Whole or not at all: nothing is given out before it has been read again."""
        with tempfile.TemporaryFile() as target:
            backup.write(target)
            backup.check(target)
            target.seek(0)
            self.stdout.flush()
            shutil.copyfileobj(target, self.stdout._out.buffer)  # type: ignore[attr-defined]

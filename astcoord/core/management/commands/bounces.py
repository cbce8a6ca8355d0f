"""manage.py bounces: read what came back, or have an address written to again."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from astcoord.core import bounces, unreachable
from astcoord.core.commands import OurCommand


class Command(OurCommand):
    help = (
        "Read reports that e-mails could not be delivered: an .eml file, a folder of them, an mbox or a Maildir. "
        "Addresses that are not there are written to no more, until the office says so. Safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", help="a file, or a folder")
        parser.add_argument("--again", metavar="ADDRESS", help="have this address written to again")

    def handle(self, *args: Any, path: str | None, again: str | None, **options: Any) -> None:
        if (path is None) == (again is None):
            raise CommandError("Give a file or folder to read, or --again ADDRESS.")
        if again is not None:
            row = unreachable.told_of([again]).get(again)
            if row is None:
                raise CommandError(f"E-mail to {again} does not come back, as far as is known.")
            unreachable.write_again(pks=[row.pk], by=None)
            self.stdout.write(f"{again} is written to again. What failed meanwhile: “E-mails that failed”.")
            return
        try:
            done = bounces.read(Path(str(path)))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror or error}") from error
        self.stdout.write("; ".join(f"{words}: {count}" for words, count in done.items() if count) or "Nothing there.")

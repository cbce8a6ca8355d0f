"""Answer a subject-access request: everything that is held on one person, as a ZIP."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from astcoord.core.clock import today
from astcoord.core.commands import OurCommand
from astcoord.core.problems import Refused
from astcoord.core.subject_access import export, find


class Command(OurCommand):
    help = (
        "Write a ZIP with everything that is held on one person: a page to read and the same as JSON. The request is "
        "recorded in the audit trail. Check who is asking before you hand it over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="e-mail address or full name")
        parser.add_argument("folder", help="where to write the file; the file's name holds no personal data")

    def handle(self, *args: Any, who: str, folder: str, **options: Any) -> None:
        try:
            subject = find(who)
        except Refused as refusal:
            raise CommandError("; ".join(problem.message for problem in refusal.problems)) from None
        target = Path(folder)
        if not target.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        path = target / f"personal-data-{today().isoformat()}.zip"
        # For the eyes of whoever runs this alone, from the first byte; never over an earlier answer.
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise CommandError(f"{path} is there already. Move it away first.") from None
        with os.fdopen(handle, "wb") as file:
            file.write(export(subject, by=None))
        self.stdout.write(f"Written to {path}")

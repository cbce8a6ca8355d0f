"""Whether everything that is stored agrees with its fingerprint."""

from typing import Any

from django.core.management.base import CommandError

from astcoord.core import records
from astcoord.core.commands import OurCommand


class Command(OurCommand):
    help = (
        "Look at every stored paper, contract, signature and file, and say which does not agree with its SHA-256. The "
        "worker does the same every night. Fails if there is one. Can be interrupted: the night goes on from there."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        check = records.go_on(anew=True)
        found = list(records.open_mismatches())
        for mismatch in found:
            self.stderr.write(f"{mismatch.kind_and_number()}: {mismatch.said}")
        if check.finished_at is None:
            raise CommandError("A worker is at it too, and goes on. Ask again when it is done.")
        if found:
            raise CommandError(
                f"{len(found)} of {check.looked} do not agree (docs/operations.md, Do the records agree?)."
            )
        self.stdout.write(f"All {check.looked} agree with their fingerprints.")

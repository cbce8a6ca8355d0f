"""`flush`, where history may be thrown away with everything else: in tests and on a developer's machine only."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import flush

from astcoord.core import append_only, database_roles


class Command(flush.Command):
    help = f"{flush.Command.help} Refused where HISTORY_MAY_BE_FLUSHED is off, as in production."

    def handle(self, **options: Any) -> None:
        if not settings.HISTORY_MAY_BE_FLUSHED:
            raise CommandError("This database holds an audit trail, which is kept. Nothing was removed.")
        using = options["database"]
        with database_roles.as_owner(using), append_only.lifted(using):
            super().handle(**options)

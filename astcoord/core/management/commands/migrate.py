"""`migrate` as the owner of the tables, who then gives the application's role its rights (core.database_roles)."""

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate

from astcoord.core import database_roles
from astcoord.core.problems import Refused


class Command(migrate.Command):
    help = f"{migrate.Command.help} As DATABASE_OWNER_URL, where that is set."

    def handle(self, *args: Any, **options: Any) -> None:
        with database_roles.as_owner(options["database"]):
            try:
                database_roles.require_owner(options["database"])
            except Refused as refusal:
                raise CommandError(str(refusal)) from None
            super().handle(*args, **options)
            database_roles.grant(options["database"])

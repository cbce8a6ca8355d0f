"""`import_placements FILE`: placements that were agreed before this system and are under way, a row for each."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from astcoord.core.clock import today
from astcoord.core.loading_command import LoadCommand
from astcoord.core.roles import Role
from placements.taken_in.imports.running import PlacementsFile
from staff.accounts.models import RoleAssignment, User


class Command(LoadCommand):
    kind = PlacementsFile()
    help = (
        "Import placements already under way from CSV or a workbook, each in a row: AST (name or e-mail), host school "
        "(URN or name), subject, first and last day, days agreed, days used, aims. Columns are found by their usual "
        "names, or as they were chosen on the page last time, or by --column. Rows that cannot be used are listed on "
        "standard error, the exit code is then 1, and nothing is stored unless --good-rows says so. Safe to repeat. "
        "Last line: changed=N unchanged=N errors=N."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--by",
            metavar="ADDRESS",
            help="e-mail address of the co-ordinator in whose name they are entered; needed where there are several",
        )

    def by(self, options: dict[str, Any]) -> User:
        """The co-ordinator who stands for what was agreed."""
        roles = RoleAssignment.objects.in_force(today()).filter(role=Role.COORDINATOR, user__is_active=True)
        found = User.objects.filter(pk__in=roles.values("user"))
        if options["by"]:
            found = found.filter(email__iexact=options["by"])
        people = list(found.order_by("pk")[:2])
        if len(people) != 1:
            raise CommandError("Say with --by ADDRESS which co-ordinator enters them.")
        return people[0]

"""`import_asts FILE`: ASTs who were in post before this service began, one row for each."""

from typing import Any

from django.core.management.base import CommandParser

from astcoord.core.loading_command import LoadCommand
from staff.posts.imports.asts import AstsFile


class Command(LoadCommand):
    kind = AstsFile()
    help = (
        "Import ASTs in post from CSV or a workbook, each in a row: name, e-mail address, home school (URN or name), "
        "subjects, key stages, FTE, start, outreach time, days used this year, day of the assessment. Columns are "
        "found by their usual names, or as they were chosen on the page last time, or by --column. Rows that cannot be "
        "used are listed on standard error, the exit code is then 1, and nothing is stored unless --good-rows says so. "
        "Safe to repeat. Last line: changed=N unchanged=N errors=N."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--invite", action="store_true", help="send each new AST an e-mail on how to sign in")
        words = "why the authority's capacity is passed, where this file passes it"
        parser.add_argument("--capacity-reason", default="", metavar="WORDS", help=words)

    def options(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"invite": options["invite"], "capacity_reason": options["capacity_reason"]}

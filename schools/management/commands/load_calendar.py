"""`load_calendar --year 2026-27`: terms and half-terms of a year."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from astcoord.core.clock import today
from astcoord.core.commands import OurCommand
from astcoord.core.problems import Refused
from schools.calendar.actions import save_year
from schools.calendar.imports import read_terms
from schools.calendar.models import AcademicYear
from schools.calendar.years import YearPlan, default_year, first_year_of, slug_on


class Command(OurCommand):
    help = (
        "Enter an academic year with its terms, half-terms and training days: usual English dates (190 teaching "
        "days, with regard to Easter and bank holidays), or those of one authority from a file. A year that is "
        "already entered is kept, unless --replace is given."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", metavar="2026-27", help="the academic year (this one, if left out)")
        parser.add_argument("--file", type=Path, help="CSV: la_code, academic_year, scope, label, start, end")
        parser.add_argument("--la", default="", metavar="CODE", help="with --file: the authority")
        parser.add_argument("--scope", default="", help="with --file: which set of dates, if there are several")
        parser.add_argument("--replace", action="store_true", help="write over a year that is already entered")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["year"] or slug_on(today())
        exists = AcademicYear.objects.filter(slug=slug).exists()
        try:
            first_year_of(slug)
            plan = self.plan(slug, **options)
            if exists and not options["replace"]:
                self.stdout.write(f"{slug} is already entered and was kept: --replace writes over it.")
                return
            save_year(plan, by=None)
        except (Refused, ValueError) as refusal:
            raise CommandError(str(refusal)) from refusal
        for half in plan.halves:
            self.stdout.write(f"{half.season} {half.number}: {half.first} to {half.last}")
        self.stdout.write(f"{slug} {'replaced' if exists else 'entered'}.")

    def plan(self, slug: str, *, file: Path | None, la: str, scope: str, **_: Any) -> YearPlan:
        """The dates to enter."""
        if file is None:
            return default_year(slug)
        if not la:
            raise CommandError("--file needs --la CODE: whose dates?")
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"Cannot read {file}: {error.strerror}.") from error
        return read_terms(data, slug=slug, la=la, scope=scope)

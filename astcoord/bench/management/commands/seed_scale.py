"""`manage.py seed_scale`: a made-up authority of any size, to measure and to try plans on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astcoord.bench.scale import Size, build
from astcoord.core.clock import today
from schools.register.models import School


class Command(BaseCommand):
    """Adds; never changes or removes what is there."""

    help = (
        "Add invented schools, ASTs in post and open requests. With --schools 0 the schools that are in the database "
        "are used, such as an imported register."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--schools", type=int, default=300)
        parser.add_argument("--asts", type=int, default=60)
        parser.add_argument("--requests", type=int, default=200)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, schools: int, asts: int, requests: int, seed: int, **options: Any) -> None:
        if min(schools, asts, requests) < 0:
            raise CommandError("Numbers must be 0 or more.")
        if not schools and not School.objects.open().exists():
            raise CommandError("There are no open schools in the database. Give --schools, or import a register first.")
        made = build(Size(schools, asts, requests), seed=seed, today=today())
        self.stdout.write("Made: " + ", ".join(f"{count} {what}" for what, count in made.items()) + ".")
        self.stdout.write("Sign in as planner@marlshire.example.")

"""`manage.py bench_plans`: the deployment plan against simple rules, on made-up authorities."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from astcoord.bench.plans import SIZES, printed, table


class Command(BaseCommand):
    """Measures; touches no database and asserts nothing."""

    help = "Compare the exact deployment plan with greedy and with first come, first served, on made-up authorities."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=sorted(SIZES), default="lea", help="how large an authority (lea)")
        parser.add_argument("--seeds", type=int, help="how many instances, rather than the usual number")

    def handle(self, *args: Any, size: str, seeds: int | None, verbosity: int, **options: Any) -> None:
        tell = self.stderr.write if verbosity > 1 else None
        for line in printed(size, table(size, seeds=seeds, tell=tell)):
            self.stdout.write(line)

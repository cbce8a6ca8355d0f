"""`manage.py bench_pages`: what the pages cost, with whatever is in the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from astcoord.bench.pages import DETAIL, LIST, measure
from astcoord.core.roles import Role

HEAD = f"{'role':<14} {'page':<32} {'queries':>7} {'kB':>6} {'CPU ms':>7}"


class Command(BaseCommand):
    """Measures; asserts nothing, and leaves the database as it was."""

    help = (
        "Open every role's lists, and one thing of each kind, and print queries, kilobytes and the median of the "
        "processor's milliseconds. Run it on the demonstration (load_demo) or on any copy of real data."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--runs", type=int, default=20, help="how often each page is timed (20)")
        parser.add_argument("--role", action="append", default=[], choices=Role.values, help="only this role")

    def handle(self, *args: Any, runs: int, role: list[str], **options: Any) -> None:
        if runs < 1:
            raise CommandError("--runs must be 1 or more")
        self.stdout.write(HEAD)
        count = beyond = 0
        for cost in measure(runs, tuple(role)):
            count, beyond = count + 1, beyond + bool(cost.over)
            line = f"{cost.role:<14} {cost.page:<32} {cost.queries:>7} {cost.kilobytes:>6.1f} {cost.cpu_ms:>7.1f}"
            self.stdout.write(f"{line}  over: {', '.join(cost.over)}" if cost.over else line)
        if not count:
            raise CommandError("There is nobody to look at pages as. Load the demonstration first: manage.py load_demo")
        self.stdout.write(
            f"pages={count} over={beyond} (lists: {LIST.queries} queries, {LIST.cpu_ms} ms, {LIST.kilobytes} kB; "
            f"things: {DETAIL.queries} queries, {DETAIL.cpu_ms} ms)"
        )

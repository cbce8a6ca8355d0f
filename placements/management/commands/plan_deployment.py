"""`manage.py plan_deployment`: the best deployment of a half-term, a term or a year, printed; nothing is stored."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from astcoord.core.clock import today
from astcoord.core.commands import OurCommand
from placements.allocation.plan.eligibility import Eligibility
from placements.allocation.plan.problem import Contradiction, PlanProblem
from placements.allocation.plan.record import record
from placements.allocation.plan.result import Plan as Made
from placements.allocation.plan.solve import OutOfTime, plan
from placements.allocation.words import in_days
from placements.planning.actions import verify as verify_actions
from placements.planning.models import Plan
from placements.planning.reads.problem import Gathered, gather, spans
from placements.planning.rules import CLASSES
from placements.requests.models import OutreachRequest


class Command(OurCommand):
    """Reads the database and prints; with --verify it solves a stored plan again."""

    help = "Print the best deployment of a half-term, term or year, with reasons and how far it is proved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        weeks = parser.add_mutually_exclusive_group(required=True)
        weeks.add_argument("--half-term", dest="span", help="such as autumn-2026-2")
        weeks.add_argument("--term", dest="span", help="such as autumn-2026")
        weeks.add_argument("--year", dest="span", help="such as 2026-27")
        weeks.add_argument("--verify", type=int, metavar="PLAN", help="solve a stored plan again and compare")
        parser.add_argument("--json", action="store_true", help="print the whole record as JSON")
        parser.add_argument("--time-limit", type=float, default=60, help="seconds (60)")
        parser.add_argument("--sharing", action="store_true", help="two ASTs may share a request")

    def handle(self, *args: Any, span: str | None, verify: int | None, **options: Any) -> None:
        if verify is not None:
            self._verify(verify, options["time_limit"])
            return
        found = {s.slug: s for s in spans(today())}
        if span not in found:
            raise CommandError(f"No such weeks: {span}. Choose one of {', '.join(found) or 'none'}.")
        gathered = gather(found[span], today(), sharing=options["sharing"])
        try:
            made = plan(gathered.problem, time_limit=options["time_limit"], canonical=True)
        except (Contradiction, OutOfTime) as stopped:
            raise CommandError(str(stopped)) from stopped
        if options["json"]:
            self.stdout.write(json.dumps(record(gathered.problem, made), indent=1))
        else:
            self._print(gathered, made)

    def _verify(self, pk: int, time_limit: float) -> None:
        row = Plan.objects.filter(pk=pk).first()
        if row is None:
            raise CommandError(f"There is no plan {pk}.")
        different = verify_actions.verify(plan=row, by=None, time_limit=time_limit)
        if different:
            raise CommandError(f"{row.reference} came out differently: {', '.join(different)}.")
        self.stdout.write(f"{row.reference}: the same result.")

    def _print(self, gathered: Gathered, made: Made) -> None:
        problem = gathered.problem
        people = {g.post: g.facts.name for g in problem.supplies}
        rows = OutreachRequest.objects.select_related("host").in_bulk([a.request for a in problem.demands])
        for each in sorted(made.assignments, key=lambda a: (people[a.post], a.request)):
            asked = rows[each.request]
            first, last = each.outreach_days[0].on, each.outreach_days[-1].on
            half = ", half" if each.half else ""
            self.stdout.write(
                f"{people[each.post]:<28} {asked.reference} {asked.host.name}, {asked.get_subject_display()}: "
                f"{in_days(each.quarters)}{half}, {first:%-d %b} to {last:%-d %b %Y}"
            )
        self._unmet(problem, made, rows)
        for pk, why in gathered.left_out:
            self.stdout.write(f"Left out R{pk:05d}: {why}")
        for level in made.levels:
            words = f"{level.met} of {level.asked} met, at most {level.bound} possible"
            self.stdout.write(f"Class {level.priority}, {CLASSES.get(level.priority, 'other')}: {words}")
        proved = "proved best" if made.reproducible else f"the time ran out, gap at most {made.gap:.1%}"
        self.stdout.write(
            f"{len(rows) - len(made.unmet)} of {len(rows)} requests met in {made.seconds:.1f} s: {proved}."
        )

    def _unmet(self, problem: PlanProblem, made: Made, rows: dict[int, OutreachRequest]) -> None:
        eligibility = Eligibility(problem)
        for pk in made.unmet:
            counted = eligibility.reasons(problem.demand(pk))
            able = len(problem.supplies) - counted.total()
            why = f"{able} could, and are needed elsewhere" if able else ""
            why = why or "; ".join(f"{o.words} ({n})" for o, n in counted.most_common(3)) or "no AST in post"
            self.stdout.write(f"Not met {rows[pk].reference} {rows[pk].host.name}: {why}")

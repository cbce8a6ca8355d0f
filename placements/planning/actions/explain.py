"""Explanations of a finished plan, worked out afterwards and a little at a time, so that the worker is not held up.

Each is kept as soon as it is found. A chunk that is cut off loses at most one; the next goes on behind it.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from placements.allocation import kept
from placements.allocation.plan.canonical import restore
from placements.allocation.plan.changes import AddAst
from placements.allocation.plan.explain import Chosen, Explanation, Unmet, explained
from placements.allocation.plan.problem import PlanProblem
from placements.allocation.plan.result import Plan as Made
from placements.allocation.plan.study import Study
from placements.allocation.plan.whatif import WhatIf, newcomer, what_if
from placements.planning.lifecycle import PLAN_MADE, PlanStatus
from placements.planning.models import Plan, PlanNote

CHUNK = 10.0
"""Seconds of explaining before other work gets its turn."""
FOR_ONE = 3.0
LEASE = timedelta(minutes=2)
NEWCOMER_QUARTERS = 24
"""What one AST more is taken to bring to a plan: six days, a half-term of one day a week."""


def explain_some(pk: int, *, seconds: float = CHUNK) -> bool:
    """Explain for some seconds; whether there is more to do. Two workers at once do it once."""
    if not _claim(pk):
        return False
    row = Plan.objects.get(pk=pk)
    try:
        problem, made = restore(row.input), kept.from_json(row.outcome)
        until = time.monotonic() + seconds
        for note in _notes(row, problem, made):
            PlanNote.objects.bulk_create([note], ignore_conflicts=True)
            if time.monotonic() > until or _somebody_waits():
                return True
        Plan.objects.filter(pk=pk).update(explained_at=timezone.now())
        return False
    finally:
        Plan.objects.filter(pk=pk).update(lease_until=None)


def _somebody_waits() -> bool:
    """A plan that is watched comes before explanations that may be read later."""
    return Plan.objects.filter(status=PlanStatus.QUEUED).exists()


def unexplained() -> list[int]:
    """Plans that still wait for explanations with nobody at work on them."""
    now = timezone.now()
    waiting = Plan.objects.made().filter(explained_at=None).filter(Q(lease_until=None) | Q(lease_until__lt=now))
    return list(waiting.values_list("pk", flat=True))


def _claim(pk: int) -> bool:
    now = timezone.now()
    free = Plan.objects.filter(pk=pk, status__in=PLAN_MADE, explained_at=None)
    return bool(free.filter(Q(lease_until=None) | Q(lease_until__lt=now)).update(lease_until=now + LEASE))


def _notes(row: Plan, problem: PlanProblem, made: Made) -> Iterator[PlanNote]:
    """What is not known yet: every request, the unmet first; then what one AST more in each subject would meet."""
    done: set[tuple[int | None, str]] = set(row.notes.values_list("request_id", "subject"))
    study = Study(problem, made)
    for demand in sorted(study.problem.demands, key=lambda a: (a.request in study.met, a.priority, a.request)):
        if (demand.request, "") not in done:
            found = explained(study, demand.request, time_limit=FOR_ONE)
            yield PlanNote(plan=row, request_id=demand.request, facts=facts_of(found))
    if row.is_what_if:
        return
    for subject in sorted({a.need.subject for a in problem.demands if a.request in set(made.unmet)}):
        if (None, subject) not in done:
            more = AddAst(newcomer(problem, made, subject, NEWCOMER_QUARTERS))
            yield PlanNote(
                plan=row, subject=subject, facts=_gain(what_if(problem, made, [more], time_limit=FOR_ONE * 3))
            )


def facts_of(found: Explanation) -> dict[str, Any]:
    """An explanation in plain values: numbers of requests and posts, and the core's words for changes."""
    if found.unmet is not None:
        return _unmet(found.unmet)
    return {"chosen": [_chosen(each) for each in found.chosen]}


def _unmet(found: Unmet) -> dict[str, Any]:
    forced = found.outranked
    return {
        "able": list(found.able),
        "main": str(found.main) if found.main else "",
        "cost": None
        if forced is None
        else {
            "possible": forced.possible,
            "proved": forced.proved,
            "lost": list(forced.lost),
            "gained": list(forced.gained),
            "moved": list(forced.moved),
        },
        "remedies": [remedy.text for remedy in found.remedies],
        "complete": found.complete,
    }


def _chosen(found: Chosen) -> dict[str, Any]:
    return {
        "post": found.post,
        "score": found.score,
        "place": found.place,
        "of": found.of,
        "better": [[b.post, b.score, list(b.busy_with)] for b in found.better],
        "wanted_by": [[w.request, w.priority, w.met] for w in found.wanted_by],
        "pinned": found.pinned,
    }


def _gain(found: WhatIf) -> dict[str, Any]:
    return {
        "gained": list(found.gained),
        "lost": list(found.lost),
        "need": [list(pair) for pair in found.need_change],
        "quarters": found.quarters_change,
    }

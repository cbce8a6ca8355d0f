"""Solving a stored plan again from its own input, to see that it comes out the same (issue 4.5)."""

from django.core.exceptions import PermissionDenied

from astcoord.core import audit
from astcoord.core.problems import Problem, Refused
from astcoord.core.words import say_later
from placements.allocation.plan.record import replay
from placements.allocation.plan.solve import OutOfTime
from placements.planning.models import Plan
from staff.accounts import permissions
from staff.accounts.models import User

SAME = "deployment plan: solved again, the same"
DIFFERENT = "deployment plan: solved again, different"
AT_MOST = 60.0
"""Seconds that somebody may be kept waiting for."""


def verify(*, plan: Plan, by: User | None, time_limit: float = AT_MOST) -> tuple[str, ...]:
    """What differs; nothing where the input still has its fingerprint and gives the same result. Recorded."""
    if by is not None and not permissions.is_coordinator(by):
        raise PermissionDenied("solve a plan again")
    if not plan.made:
        raise Refused([Problem("There is no result to compare with yet.", code="not-ready")])
    if not plan.reproducible:
        raise Refused([Problem("This plan ran out of time: solving it again may give another result.", code="late")])
    found = tuple(_differences(plan, time_limit))
    audit.record(DIFFERENT if found else SAME, plan, by=by, after={"differences": list(found)})
    return found


DIFFERENT_WORDS = {
    "input": "the stored input was changed",
    "levels": "need met",
    "place": say_later("placement score"),
    "assignments": "who goes where",
}


def _differences(plan: Plan, time_limit: float) -> list[str]:
    """The fingerprint first, then the result: need by class, score, and who goes where on which days."""
    stored = {
        "input": plan.input,
        "input_sha256": plan.input_sha256,
        "levels": plan.levels,
        "place": plan.place,
        "assignments": plan.outcome["plan"]["assignments"],
    }
    try:
        found = replay(stored, time_limit=time_limit)
    except OutOfTime:
        return ["no result in the time"]
    return [words for name, words in DIFFERENT_WORDS.items() if name in found]

"""Which placements that wait for their contract would not be issued under a new policy (R-16.1)."""

from collections.abc import Iterator
from datetime import date

from astcoord.core.consequences import Hanging
from astcoord.core.models.policy import Policy
from astcoord.core.policy_events import ADOPTING, Adopting
from astcoord.core.problems import Problem
from astcoord.core.words import say
from placements.agreement.rules.contracts import Calendar, inspector_problems, terms_problems
from placements.placement.lifecycle import PLACEMENT_BEFORE_CONTRACT
from placements.placement.models import Placement
from schools.calendar.models import HalfTerm


def register() -> None:
    """Called when the software starts."""
    ADOPTING.register(say("Placements without a contract"), of_adopting, order=70)


def of_adopting(event: Adopting) -> Iterator[Hanging]:
    """Each with what has to be put right in its terms; those that are signed keep their policy. Two queries."""
    halves = tuple(HalfTerm.objects.order_by("starts_on").values_list("starts_on", "ends_on"))
    for placement in Placement.objects.filter(status__in=PLACEMENT_BEFORE_CONTRACT).with_people().order_by("pk"):
        before = _problems(placement, event.before, halves)
        if more := [each.message for each in _problems(placement, event.after, halves) if each not in before]:
            yield Hanging(str(placement), " ".join(more), placement.get_absolute_url(), undecided=True)


def _problems(placement: Placement, policy: Policy, halves: tuple[tuple[date, date], ...]) -> list[Problem]:
    """What the policy says of the terms; whether the days fit between the dates is the same under any."""
    roomy = Calendar(teaching_days=366, half_terms=halves)
    return [
        *inspector_problems(placement, asked=policy.senior_inspector),
        *terms_problems(placement, policy, roomy),
    ]

"""Lines of deployment plans that hang on an AST's post (R-17.7)."""

from collections.abc import Iterator

from astcoord.core.consequences import Hanging
from astcoord.core.words import say
from placements.planning.lifecycle import PLAN_ACCEPTABLE
from placements.planning.models import Plan, PlanLine
from staff.posts.events import LEAVING, Leaving


def of_leaving(event: Leaving) -> Iterator[Hanging]:
    """Plans that are not accepted yet and use the AST: the matching is made afresh when a line is accepted (R-7.3)."""
    if event.last_day is None:
        return
    waiting = PlanLine.objects.filter(post=event.post, plan__in=Plan.objects.real(), decisions=None)
    open_plans = waiting.filter(plan__status__in=PLAN_ACCEPTABLE)
    for plan in Plan.objects.light().filter(pk__in=open_plans.values("plan")).order_by("pk"):
        fate = say(
            "Lines for which the AST no longer has the time are refused when they are accepted. Make the plan again."
        )
        yield Hanging(str(plan), fate, plan.get_absolute_url())


def register() -> None:
    """Called when the software starts."""
    LEAVING.register("Deployment plans", of_leaving, order=50)

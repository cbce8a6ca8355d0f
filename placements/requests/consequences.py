"""Which open requests a new policy would let nobody be sent to (R-16.1)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from astcoord.core.consequences import Hanging
from astcoord.core.models.policy import Policy
from astcoord.core.policy_events import ADOPTING, Adopting
from astcoord.core.words import say, say_later
from placements.requests import rules
from placements.requests.models import OutreachRequest
from placements.requests.reads import host_on

SERIOUS = say_later("Somebody named is in serious difficulty, and ASTs do not support them under it.")


def register() -> None:
    """Called when the software starts."""
    ADOPTING.register("Open requests", of_adopting, order=50)


def of_adopting(event: Adopting) -> Iterator[Hanging]:
    """Each with the reason, and what the co-ordinator has to do. Three queries; nobody is named (section G*)."""
    asked = OutreachRequest.objects.open().select_related("host").prefetch_related("host__statuses", "staff")
    for request in asked.order_by("pk"):
        why = _refusals(request, event.after, event.today)
        if why and not _refusals(request, event.before, event.today):
            fate = f"{say('No AST')} can be matched from that day. {' '.join(why)} Decline it, or refer the school."
            yield Hanging(
                f"{request.reference}, {request.host.name}",
                fate,
                reverse("placements:request_detail", args=[request.pk]),
                undecided=True,
            )


def _refusals(request: OutreachRequest, policy: Policy, today: date) -> list[str]:
    host = host_on(request.host, request.wanted_from or today)
    found = [problem.message for problem in rules.host_problems(request.host, host, policy)]
    people = request.staff.all()
    serious = any(rules.situation_problems(each.situation, policy.teacher_difficulty) for each in people)
    return [*found, SERIOUS] if serious else found

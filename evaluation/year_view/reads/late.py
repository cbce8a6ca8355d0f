"""What is late on the main road: how many of each, and the list that shows exactly these (R-10.9, R-11.16)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Value
from django.urls import reverse

from astcoord.core.roles import OFFICE
from astcoord.core.words import say
from evaluation.evaluations.models import Evaluation
from evaluation.returns.models import ReturnVisit
from evaluation.reviews.models import ImpactReview
from placements.days.models import OutreachDay
from placements.placement.lifecycle import PLACEMENT_OUT_FOR_SIGNATURE
from placements.placement.models import Placement
from staff.accounts.models import User
from staff.figures.reads.sheets import Table

NONE = "None"


def late(user: User, today: date) -> Table:
    """One line for each kind. Officers read how many forms are overdue, and open none (section G). One query."""
    statuses = [("status", each) for each in sorted(PLACEMENT_OUT_FOR_SIGNATURE)]
    forms = _list("evaluation:evaluations", ("overdue", "on")) if user.has_role(*OFFICE) else ""
    kinds: tuple[tuple[str, QuerySet[Any], str], ...] = (
        (
            "Outreach days not written up",
            OutreachDay.objects.not_logged(today).filter(on__lt=today),
            _list("placements:day_list", ("not_logged", "on")),
        ),
        ("Impact reviews overdue", ImpactReview.objects.overdue(today), _list("evaluation:reviews", ("overdue", "on"))),
        ("Evaluation forms overdue", Evaluation.objects.overdue(today), forms),
        ("Return visits late", ReturnVisit.objects.late(today), _list("evaluation:return_visits", ("late", "on"))),
        (
            "Contracts not signed by all",
            Placement.objects.filter(status__in=PLACEMENT_OUT_FOR_SIGNATURE),
            _list("placements:placement_list", *statuses),
        ),
        (
            say("Placements past their last day and not ended"),
            Placement.objects.past_last_day(today),
            _list("placements:placement_list", ("past", "on")),
        ),
    )
    counts = _counts([rows for _, rows, _ in kinds])
    found = [(words, counts[at], url) for at, (words, _, url) in enumerate(kinds)]
    return Table(
        code="late",
        title="What is late",
        header=("What", "How many"),
        rows=tuple((words, many or NONE) for words, many, _ in found),
        links=tuple(url if many else "" for _, many, url in found),
    )


def _counts(kinds: Sequence[QuerySet[Any]]) -> list[int]:
    """How many rows each has, in one query."""
    one, *more = (
        rows.order_by().annotate(at=Value(at)).values("at").annotate(many=Count("pk")).values_list("at", "many")
        for at, rows in enumerate(kinds)
    )
    found = dict(one.union(*more, all=True))
    return [found.get(at, 0) for at in range(len(kinds))]


def _list(page: str, *chosen: tuple[str, str]) -> str:
    return f"{reverse(page)}?{urlencode(chosen)}"

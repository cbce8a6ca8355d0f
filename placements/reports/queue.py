"""The co-ordinator's queue as a person works through it: overdue, due soon, the rest (R-5.6, R-6.15)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from placements.models import OutreachRequest
from placements.querysets import RequestQuerySet

SOON = timedelta(days=7)
OVERDUE, DUE_SOON, LATER = "Overdue", "Due in the next 7 days", "Later"


def band(act_by: date | None, today: date) -> str:
    """In which part of the queue a request stands that is to be acted on by `act_by`.

    >>> band(date(2026, 10, 5), date(2026, 10, 6))
    'Overdue'
    """
    if act_by is None or act_by > today + SOON:
        return LATER
    return OVERDUE if act_by < today else DUE_SOON


def headings(requests: RequestQuerySet, today: date) -> Callable[[OutreachRequest], str]:
    """For each request its heading with how many stand under it on all pages: “Overdue: 3 requests”; one query.

    `requests` are those of the list, with `act_by` (see `RequestQuerySet.with_turns`).
    """
    overdue, soon = Q(act_by__lt=today), Q(act_by__range=(today, today + SOON))
    counted = requests.order_by().aggregate(
        overdue=Count("pk", filter=overdue), soon=Count("pk", filter=soon), everything=Count("pk")
    )
    numbers = {OVERDUE: counted["overdue"], DUE_SOON: counted["soon"]}
    numbers[LATER] = counted["everything"] - sum(numbers.values())

    def heading(request: Any) -> str:
        name = band(request.act_by, today)
        return f"{name}: {numbers[name]} request{'' if numbers[name] == 1 else 's'}"

    return heading

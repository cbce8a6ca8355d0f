"""Which schools were supported, and when last (R-20.6).

Supported is a school at which a day was written up: planned days are none. Days used before this system have no date
and count on the day on which they were entered. What a closed school had counts for the one that follows it (R-17.6).
"""

from datetime import date
from typing import Any

from django.db.models import Case, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce, Greatest

from placements.days import ledger
from placements.days.lifecycle import DayStatus
from placements.placement.models import Placement
from schools.register.models import School
from schools.register.support import Answer
from schools.succession.models import Succession
from staff.accounts.models import User


def _helping(reader: User) -> QuerySet[Any]:
    """The placements that this person may count, once for each day written up, with the day: `helped_on`."""
    undated = ledger.undated().filter(placement=OuterRef("pk")).order_by()
    used = Subquery(undated.values("placement").annotate(all=Sum("days")).values("all"))
    before = Case(When(taken_in_on__isnull=False, used__gt=0, then=F("taken_in_on")))
    day = F("written_up__on")
    written_up = FilteredRelation("outreach_days", condition=Q(outreach_days__status=DayStatus.DONE))
    mine = Placement.objects.visible_to(reader).order_by().annotate(written_up=written_up, used=used)
    helped_on = Greatest(Coalesce(day, before), Coalesce(before, day))
    return mine.annotate(helped_on=helped_on).filter(helped_on__isnull=False)


def _last(reader: User) -> Any:
    there = _helping(reader).filter(Succession.objects.of_line("host", OuterRef("pk")))
    return Subquery(there.order_by("-helped_on").values("helped_on")[:1])


def _since(reader: User, day: date | None) -> QuerySet[Any]:
    helped = _helping(reader)
    hosts = (helped.filter(helped_on__gte=day) if day else helped).values("host")
    return School.objects.filter(Succession.objects.and_followers(hosts)).order_by().values("pk")


ANSWER = Answer(_last, _since)

"""What a placement's contract claims of its AST's year: moved by difference, never overwritten (design, section 7)."""

from decimal import Decimal
from typing import Any

from django.db.models import Sum

from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.placement.models import Placement
from schools.calendar.models import AcademicYear

Kind = LedgerEntry.Kind


def claimed(placement: Placement) -> Decimal:
    """The days under contract, over all years."""
    return ledger.placement_sums(placement)[Kind.CONTRACT]


def claim(placement: Placement, days: Decimal, *, by: Any, reason: str) -> None:
    """Have the contract claim exactly `days`, in the year of the first day; the caller holds the AST's post locked.

    A contract whose dates move to another year gives its days back to the old one. A second call writes nothing.
    """
    if placement.starts_on is None:
        raise ValueError("a claim needs a first day")
    rows = LedgerEntry.objects.filter(placement=placement, kind=Kind.CONTRACT).order_by()
    held = dict(rows.values_list("year_id").annotate(Sum("days")))
    years = AcademicYear.objects.on(placement.starts_on)
    here = next(iter(years), None)
    for year in AcademicYear.objects.filter(pk__in=held):
        if year != here:
            ledger.write(Kind.CONTRACT, placement, -held[year.pk], on=year.starts_on, by=by, reason=reason)
    already = held.get(here.pk, Decimal(0)) if here else Decimal(0)
    ledger.write(Kind.CONTRACT, placement, days - already, on=placement.starts_on, by=by, reason=reason)

"""What stands in the way of a match that is to be proposed or agreed (R-4.11, R-5.7, R-6.9, R-7.8)."""

from decimal import Decimal

from astcoord.core.clock import today
from astcoord.core.problems import Problem
from placements.allocation.problem import days as in_days
from placements.allocation.problem import quarters
from placements.days import ledger
from placements.matching import rules
from placements.matching.models import Match
from placements.requests import reads as requests
from placements.requests.models import OutreachRequest
from schools.calendar.models import AcademicYear
from schools.calendar.reads import YearShares


def request_problems(request: OutreachRequest) -> list[Problem]:
    """What the request itself lacks: the head's word (R-5.7), the statement that it is realistic (R-6.9)."""
    return [*requests.confirmation_problems(request), *requests.realism_problems(request, today=today())]


def too_many(request: OutreachRequest, days: Decimal) -> list[Problem]:
    """Whoever gives what is left of a request whose other days are found gives no more than that (R-7.8)."""
    found = request.days_found
    return rules.more_than_asked(found + days, request.days or Decimal(0)) if found else []


def agreement_problems(match: Match) -> list[Problem]:
    """R-5.7, R-6.9, and that no day is promised twice (R-4.11). The post is locked by the caller."""
    first = max(today(), match.request.wanted_from or today())
    wanted = YearShares().shares(first, max(first, match.request.wanted_until or first), quarters(match.days))
    if not wanted:
        return [Problem("The school calendar does not reach that far. The co-ordinator must enter the year first.")]
    found = request_problems(match.request)
    for year in AcademicYear.objects.filter(pk__in=wanted).order_by("starts_on"):
        left = ledger.balance(match.post, year, apart_from=match.pk).remaining
        found += rules.promised_elsewhere(in_days(wanted[year.pk]), left)
    return found

"""What stands in the way of a match that is to be proposed or agreed (R-4.11, R-5.7, R-6.9, R-7.2, R-7.8)."""

from decimal import Decimal

from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from placements.allocation.exclusions import Exclusion
from placements.allocation.problem import days as in_days
from placements.allocation.problem import quarters
from placements.allocation.ranking import Candidate
from placements.days import ledger
from placements.matching import rules
from placements.matching.models import Match
from placements.matching.reads.problem import RankingProblem
from placements.requests import reads as requests
from placements.requests.models import OutreachRequest
from schools.calendar.models import AcademicYear
from schools.calendar.reads import YearShares
from staff.posts.models import Post


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
        return [
            Problem(say("The school calendar does not reach that far. The co-ordinator must enter the year first."))
        ]
    found = request_problems(match.request)
    for year in AcademicYear.objects.filter(pk__in=wanted).order_by("starts_on"):
        left = ledger.balance(match.post, year, apart_from=match.pk).remaining
        found += rules.promised_elsewhere(in_days(wanted[year.pk]), left)
    return found


def choice(gathered: RankingProblem, post: Post, days: Decimal, reason: str) -> tuple[int, Candidate]:
    """This post's place in the ranking, and the candidate; refused where a hard rule stands against it (R-7.3)."""
    ranked = gathered.ranked()
    place = ranked.rank_of(post.pk)
    if not place:
        why = ranked.why_not(post.pk) or Exclusion.NO_EXPERTISE
        words = gathered.need.blocked or why.words
        message = f"{post.name} cannot be proposed. {words.rstrip('.')}."
        raise Refused([Problem(message, rule="R-7.2", code=why)])
    candidate = ranked.candidates[place - 1]
    days_free = in_days(candidate.usable)
    refuse([*rules.days_do_not_fit(days, days_free), *rules.lower_choice_unexplained(place, reason)])
    return place, candidate

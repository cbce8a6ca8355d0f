"""What the match pages show: ranked candidates with reasons, and proposals with who has answered (R-7.1, R-7.5)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Prefetch, QuerySet, When, prefetch_related_objects

from astcoord.core.models.policy import Policy
from astcoord.core.problems import Problem
from astcoord.core.wording import days_words, number, plural
from astcoord.core.words import say_later
from placements.allocation import words
from placements.allocation.exclusions import Exclusion
from placements.allocation.problem import AstFacts, days
from placements.allocation.ranking import Candidate, Ranked
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match, MatchAnswer
from placements.matching.reads.offered import OfferLine, offer_lines
from placements.matching.reads.problem import RankingProblem, gather
from placements.offers.reads import Said
from placements.requests import reads as requests
from placements.requests.models import OutreachRequest
from placements.requests.rules import found_words
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.accounts.reads import may_come

ZERO = Decimal(0)
TOP = 10
MOST = 100
"""No page lists more candidates than this, whatever is asked for."""

NAMES = 20
"""So many names are told for each reason of exclusion; the rest is a number."""


@dataclass(frozen=True)
class CandidateCard:
    """One candidate as the page shows it."""

    post: int
    rank: int
    name: str
    home: str
    score: Decimal
    facts: tuple[tuple[str, str], ...]
    reasons: tuple[words.Reason, ...]
    warnings: tuple[str, ...]
    usable: Decimal
    offer: Said | None = None


@dataclass(frozen=True)
class ExcludedGroup:
    """Everybody who is left out for one reason; `more` of them are not named.

    `at_home` are the posts at the school that asks, in the order of the names: their help is inreach (R-1.6).
    """

    label: str
    count: int
    names: tuple[str, ...] = ()
    at_home: tuple[int, ...] = ()

    @property
    def more(self) -> int:
        return self.count - len(self.names)


@dataclass(frozen=True)
class CandidatePage:
    """The whole match page. `problems` concern the request and forbid any proposal; `total` counts all candidates.

    `days_open` are those that no AST has agreed to give yet, and `still` says so where that is not all (R-7.8).
    """

    cards: tuple[CandidateCard, ...]
    total: int
    excluded: tuple[ExcludedGroup, ...]
    excluded_total: int
    problems: tuple[Problem, ...]
    days_open: Decimal
    still: str
    policy: Policy
    offers: tuple[OfferLine, ...] = ()

    @property
    def can_propose(self) -> bool:
        return not self.problems


def candidates(request: OutreachRequest, today: date, *, most: int = MOST, reader: User | None = None) -> CandidatePage:
    """Ranked candidates and the excluded by reason, in nine queries at most (R-7.1, R-7.2).

    Words are made only for the `most` cards that are shown; for a `reader`, as `gather` has it.
    """
    prefetch_related_objects([request], "host__statuses", "staff")
    gathered = gather(request, today, reader=reader)
    ranked = gathered.ranked()
    shown = ranked.candidates[: min(most, MOST)]
    days_open = days(gathered.need.quarters)
    offers = gathered.offers
    return CandidatePage(
        cards=tuple(_card(gathered, candidate, place, offers) for place, candidate in enumerate(shown, 1)),
        total=len(ranked.candidates),
        excluded=tuple(_groups(ranked, gathered.others)),
        excluded_total=len(ranked.excluded) + gathered.others,
        problems=tuple(_problems(request, gathered, today)),
        days_open=days_open,
        still=_still(request.days or ZERO, days_open),
        policy=gathered.policy,
        offers=tuple(offer_lines(offers.values(), ranked)),
    )


def _still(asked: Decimal, still_open: Decimal) -> str:
    """What is left to find where an AST has agreed to a part (R-7.8); "" while all of it is."""
    if still_open >= asked:
        return ""
    are = plural(still_open, "is", "are")
    return f"{number(still_open)} of {days_words(asked)} {are} still to be found."


def _groups(ranked: Ranked, others: int) -> Iterator[ExcludedGroup]:
    grouped: dict[Exclusion, list[AstFacts]] = defaultdict(list)
    for ast, why in ranked.excluded:
        grouped[why].append(ast)
    for why in Exclusion:
        if found := grouped.get(why):
            at_home = tuple(a.post for a in found[:NAMES]) if why is Exclusion.OWN_SCHOOL else ()
            names = tuple(f"{a.name}, {a.home_name}" for a in found[:NAMES])
            yield ExcludedGroup(why.words, len(found), names, at_home)
    if others:
        yield ExcludedGroup(Exclusion.NO_EXPERTISE.words, others)


def card_of(page: CandidatePage, post: int) -> CandidateCard | None:
    """The card of one post among those shown."""
    return next((card for card in page.cards if card.post == post), None)


def _card(gathered: RankingProblem, candidate: Candidate, place: int, offers: Mapping[int, Said]) -> CandidateCard:
    ast = candidate.ast
    km = candidate.score.km
    return CandidateCard(
        post=ast.post,
        rank=place,
        name=ast.name,
        home=ast.home_name,
        score=Decimal(str(candidate.score.total)),
        facts=(
            ("Days left this year", number(days(ast.left))),
            ("Free in these weeks", number(days(candidate.free))),
            ("Journey", "Not known" if km is None else words.distance(km)),
        ),
        reasons=words.reasons(gathered.need, candidate, gathered.weights),
        warnings=words.warnings(gathered.need, candidate, gathered.weights),
        usable=days(candidate.usable),
        offer=offers.get(ast.post),
    )


def _problems(request: OutreachRequest, gathered: RankingProblem, today: date) -> list[Problem]:
    """Why nobody may be proposed, whoever it is (R-5.7, R-6.8, R-6.9)."""
    found = [
        *requests.confirmation_problems(request),
        *requests.realism_problems(request, today=today, declared=gathered.declared),
    ]
    if gathered.need.blocked:
        found.append(Problem(gathered.need.blocked, rule="R-6.8", code="policy"))
    if gathered.need.last < gathered.need.first:
        found.append(Problem("The weeks asked for have passed. Return the request and ask for new dates.", code="past"))
    elif not gathered.year_known:
        found.append(Problem("The school calendar does not reach these weeks. Enter the school year first."))
    return found


def frozen_reasons(gathered: RankingProblem, candidate: Candidate) -> list[dict[str, Any]]:
    """Why this AST, as it stood on the day: kept with the match and never worked out again (R-7.1)."""
    parts = [
        {"title": r.title, "text": r.text, "points": r.points, "most": r.most}
        for r in words.reasons(gathered.need, candidate, gathered.weights)
    ]
    warnings = words.warnings(gathered.need, candidate, gathered.weights)
    own = gathered.weights
    how = {"title": "Points by", "text": f"The weights of edition {own.version}", "weights": asdict(own)}
    return [*parts, *({"title": "Bear in mind", "text": text, "warning": True} for text in warnings), how]


def with_answers(matches: QuerySet[Match]) -> QuerySet[Match]:
    """With all that a match page or list shows, in two queries."""
    return matches.select_related("post__user", "post__home", "request__host", "proposed_by").prefetch_related(
        Prefetch("answers", MatchAnswer.objects.select_related("by"))
    )


def open_first(matches: QuerySet[Match]) -> QuerySet[Match]:
    """Those that still wait for an answer, by the day to answer; then the rest, the latest first."""
    still = Case(When(status=MatchStatus.PROPOSED, then=F("answer_by")))
    return matches.order_by(still.asc(nulls_last=True), "-pk")


def waiting_for(match: Match) -> str:
    """Whose turn it is, in words: “Waiting for the home headteacher”."""
    if match.status != MatchStatus.PROPOSED:
        return str(match.get_status_display())
    missing = [line.label for line in match.answer_lines() if line.answer is None]
    return f"Waiting for: {', '.join(missing)}"


def asked(match: Match) -> list[tuple[str, Any]]:
    """What the AST and the home head may know before they answer: no names of staff, nothing declared (section G)."""
    given = ("Days", days_words(match.days))
    return [("School", match.request.host.name), *_answers(match.request, ASKED), given, *_answers(match.request, WHEN)]


UNTOLD = {words.TITLES["capacity"], words.TITLES["load"]}
"""Parts that tell of an AST's year, of which a host head reads nothing (section G)."""


def summed(match: Match) -> list[tuple[str, str]]:
    """What spoke for this AST, for the host head: the points of each part, without the words (section G).

    Neither rank nor whole score: the one tells of others, the other of the AST's time. Empty where nobody was ranked.
    """
    parts = [each for each in match.reasons if each.get("most") and each["title"] not in UNTOLD]
    return [(each["title"], f"{each['points']:.3g} of {each['most']:.3g} points") for each in parts]


def summary(request: OutreachRequest, days_open: Decimal) -> list[tuple[str, Any]]:
    """The request beside its candidates: what decides between them. What the need rests on, `evidence` says."""
    rows = _answers(request, (*BESIDE, "Days", *WHEN))
    found = found_words((request.days or ZERO) - days_open, request.days)
    place = next((n for n, (label, _) in enumerate(rows, 1) if label == "Days"), len(rows))
    return [*rows[:place], ("Found so far", found), *rows[place:]] if found else rows


def _answers(request: OutreachRequest, labels: tuple[str, ...]) -> list[tuple[str, Any]]:
    given = {row.label: row.value for row in requests.rows_of(request)}
    return [(label, given[label]) for label in labels if given.get(label)]


WHEN = ("Between", "Days of the week")
ASKED = (
    "Subject",
    "Aspect",
    "Key stages",
    "Pupils",
    "What needs to get better",
    say_later("What the AST would do"),
    "What staff need to learn",
    "What should be different",
    "How you will know",
    "Kinds of work",
)
BESIDE = (
    "Subject",
    "Aspect",
    "Key stages",
    "Pupils",
    "What needs to get better",
    say_later("What the AST would do"),
    "Kinds of work",
)


def awaiting(matches: QuerySet[Match], party: str) -> QuerySet[Match]:
    """Proposals that this party has not answered."""
    return matches.filter(status=MatchStatus.PROPOSED).exclude(answers__party=party)


def silence(home: School, on: date) -> str:
    """What to know before a match is proposed where no head of the home school can answer; "" elsewhere (R-17.5).

    One query, and a few more where nobody can.
    """
    if RoleAssignment.objects.heads_of(home, on).exists():
        return ""
    words = f"No headteacher of {home.name} has an account, so nobody there can answer yet."
    if home.pk in may_come(on):
        return f"{words} The e-mail goes to the headteacher’s own address, which can be signed in with at once."
    if home.email:
        return f"{words} The e-mail goes to the school’s address."
    return f"{words} The school has no e-mail address either, so nobody there is told."

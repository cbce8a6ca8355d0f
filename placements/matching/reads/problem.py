"""From the database to matching: one request as a need, and everything that ranks it on one day (R-7.1, R-7.2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from astcoord.core import policy as policies
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import CapMode
from astcoord.core.words import say
from placements.allocation.problem import AstFacts, Horizon, Need, Spot, Vocabulary, Week, quarters
from placements.allocation.ranking import Ranked, rank
from placements.allocation.scoring import Weights
from placements.matching.reads import experts as experts_reads
from placements.offers.reads import Said, said
from placements.requests import reads as requests
from placements.requests import rules as request_rules
from placements.requests.models import OutreachRequest
from placements.requests.permissions import sees_declarations
from schools.calendar import reads as calendar
from staff.accounts.models import User
from staff.expertise.vocabulary import KeyStage, PupilGroup, WorkType


@dataclass(frozen=True)
class RankingProblem:
    """One request and what there is for it. `others` are ASTs in post who do not list its subject; `declared`: what was
    declared of people is known to whoever asks (section G*). `offers`: what ASTs have said of it, by post (R-7.9)."""

    need: Need
    asts: tuple[AstFacts, ...]
    horizon: Horizon
    others: int
    year_known: bool
    policy: Policy
    weights: Weights
    declared: bool
    offers: dict[int, Said]

    def ranked(self) -> Ranked:
        """Candidates and exclusions (R-7.1, R-7.2)."""
        return rank(self.need, self.asts, self.horizon, self.weights)


def gather(request: OutreachRequest, today: date, *, reader: User | None = None) -> RankingProblem:
    """Read what matching needs for the days that are still open, in seven queries, however many ASTs there are.

    With `host__statuses` and `staff` prefetched; each takes one more. Time that has passed is not counted. For a
    `reader` without what the reader may not know (section G*): what was declared, and who is on the way to be an AST;
    and with who of the others has offered.
    """
    policy = policies.in_force(today)
    experts = experts_reads.experts_in(request.subject, reader)
    declared = reader is None or sees_declarations(reader, request)
    first = max(today, request.wanted_from or today)
    last = request.wanted_until or first
    known = calendar.onwards(today)
    year, until = known.year_on(first), known.year_on(last)
    horizon = horizon_of(today, max(last, until.ends_on if until else last), policy, known)
    few = experts_reads.few_of(request, experts, first, today=today, reader=reader)
    days_open = max((request.days or Decimal(0)) - sum(map(Decimal, few.agreed.values())), Decimal(0))
    blocked = host_blocked(request, first, policy) or (declared_blocks(request, policy) if declared else "")
    asts = experts_reads.read(request, experts, few, first=first, year=year, horizon=horizon, policy=policy)
    return RankingProblem(
        need=need_of(request, days_open, first, last, blocked=blocked),
        asts=tuple(asts),
        horizon=horizon,
        others=few.others,
        year_known=year is not None,
        policy=policy,
        weights=Weights.of(policy.ranking_weights),
        declared=declared,
        offers=said(few.offered),
    )


def need_of(request: OutreachRequest, days_open: Decimal, first: date, last: date, *, blocked: str = "") -> Need:
    """A request's open days in plain values (R-7.8): days that an AST has agreed to give are not asked for again."""
    return Need(
        request=request.pk,
        host=request.host_id,
        spot=Spot.of(request.host.easting, request.host.northing),
        subject=request.subject,
        key_stages=tuple(request.key_stages),
        work_types=tuple(request.work_types),
        pupil_groups=tuple(request.pupil_groups),
        quarters=quarters(days_open),
        first=first,
        last=last,
        weekdays=frozenset(int(day) for day in request.weekdays),
        blocked=blocked,
        words=Vocabulary(request.get_subject_display().lower(), *CODES),
    )


def _lower(choices: list[tuple[str, str]]) -> dict[str, str]:
    return {code: label[:1].lower() + label[1:] for code, label in choices}


CODES = (_lower(KeyStage.choices), _lower(WorkType.choices), _lower(PupilGroup.choices))


def host_blocked(request: OutreachRequest, on: date, policy: Policy) -> str:
    """Why the policy in force sends no AST to that school, or nothing."""
    host = requests.host_on(request.host, request.wanted_from or on)
    found = request_rules.host_problems(request.host, host, policy)
    return found[0].message if found else ""


def declared_blocks(request: OutreachRequest, policy: Policy) -> str:
    """Why the policy in force sends no AST to these people, or nothing: for the co-ordinator alone (section G*)."""
    return situations_block((person.situation for person in request.staff.all()), policy)


def situations_block(situations: Iterable[str], policy: Policy) -> str:
    """The same of what was declared."""
    if any(request_rules.situation_problems(each, policy.teacher_difficulty) for each in situations):
        return say("ASTs here do not support somebody in serious difficulty, and a person named is said to be.")
    return ""


def horizon_of(first: date, last: date, policy: Policy, known: calendar.SchoolCalendar | None = None) -> Horizon:
    """The weeks from first to last in which schools teach, with the policy's cap (R-4.3, R-4.5).

    One query, or none where as much of the calendar is `known`.
    """
    open_on: dict[date, list[date]] = defaultdict(list)
    for day in (known or calendar.between(first, last)).school_days(first, last):
        open_on[calendar.monday(day)].append(day)
    weeks = tuple(Week(monday, tuple(days)) for monday, days in sorted(open_on.items()))
    return Horizon(weeks, quarters(policy.most_a_week), policy.cap_mode == CapMode.HALF_TERM_AVERAGE)

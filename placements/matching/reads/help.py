"""How many ASTs could help with each of many requests, and who is the best: as the candidates' page has it (R-20.3).

Four queries for the requests of one school year, however many there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from astcoord.core import policy as policies
from astcoord.core.models.policy import Policy
from astcoord.core.plain_rows import Spelt, iso, plain
from astcoord.core.policy_choices import Difficulty
from placements.allocation.problem import AstFacts, days
from placements.allocation.ranking import rank
from placements.allocation.scoring import Weights
from placements.matching.lifecycle import MATCH_LIVE, MatchStatus
from placements.matching.models import Match
from placements.matching.reads import asts
from placements.matching.reads.problem import horizon_of, need_of, situations_block
from placements.matching.reads.time import Known, as_day, known_from, known_parts
from placements.requests import reads as requests
from placements.requests import rules as request_rules
from placements.requests.lifecycle import REQUEST_WITH_COORDINATOR
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.requests.permissions import sees_declarations
from placements.requests.reads import Help
from schools.calendar.models import AcademicYear
from schools.calendar.reads import YearShares
from schools.register.models import School, SchoolStatus
from staff.accounts.models import User
from staff.posts.lifecycle import ON_THE_WAY, PostStatus
from staff.posts.models import Expertise, Post

PASSED, CROSSES = "The weeks have passed", "Goes on after the summer: open it"
TEXT = TextField()
Pairs = set[tuple[int, int]]


@dataclass(frozen=True)
class Ties:
    """What ties ASTs to these requests and their schools, by post or home school, and what is known of their time.

    `agreed` are days by request. `statuses` of schools and `situations` of people, by request, are read where the
    policy forbids anything for them.
    """

    levels: dict[tuple[int, str], int]
    uninducted: set[int]
    been_there: Pairs
    asked: Pairs
    linked: Pairs
    agreed: dict[int, Decimal]
    statuses: dict[int, list[SchoolStatus]]
    situations: dict[int, list[str]]
    known: Known


def could_help(asked: Iterable[OutreachRequest], reader: User, today: date) -> dict[int, Help]:
    """For each request that is with the co-ordinator: how many could help, the best of them, and that one's free days.

    The requests come with their `host`. One that goes on in the next school year is looked at on its own page only.
    """
    policy, spread = policies.in_force(today), YearShares()
    found: dict[int, Help] = {}
    by_year: dict[int, list[OutreachRequest]] = defaultdict(list)
    for request in asked:
        first, last = window_of(request, today)
        if request.status not in REQUEST_WITH_COORDINATOR:
            continue
        if last < first:
            found[request.pk] = Help(why=PASSED)
        elif len(years := spread.touched(first, last)) > 1:
            found[request.pk] = Help(why=CROSSES)
        else:
            by_year[years[0].pk if years else 0].append(request)
    years_by_key = {year.pk: year for year in spread.years} if by_year else {}
    for key, group in by_year.items():
        found |= _of_year(group, years_by_key.get(key), reader, policy, today)
    return found


def window_of(request: OutreachRequest, today: date) -> tuple[date, date]:
    """The weeks asked for, as far as they are still to come."""
    first = max(today, request.wanted_from or today)
    return first, request.wanted_until or first


def _of_year(
    group: Sequence[OutreachRequest], year: AcademicYear | None, reader: User, policy: Policy, today: date
) -> Iterator[tuple[int, Help]]:
    """Those of one school year. Three queries."""
    posts = _posts(group, reader)
    last = max(window_of(request, today)[1] for request in group)
    horizon = horizon_of(today, max(last, year.ends_on if year else last), policy)
    time = known_parts(posts.order_by().values("pk"), year, horizon)
    ties = _ties([*_tying(group, posts), *_forbidding(group, policy), *time])
    weights = Weights.of(policy.ranking_weights)
    found = asts.read(posts, ties.uninducted, first=today, year=year, horizon=horizon, policy=policy, known=ties.known)
    everybody = list(found)
    for request in group:
        first, until = window_of(request, today)
        open_days = max((request.days or Decimal(0)) - ties.agreed.get(request.pk, Decimal(0)), Decimal(0))
        need = need_of(request, open_days, first, until, blocked=_blocked(request, ties, first, reader, policy))
        ranked = rank(need, _as_seen_by(request, everybody, ties, first, policy), horizon, weights).candidates
        best = ranked[0] if ranked else None
        yield request.pk, Help(len(ranked), best.ast.name, days(best.usable)) if best else Help()


def _posts(group: Sequence[OutreachRequest], reader: User) -> QuerySet[Post]:
    """Everybody who lists one of the subjects and is an AST or on the way to it, of whom the reader may know."""
    listed = Expertise.objects.filter(subject__in={request.subject for request in group}).order_by().values("post")
    posts = Post.objects.offering().filter(status__in=(*ON_THE_WAY, PostStatus.IN_POST), pk__in=listed)
    known = Post.objects.visible_to(reader).order_by().values("pk")
    return posts.filter(pk__in=known).order_by("pk").annotate(level=Value(0))


def _as_seen_by(
    request: OutreachRequest, everybody: Iterable[tuple[asts.Row, AstFacts]], ties: Ties, first: date, policy: Policy
) -> Iterator[AstFacts]:
    """The same facts for the next request: what differs is put in, and the ranking looks at it at once."""
    cluster = request.host.cluster_id
    for row, facts in everybody:
        facts.level = ties.levels.get((row.pk, request.subject), 0)
        if not facts.level:
            continue
        facts.standing = asts.standing_of(
            row.status, row.funding, bool(row.ends and row.ends < first.isoformat()), policy
        )
        facts.been_there = (row.pk, request.host_id) in ties.been_there
        near = (row.home_id, request.host_id) in ties.linked or (cluster and row.home__cluster_id == cluster)
        facts.link = "near" if near else ""
        facts.asked_already = (row.pk, request.pk) in ties.asked
        yield facts


def _tying(group: Sequence[OutreachRequest], posts: QuerySet[Post]) -> Iterator[QuerySet[Any]]:
    """What ties ASTs to the requests and their schools."""
    ids = posts.order_by().values("pk")
    hosts, keys = {request.host_id for request in group}, [request.pk for request in group]
    through = School.feeds_into.through.objects.order_by()
    of_them = Match.objects.filter(request__in=keys).order_by()
    been = asts.has_worked().filter(post__in=ids, host__in=hosts)
    yield _part("level", Expertise.objects.filter(post__in=ids).order_by(), "post_id", Spelt("subject", "level"))
    yield _part("uninducted", asts.uninducted(posts), "pk", Value(""))
    yield _part("been_there", been, "post_id", Cast("host_id", TEXT))
    yield _part("asked", of_them.filter(status__in=MATCH_LIVE), "post_id", Cast("request_id", TEXT))
    yield _part("linked", through.filter(from_school__in=hosts), "to_school_id", Cast("from_school_id", TEXT))
    yield _part("linked", through.filter(to_school__in=hosts), "from_school_id", Cast("to_school_id", TEXT))
    yield _part("agreed", of_them.filter(status=MatchStatus.AGREED), "request_id", Cast("days", TEXT))


def _forbidding(group: Sequence[OutreachRequest], policy: Policy) -> Iterator[QuerySet[Any]]:
    """What may forbid any AST, where the policy forbids anything: by school and by request."""
    if policy.host_difficulty == Difficulty.BLOCK:
        held = SchoolStatus.objects.filter(school__in={request.host_id for request in group}).order_by()
        text = Spelt("kind", "name", "starts_on", Coalesce(iso("ends_on"), Value("")))
        yield _part("statuses", held, "school_id", text)
    if policy.teacher_difficulty == Difficulty.BLOCK:
        people = RequestedStaff.objects.filter(request__in=[request.pk for request in group]).order_by()
        yield _part("situations", people, "request_id", Cast("situation", TEXT))


def _part(what: str, rows: QuerySet[Any], whom: str, text: Any) -> QuerySet[Any]:
    """Rows of what it is, whom it is about, and a text."""
    return rows.values_list(Value(what), whom, text)


def _ties(parts: Iterable[QuerySet[Any]]) -> Ties:
    """All of it in one query."""
    one, *more = parts
    told: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for what, whom, text in plain(one.union(*more, all=True)):
        told[what].append((whom, text))
    agreed: dict[int, Decimal] = defaultdict(Decimal)
    for request, text in told["agreed"]:
        agreed[request] += Decimal(text)
    statuses: dict[int, list[SchoolStatus]] = defaultdict(list)
    for school, text in told["statuses"]:
        statuses[school].append(_status(text))
    situations: dict[int, list[str]] = defaultdict(list)
    for request, text in told["situations"]:
        situations[request].append(text)
    levels = ((post, text.split("/")) for post, text in told["level"])
    pairs = {what: {(whom, int(text)) for whom, text in told[what]} for what in ("been_there", "asked", "linked")}
    return Ties(
        levels={(post, subject): int(level) for post, (subject, level) in levels},
        uninducted={post for post, _ in told["uninducted"]},
        agreed=agreed,
        statuses=statuses,
        situations=situations,
        known=known_from(told),
        **pairs,
    )


def _status(text: str) -> SchoolStatus:
    """Kind, name, first and last day of a school's status."""
    kind, name, first, last = text.split("/")
    return SchoolStatus(kind=kind, name=name, starts_on=as_day(first), ends_on=as_day(last) if last else None)


def _blocked(request: OutreachRequest, ties: Ties, first: date, reader: User, policy: Policy) -> str:
    """Why nobody can be sent, as `reader` may know it; "" for most requests."""
    host = requests.host_of(ties.statuses.get(request.host_id, ()), request.wanted_from or first)
    if found := request_rules.host_problems(request.host, host, policy):
        return found[0].message
    asked = policy.teacher_difficulty == Difficulty.BLOCK and sees_declarations(reader, request)
    return situations_block(ties.situations.get(request.pk, ()), policy) if asked else ""

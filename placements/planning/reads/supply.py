"""The supply of a deployment plan: every AST, with the schools and requests that a plan may bring together with them.

Ten queries, one more where the year is divided, six where a request goes on after the summer; however many there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum, Value

from astcoord.core.models.policy import Policy
from placements.allocation.plan.problem import Supply
from placements.allocation.problem import AstFacts, Horizon, days, quarters
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.matching.lifecycle import MATCH_LIVE
from placements.matching.models import Match, MatchAnswer
from placements.matching.reads import asts
from placements.matching.reads.time import as_day, promised_of
from placements.requests.models import OutreachRequest
from schools.calendar.models import AcademicYear
from schools.register.models import School
from staff.expertise.vocabulary import Funding
from staff.posts.lifecycle import LET_OUT, PostStatus
from staff.posts.models import Expertise, Post

Ids = dict[int, set[int]]

SUMMER = "over the summer"
"""The part of an AST's time from which requests draw that go on in the next school year, which bears its share."""


def read(
    requests: Sequence[OutreachRequest], *, first: date, year: AcademicYear | None, horizon: Horizon, policy: Policy
) -> Iterator[Supply]:
    """Everybody in post on `first`, and seconded aspirants where the policy lets them out (R-7.2), by post."""
    posts = _considered(policy, first)
    ids = posts.order_by().values("pk")
    expertise, uninducted = _expertise(ids), set(asts.uninducted(posts).values_list("pk", flat=True))
    been = _grouped(asts.has_worked().filter(post__in=ids).values_list("post_id", "host_id"))
    linked, declined = _linked(requests), _declined(requests)
    apart, summer = _apart(ids, year, policy), _over_summer(ids, requests, first, year)
    for row, facts in asts.read(posts, uninducted, first=first, year=year, horizon=horizon, policy=policy):
        yield Supply(
            facts=facts,
            expertise=tuple(sorted(expertise.get(row.pk, ()))),
            been_to=frozenset(been.get(row.pk, ())),
            linked=frozenset(linked.get(row.home_id, ())) - {row.home_id},
            declined=frozenset(declined.get(row.pk, ())),
            rooms=(*_rooms(policy, facts, apart.get(row.pk, 0)), *summer.get(row.pk, ())),
            leaves=as_day(row.ends) if row.ends else None,
        )


def _considered(policy: Policy, first: date) -> QuerySet[Post]:
    """R-7.2. Somebody who has left by the first day gives nothing and is not part of the plan."""
    wanted = Q(status=PostStatus.IN_POST)
    if policy.aspirant_outreach:
        wanted |= Q(status__in=LET_OUT, funding=Funding.SECONDMENT)
    return Post.objects.offering().filter(wanted).exclude(ends_on__lt=first).order_by("pk").annotate(level=Value(0))


def _expertise(posts: QuerySet[Any]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = Expertise.objects.filter(post__in=posts).order_by()
    for post, subject, level in rows.values_list("post_id", "subject", "level"):
        found[post].append((subject, level))
    return found


def _grouped(pairs: Iterable[tuple[int, int]]) -> Ids:
    found: Ids = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return found


def _linked(requests: Sequence[OutreachRequest]) -> Ids:
    """By home school: the schools that ask and belong to the same cluster, or exchange pupils with it."""
    hosts = {request.host_id: request.host.cluster_id for request in requests}
    through = School.feeds_into.through.objects.filter(Q(from_school__in=hosts) | Q(to_school__in=hosts))
    pairs = set(through.values_list("from_school_id", "to_school_id"))
    clusters = School.objects.filter(cluster__in={cluster for cluster in hosts.values() if cluster is not None})
    near = clusters.order_by().values_list("pk", "cluster_id")
    pairs |= {(home, host) for home, theirs in near for host, cluster in hosts.items() if cluster == theirs}
    return _grouped((a, b) for one, other in pairs for a, b in ((one, other), (other, one)) if b in hosts)


def _declined(requests: Sequence[OutreachRequest]) -> Ids:
    """Requests already put to an AST, or to which the AST or the AST's own head has said no; by post."""
    theirs = [MatchAnswer.Party.AST, MatchAnswer.Party.HOME_HEAD]
    put = Q(status__in=MATCH_LIVE) | Q(answers__yes=False, answers__party__in=theirs)
    found = Match.objects.filter(put, request_id__in=[request.pk for request in requests]).order_by()
    return _grouped(found.values_list("post_id", "request_id"))


def _rooms(policy: Policy, facts: AstFacts, apart: int) -> tuple[tuple[str, int], ...]:
    """R-4.2: where the year is divided, placements draw on the first part, which is for deployment.

    `apart` are quarters taken from other parts or moved into this one.
    """
    if not policy.budget_categories or not policy.ast_days_per_year:
        return ()
    _, deployment = policy.budget_categories[0]
    share = Decimal(deployment) / policy.ast_days_per_year
    return (("", max(quarters(days(facts.budget) * share) - facts.committed + apart, 0)),)


def goes_on(request: OutreachRequest, year: AcademicYear | None) -> bool:
    """Whether it is wanted beyond the school year that the plan begins in."""
    return bool(year and request.wanted_until and request.wanted_until > year.ends_on)


def _over_summer(
    posts: QuerySet[Any], requests: Sequence[OutreachRequest], first: date, year: AcademicYear | None
) -> dict[int, tuple[tuple[str, int]]]:
    """R-4.11: by post, the quarters that all requests over the summer may take together, so that no year has to bear
    more than it has left: as accepting them will ask."""
    windows = {(max(first, r.wanted_from or first), r.wanted_until or first) for r in requests if goes_on(r, year)}
    if not windows:
        return {}
    years = asts.Years(posts, promised_of(posts), year, (first, max(last for _, last in windows)))
    ids = posts.values_list("pk", flat=True)
    return {post: ((SUMMER, min(years.most(post, *window) for window in windows)),) for post in ids}


def _apart(posts: QuerySet[Any], year: AcademicYear | None, policy: Policy) -> dict[int, int]:
    """By post, the quarters of a year that other parts than deployment bear, and those moved to it; one query."""
    if year is None or not policy.budget_categories:
        return {}
    name, _ = policy.budget_categories[0]
    deployed = Q(category=name) | Q(category="", placement__category__in=("", name))
    wanted = Q(kind__in=ledger.TAKEN) & ~deployed | Q(kind=LedgerEntry.Kind.MOVE, category=name)
    rows = LedgerEntry.objects.filter(wanted, post__in=posts, year=year).order_by()
    return {post: quarters(total) for post, total in rows.values_list("post_id").annotate(Sum("days"))}

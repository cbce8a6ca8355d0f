"""Every AST as the deployment plan sees the person: ten queries, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Coalesce

from astcoord.core.models.policy import Policy
from placements.allocation.plan.problem import Giver
from placements.allocation.problem import AstFacts, Horizon, Spot, Standing, quarters
from placements.days import ledger
from placements.days.lifecycle import DayStatus
from placements.days.rules.time import Balance
from placements.matching.lifecycle import MATCH_LIVE
from placements.matching.models import Match, MatchAnswer
from placements.matching.reads import promises
from placements.matching.reads.asts import HAS_WORKED, codes_of
from placements.matching.reads.time import claims_of, dated_of, promised_of, slots, slots_text
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.calendar.models import AcademicYear
from schools.register.models import School
from staff.expertise.vocabulary import Funding, InductionStep
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Expertise, InductionItem, Post


class Row(NamedTuple):
    """One post with all that a single row can hold."""

    pk: int
    user__name: str
    home_id: int
    home__name: str
    home__easting: int | None
    home__northing: int | None
    home__cluster_id: int | None
    status: str
    starts_on: date | None
    ends_on: date | None
    key_stages: str
    work_types: str
    pupil_groups: str
    fte: Decimal
    induction_done: int
    pattern: str | None


@dataclass(frozen=True)
class Host:
    """A school that asks, as far as links with ASTs' own schools go."""

    pk: int
    cluster: int | None


def read(
    asked: Iterable[OutreachRequest], *, first: date, year: AcademicYear | None, horizon: Horizon, policy: Policy
) -> Iterator[Giver]:
    """Everybody in post on `first`, and seconded aspirants where the policy lets them out (R-7.2), by post."""
    requests = list(asked)
    hosts = [Host(r.host_id, r.host.cluster_id) for r in requests]
    posts = _considered(policy, first)
    rows = [Row(*row) for row in _rows(posts)]
    ids = posts.values("pk")
    expertise = _expertise(ids)
    balances = ledger.balances((row.pk for row in rows), year)
    promised, dated = promised_of(ids), dated_of(ids, horizon)
    been, linked = _been_to(ids), _links(hosts)
    declined = _declined([r.pk for r in requests])
    for row in rows:
        mine = promised.get(row.pk, ())
        balance = balances.get(row.pk, Balance())
        committed = quarters(balance.contracted) + promises.total(mine, year)
        aspirant = row.status != PostStatus.IN_POST
        facts = AstFacts(
            post=row.pk,
            name=row.user__name,
            home=row.home_id,
            home_name=row.home__name,
            spot=Spot.of(row.home__easting, row.home__northing),
            standing=Standing.ASPIRANT if aspirant else Standing.IN_POST,
            inducted=aspirant or row.induction_done >= len(InductionStep),
            level=0,
            key_stages=codes_of(row.key_stages),
            work_types=codes_of(row.work_types),
            pupil_groups=codes_of(row.pupil_groups),
            slots=slots(row.pattern, *(day and day.isoformat() for day in (row.starts_on, row.ends_on))),
            budget=quarters(balance.budget),
            committed=committed,
            dated=dated.get(row.pk, ()),
            claims=claims_of(mine),
        )
        yield Giver(
            facts=facts,
            expertise=tuple(sorted(expertise.get(row.pk, ()))),
            been_to=frozenset(been.get(row.pk, ())),
            linked=_linked(row, hosts, linked),
            declined=frozenset(declined.get(row.pk, ())),
            rooms=_rooms(policy, balance, committed),
            leaves=row.ends_on,
        )


def _considered(policy: Policy, first: date) -> QuerySet[Post]:
    """R-7.2. Somebody who has left by the first day gives nothing and is not part of the plan."""
    wanted = Q(status=PostStatus.IN_POST)
    if policy.aspirant_outreach:
        on_the_way = [PostStatus.CANDIDATE, PostStatus.BOOKED, PostStatus.PASSED]
        wanted |= Q(status__in=on_the_way, funding=Funding.SECONDMENT)
    return Post.objects.filter(wanted).exclude(ends_on__lt=first)


def _rows(posts: QuerySet[Post]) -> QuerySet[Any]:
    steps = InductionItem.objects.filter(post=OuterRef("pk"), done_on__isnull=False).order_by()
    stored = {name: ExpressionWrapper(F(name), output_field=TextField()) for name in SETS}
    fields = [SETS.get(name, name) for name in Row._fields]
    return (
        posts.order_by("pk")
        .annotate(
            induction_done=Coalesce(Subquery(steps.values("post").annotate(n=Count("pk")).values("n")), 0),
            pattern=slots_text("pk"),
            **{SETS[name]: expression for name, expression in stored.items()},
        )
        .values_list(*fields)
    )


SETS = {name: f"{name}_as_stored" for name in ("key_stages", "work_types", "pupil_groups")}
"""Sets of codes are read as they are stored: parsing each is dear."""


def _expertise(posts: QuerySet[Any]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = Expertise.objects.filter(post__in=posts).order_by("post_id", "subject")
    for post, subject, level in rows.values_list("post_id", "subject", "level"):
        found[post].append((subject, level))
    return found


def _been_to(posts: QuerySet[Any]) -> dict[int, set[int]]:
    """Schools at which each AST has worked."""
    worked = Q(status__in=HAS_WORKED) | Q(status=PlacementStatus.CLOSED, outreach_days__status=DayStatus.DONE)
    found: dict[int, set[int]] = defaultdict(set)
    for post, host in Placement.objects.filter(worked, post__in=posts).order_by().values_list("post_id", "host_id"):
        found[post].add(host)
    return found


def _links(hosts: list[Host]) -> set[tuple[int, int]]:
    """Feeder links of the schools that ask, both ways."""
    ids = {host.pk for host in hosts}
    through = School.feeds_into.through.objects.filter(Q(from_school__in=ids) | Q(to_school__in=ids))
    found = set(through.values_list("from_school_id", "to_school_id"))
    return found | {(b, a) for a, b in found}


def _linked(row: Row, hosts: list[Host], links: set[tuple[int, int]]) -> frozenset[int]:
    near = {h.pk for h in hosts if h.cluster is not None and h.cluster == row.home__cluster_id}
    return frozenset(near | {h.pk for h in hosts if (row.home_id, h.pk) in links}) - {row.home_id}


def _declined(requests: list[int]) -> dict[int, set[int]]:
    """Requests that an AST has in hand, or to which the AST or the AST's own head has said no."""
    theirs = [MatchAnswer.Party.AST, MatchAnswer.Party.HOME_HEAD]
    asked = Match.objects.filter(request_id__in=requests).filter(
        Q(status__in=MATCH_LIVE) | Q(answers__yes=False, answers__party__in=theirs)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for post, request in asked.order_by().values_list("post_id", "request_id"):
        found[post].add(request)
    return found


def _rooms(policy: Policy, balance: Balance, committed: int) -> tuple[tuple[str, int], ...]:
    """R-4.2: where the year is divided, placements draw on the first part, which is for deployment."""
    if not policy.budget_categories or not policy.ast_days_per_year:
        return ()
    _, deployment = policy.budget_categories[0]
    share = Decimal(deployment) / policy.ast_days_per_year
    return (("", max(quarters(balance.budget * share) - committed, 0)),)

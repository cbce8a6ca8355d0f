"""The ASTs who know a subject, as matching sees them (R-7.1, R-7.2).

A fixed number of queries; plain values rather than model instances, because a national subject has thousands of rows.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Cast, Coalesce

from astcoord.core.models import Policy
from astcoord.core.models.policy import HomeOutreach
from placements import ledger, promises
from placements.lifecycle import MATCH_LIVE, DayStatus, PlacementStatus
from placements.matching.problem import AstFacts, Claim, Horizon, Slot, Spot, Standing, quarters
from placements.models import Match, MatchAnswer, OutreachDay, OutreachRequest, Placement
from schools.calendar import monday
from schools.lifecycle import Programme, StatusKind
from schools.models import AcademicYear, School, SchoolStatus
from staff.lifecycle import PostStatus
from staff.models import Expertise, InductionItem, OutreachPattern
from staff.vocabulary import Funding, InductionStep

CONSIDERED = (PostStatus.CANDIDATE, PostStatus.BOOKED, PostStatus.PASSED, PostStatus.IN_POST)
"""Posts with a person who is an AST or on the way to it."""

HAS_WORKED = (
    PlacementStatus.ACTIVE,
    PlacementStatus.FINAL_EVALUATION,
    PlacementStatus.COMPLETED,
    PlacementStatus.ENDED_EARLY,
)
"""A placement that got as far as this has brought the AST into the school."""


class Row(NamedTuple):
    """One AST with everything that a single row can hold. Sets of codes come as stored: parsing them is dear."""

    post_id: int
    level: int
    post__user__name: str
    post__home_id: int
    post__home__name: str
    post__home__easting: int | None
    post__home__northing: int | None
    post__home__cluster_id: int | None
    post__status: str
    post__funding: str
    post__starts_on: date | None
    post__ends_on: date | None
    key_stages: str
    work_types: str
    pupil_groups: str
    induction_done: int
    feeds: int
    been_there: int
    asked_already: int
    refused_because: str
    home_category: int
    home_in_challenge: int


def read(
    request: OutreachRequest,
    experts: QuerySet[Expertise],
    *,
    first: date,
    year: AcademicYear | None,
    horizon: Horizon,
    policy: Policy,
) -> Iterator[AstFacts]:
    """Facts about each of `experts` (the expertise rows of the request's subject) on `first`, in six queries."""
    rows = [Row(*row) for row in _rows(request, experts, first)]
    posts = experts.values("post_id")
    balances = ledger.quarters_of(posts, year)
    slots = slots_of(posts)
    promised = promised_of(posts)
    dated = dated_of(posts, horizon, _touched(promised, first, request.wanted_until or first))
    for row in rows:
        mine = promised.get(row.post_id, ())
        budget, contracted = balances.get(row.post_id, (0, 0))
        in_year = promises.total(p for p in mine if year and p.falls_in(year))
        standing = _standing(row, policy, first)
        yield AstFacts(
            post=row.post_id,
            name=row.post__user__name,
            home=row.post__home_id,
            home_name=row.post__home__name,
            spot=Spot.of(row.post__home__easting, row.post__home__northing),
            standing=standing,
            inducted=standing == Standing.ASPIRANT or row.induction_done >= len(InductionStep),
            level=row.level,
            key_stages=codes_of(row.key_stages),
            work_types=codes_of(row.work_types),
            pupil_groups=codes_of(row.pupil_groups),
            slots=within_post(slots.get(row.post_id, ()), row.post__starts_on, row.post__ends_on),
            budget=budget,
            committed=contracted + quarters(in_year),
            dated=dated.get(row.post_id, ()),
            claims=tuple(Claim(p.first, p.last, quarters(p.undated)) for p in mine if p.undated),
            been_there=bool(row.been_there),
            link=_link(row, request.host),
            asked_already=bool(row.asked_already),
            cautions=tuple(_cautions(row, policy)),
        )


def _rows(request: OutreachRequest, experts: QuerySet[Expertise], first: date) -> QuerySet[Any]:
    post, home = OuterRef("post_id"), OuterRef("post__home_id")
    steps = InductionItem.objects.filter(post=post, done_on__isnull=False).order_by()
    worked = Q(status__in=HAS_WORKED) | Q(status=PlacementStatus.CLOSED, outreach_days__status=DayStatus.DONE)
    refused = MatchAnswer.objects.filter(match__request=request, match__post=post, yes=False).order_by("-pk")
    at_home = SchoolStatus.objects.in_force(first).filter(school=home)
    return (
        experts.order_by("post_id")
        .annotate(
            key_stages=_raw("post__key_stages"),
            work_types=_raw("post__work_types"),
            pupil_groups=_raw("post__pupil_groups"),
            induction_done=Coalesce(Subquery(steps.values("post").annotate(n=Count("pk")).values("n")), 0),
            feeds=_flag(_links(request.host_id, home)),
            been_there=_flag(Placement.objects.filter(worked, host=request.host_id, post=post)),
            asked_already=_flag(request.matches.filter(post=post, status__in=MATCH_LIVE)),
            refused_because=Coalesce(Subquery(refused.values("reason")[:1]), Value(""), output_field=TextField()),
            home_category=_flag(at_home.filter(kind=StatusKind.CATEGORY)),
            home_in_challenge=_flag(at_home.filter(name=Programme.NATIONAL_CHALLENGE)),
        )
        .values_list(*Row._fields)
    )


def _links(host: int, home: OuterRef) -> QuerySet[Any]:
    """Feeder links between the two schools, either way."""
    through = School.feeds_into.through.objects
    return through.filter(Q(from_school=host, to_school=home) | Q(to_school=host, from_school=home))


def _flag(rows: QuerySet[Any]) -> ExpressionWrapper:
    """Whether there is any, as 1 or 0: five thousand times five booleans are dear to convert."""
    return ExpressionWrapper(Exists(rows), output_field=IntegerField())


def _raw(column: str) -> ExpressionWrapper:
    return ExpressionWrapper(F(column), output_field=TextField())


@lru_cache(maxsize=4096)
def codes_of(stored: str) -> frozenset[str]:
    return frozenset(code for code in stored.split("|") if code)


def _standing(row: Row, policy: Policy, first: date) -> Standing:
    """R-7.2: in post, or a seconded aspirant where the policy lets aspirants do outreach."""
    if row.post__status == PostStatus.IN_POST:
        gone = row.post__ends_on is not None and row.post__ends_on < first
        return Standing.NOT_IN_POST if gone else Standing.IN_POST
    if policy.aspirant_outreach and row.post__funding == Funding.SECONDMENT:
        return Standing.ASPIRANT
    return Standing.NOT_IN_POST if row.post__status == PostStatus.PASSED else Standing.NOT_ASSESSED


def slots_of(posts: QuerySet[Any]) -> dict[int, tuple[Slot, ...]]:
    """Weekdays set aside for outreach (R-4.10)."""
    found: dict[int, list[Slot]] = defaultdict(list)
    rows = OutreachPattern.objects.filter(post__in=posts).order_by("post_id", "weekday", "starts_on")
    plain = rows.annotate(used=_in_quarters("share"), first=_iso("starts_on"), last=_iso("ends_on"))
    for post, *slot in plain.values_list("post_id", "weekday", "used", "first", "last"):
        found[post].append(_slot(*slot))
    return {post: tuple(slots) for post, slots in found.items()}


@lru_cache(maxsize=4096)
def _slot(weekday: int, used: int, first: str, last: str | None) -> Slot:
    return Slot(weekday, used, _day(first), _day(last) if last else None)


def within_post(slots: tuple[Slot, ...], first: date | None, last: date | None) -> tuple[Slot, ...]:
    """The slots as far as the post lasts; the same tuple where nothing is cut, so that equal patterns stay equal."""
    if last is None and all(first is None or first <= slot.first for slot in slots):
        return slots
    return tuple(
        Slot(s.weekday, s.quarters, max(s.first, first or s.first), min((d for d in (s.last, last) if d), default=None))
        for s in slots
    )


def promised_of(posts: QuerySet[Any]) -> dict[int, list[promises.Promise]]:
    grouped: dict[int, list[promises.Promise]] = defaultdict(list)
    matches = promises.of_matches(Match.objects.filter(post__in=posts))
    for promise in matches + promises.of_placements(Placement.objects.filter(post__in=posts)):
        grouped[promise.post].append(promise)
    return grouped


def _touched(promised: Mapping[int, list[promises.Promise]], first: date, last: date) -> tuple[date, date]:
    """The whole weeks that one need can touch: its own, and those of promises that may still move (`Diary.free`)."""
    moving = [p for mine in promised.values() for p in mine if p.undated]
    first, last = min([first, *(p.first for p in moving)]), max([last, *(p.last for p in moving)])
    return monday(first), monday(last) + timedelta(days=6)


def dated_of(
    posts: QuerySet[Any], horizon: Horizon, within: tuple[date, date] | None = None
) -> dict[int, tuple[tuple[date, int], ...]]:
    """Days of all placements that already have a date, in the weeks of the horizon, or those `within` (R-4.3)."""
    if not horizon.weeks:
        return {}
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    days = OutreachDay.objects.counting().filter(placement__post__in=posts, on__gte=horizon.weeks[0].monday)
    if within is not None:
        days = days.filter(on__range=within)
    plain = days.order_by("on", "pk").annotate(iso=_iso("on"), used=_in_quarters("days"))
    for post, iso, used in plain.values_list("placement__post_id", "iso", "used"):
        found[post].append((_day(iso), used))
    return {post: tuple(rows) for post, rows in found.items()}


def _iso(column: str) -> Cast:
    return Cast(column, TextField())


def _in_quarters(column: str) -> Cast:
    """Whole quarters straight from the database: thousands of Decimals are dear."""
    return Cast(F(column) * 4, IntegerField())


@lru_cache(maxsize=1024)
def _day(iso: str) -> date:
    """A year has few days and many rows: each is read once."""
    return date.fromisoformat(iso)


def _cautions(row: Row, policy: Policy) -> Iterator[str]:
    """What the co-ordinator should bear in mind (R-4.9); it forbids nothing."""
    if row.home_category and policy.home_category_outreach == HomeOutreach.WAIVED:
        yield "The home school is in difficulties: outreach is waived there, though some is recommended"
    elif row.home_in_challenge and policy.national_challenge_outreach == HomeOutreach.LIMITED:
        yield "The home school is in the national challenge: outreach is limited"
    if row.refused_because:
        yield f"A match for this request was refused before: “{row.refused_because}”"


def _link(row: Row, host: School) -> str:
    if row.feeds:
        return "Pupils move between the home school and this one"
    same = row.post__home__cluster_id is not None and row.post__home__cluster_id == host.cluster_id
    return "Belongs to the same cluster of schools" if same else ""

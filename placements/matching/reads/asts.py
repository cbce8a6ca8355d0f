"""The ASTs who know a subject, as matching sees them (R-7.1, R-7.2).

A fixed number of queries; plain values rather than model instances, because a national subject has thousands of rows.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from astcoord.core.models.policy import Policy
from astcoord.core.plain_rows import iso, plain, raw
from astcoord.core.policy_choices import HomeOutreach
from placements.allocation.problem import AstFacts, Horizon, Spot, Standing
from placements.days import ledger
from placements.days.lifecycle import DayStatus
from placements.matching.lifecycle import MATCH_LIVE, MatchStatus
from placements.matching.models import MatchAnswer
from placements.matching.reads import promises
from placements.matching.reads.time import claims_of, dated_of, promised_of, slots, slots_text, touched
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.calendar.models import AcademicYear
from schools.register.lifecycle import Programme, StatusKind
from schools.register.models import School, SchoolStatus
from staff.expertise.vocabulary import Funding, InductionStep
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Expertise, InductionItem, Post

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
    """One AST with everything that a single row can hold; dates and sets of codes as text: parsing them is dear."""

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
    starts: str | None
    ends: str | None
    key_stages: str
    work_types: str
    pupil_groups: str
    pattern: str | None


class Few(NamedTuple):
    """What is true of few: asked for at once, apart from the many rows. Posts or schools, with a text or none.

    `others` are ASTs in post who do not list the subject: their number only. `agreed` are days by match.
    """

    others: int
    agreed: dict[int, str]
    uninducted: dict[int, str]
    been_there: dict[int, str]
    asked_already: dict[int, str]
    refused_because: dict[int, str]
    linked_homes: dict[int, str]
    homes_in_category: dict[int, str]
    homes_in_challenge: dict[int, str]


def read(
    request: OutreachRequest,
    experts: QuerySet[Expertise],
    few: Few,
    *,
    first: date,
    year: AcademicYear | None,
    horizon: Horizon,
    policy: Policy,
) -> Iterator[AstFacts]:
    """Facts about each of `experts` (the expertise rows of the request's subject) on `first`, in four queries."""
    posts = experts.values("post_id")
    balances, promised = ledger.quarters_of(posts, year), promised_of(posts)
    dated = dated_of(posts, horizon, touched(promised, first, request.wanted_until or first))
    on = first.isoformat()
    opens = horizon.weeks[0].monday.isoformat() if horizon.weeks else on  # so that old patterns are equal
    for row in map(Row._make, plain(_rows(experts))):
        post = row.post_id
        mine = promised.get(post, ())
        budget, contracted = balances.get(post, (0, 0))
        standing = _standing(row.post__status, row.post__funding, bool(row.ends and row.ends < on), policy)
        yield AstFacts(
            post=post,
            name=row.post__user__name,
            home=row.post__home_id,
            home_name=row.post__home__name,
            spot=Spot.of(row.post__home__easting, row.post__home__northing),
            standing=standing,
            inducted=standing is Standing.ASPIRANT or post not in few.uninducted,
            level=row.level,
            key_stages=codes_of(row.key_stages),
            work_types=codes_of(row.work_types),
            pupil_groups=codes_of(row.pupil_groups),
            slots=slots(row.pattern, max(row.starts or opens, opens), row.ends),
            budget=budget,
            committed=contracted + promises.total(mine, year),
            dated=dated.get(post, ()),
            claims=claims_of(mine),
            been_there=post in few.been_there,
            link=_link(row, few, request.host),
            asked_already=post in few.asked_already,
            cautions=tuple(_cautions(row, few, policy)),
        )


def _rows(experts: QuerySet[Expertise]) -> Any:
    stored = {name: raw(f"post__{name}") for name in ("key_stages", "work_types", "pupil_groups")}
    dates = {"starts": iso("post__starts_on"), "ends": iso("post__ends_on")}
    return experts.order_by().annotate(pattern=slots_text("post_id"), **stored, **dates).values_list(*Row._fields)


def few_of(request: OutreachRequest, experts: QuerySet[Expertise], on: date) -> Few:
    """What a handful of rows say about the request, its school and the experts' schools; one query."""
    done = InductionItem.objects.filter(post__in=experts.values("post_id"), done_on__isnull=False).order_by()
    inducted = done.values("post").annotate(steps=Count("pk")).filter(steps__gte=len(InductionStep)).values("post")
    worked = Q(status__in=HAS_WORKED) | Q(status=PlacementStatus.CLOSED, outreach_days__status=DayStatus.DONE)
    refused = MatchAnswer.objects.filter(match__request=request, yes=False).order_by()
    latest = refused.values("match__post").annotate(last=Max("pk")).values("last")
    through, at_home = School.feeds_into.through.objects.order_by(), SchoolStatus.objects.in_force(on).order_by()
    others = Post.objects.in_post().exclude(pk__in=experts.values("post_id")).order_by()
    parts = [
        others.annotate(what=Value("others")).values("what").annotate(n=Count("pk"), text=Value("")),
        _part("uninducted", experts.order_by().exclude(post__in=inducted), "post_id"),
        _part("been_there", Placement.objects.filter(worked, host=request.host_id).order_by(), "post_id"),
        _part("agreed", request.matches.filter(status=MatchStatus.AGREED).order_by(), "pk", Cast("days", TextField())),
        _part("asked_already", request.matches.filter(status__in=MATCH_LIVE).order_by(), "post_id"),
        _part("refused_because", refused.filter(pk__in=latest), "match__post_id", F("reason")),
        _part("linked_homes", through.filter(from_school=request.host_id), "to_school_id"),
        _part("linked_homes", through.filter(to_school=request.host_id), "from_school_id"),
        _part("homes_in_category", at_home.filter(kind=StatusKind.CATEGORY), "school_id"),
        _part("homes_in_challenge", at_home.filter(name=Programme.NATIONAL_CHALLENGE), "school_id"),
    ]
    found: dict[str, dict[int, str]] = {what: {} for what in Few._fields}
    for what, whom, text in plain(parts[0].union(*parts[1:], all=True)):
        found[what][whom] = text
    return Few(next(iter(found.pop("others")), 0), **found)


NO_TEXT = Value("")


def _part(what: str, rows: QuerySet[Any], whom: str, text: Any = NO_TEXT) -> QuerySet[Any]:
    return rows.values_list(Value(what), whom, text)


@lru_cache(maxsize=4096)
def codes_of(stored: str) -> frozenset[str]:
    """A set of codes as it is stored."""
    return frozenset(code for code in stored.split("|") if code)


def _standing(status: str, funding: str, gone: bool, policy: Policy) -> Standing:
    """R-7.2: in post, or a seconded aspirant where the policy lets aspirants do outreach."""
    if status == PostStatus.IN_POST:
        return Standing.NOT_IN_POST if gone else Standing.IN_POST
    if policy.aspirant_outreach and funding == Funding.SECONDMENT:
        return Standing.ASPIRANT
    return Standing.NOT_IN_POST if status == PostStatus.PASSED else Standing.NOT_ASSESSED


def _cautions(row: Row, few: Few, policy: Policy) -> Iterator[str]:
    """What the co-ordinator should bear in mind (R-4.9); it forbids nothing."""
    if row.post__home_id in few.homes_in_category and policy.home_category_outreach == HomeOutreach.WAIVED:
        yield "The home school is in difficulties: outreach is waived there, though some is recommended"
    elif row.post__home_id in few.homes_in_challenge and policy.national_challenge_outreach == HomeOutreach.LIMITED:
        yield "The home school is in the national challenge: outreach is limited"
    if reason := few.refused_because.get(row.post_id):
        yield f"A match for this request was refused before: “{reason}”"


def _link(row: Row, few: Few, host: School) -> str:
    if row.post__home_id in few.linked_homes:
        return "Pupils move between the home school and this one"
    same = row.post__home__cluster_id is not None and row.post__home__cluster_id == host.cluster_id
    return "Belongs to the same cluster of schools" if same else ""

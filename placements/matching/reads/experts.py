"""The ASTs who know one request's subject, with what ties each of them to the request and its school (R-7.1, R-7.2)."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, QuerySet, TextField, Value
from django.db.models.functions import Cast

from astcoord.core.models.policy import Policy
from astcoord.core.plain_rows import plain
from placements.allocation.problem import AstFacts, Horizon
from placements.matching.lifecycle import MATCH_LIVE, MatchStatus
from placements.matching.models import MatchAnswer
from placements.matching.reads import asts
from placements.offers.reads import spelt_for
from placements.requests.models import OutreachRequest
from schools.calendar.models import AcademicYear
from schools.register.lifecycle import Programme, StatusKind
from schools.register.models import School, SchoolStatus
from staff.accounts.models import User
from staff.posts.lifecycle import ON_THE_WAY, PostStatus
from staff.posts.models import Post
from staff.posts.rules import counts_as_difficulty, obligation


class Few(NamedTuple):
    """What is true of few: asked for at once, apart from the many rows. Posts or schools, with a text or none.

    `others` are ASTs in post who do not list the subject: their number only. `agreed` are days by match; `offered`
    is what ASTs have said of the request (R-7.9), as `offers.reads.said` reads it.
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
    offered: dict[int, str]


def experts_in(subject: str, reader: User | None = None) -> QuerySet[Post]:
    """Everybody with a profile who lists the subject and is an AST or on the way to it, with the `level` of expertise.

    With a `reader`, only those of whom the reader may know (section G*).
    """
    posts = Post.objects.offering().filter(status__in=(*ON_THE_WAY, PostStatus.IN_POST), expertise__subject=subject)
    if reader is not None:
        posts = posts.filter(pk__in=Post.objects.visible_to(reader).order_by().values("pk"))
    return posts.order_by().annotate(level=F("expertise__level"))


def read(
    request: OutreachRequest,
    experts: QuerySet[Post],
    few: Few,
    *,
    first: date,
    year: AcademicYear | None,
    horizon: Horizon,
    policy: Policy,
) -> Iterator[AstFacts]:
    """Facts about each of the experts in the request's subject on the day `first`, in four queries."""
    window = first, request.wanted_until or first
    found = asts.read(experts, few.uninducted, first=first, year=year, horizon=horizon, policy=policy, window=window)
    for row, facts in found:
        facts.been_there = row.pk in few.been_there
        facts.link = _link(row, few, request.host)
        facts.asked_already = row.pk in few.asked_already
        facts.cautions = tuple(_cautions(row, few, policy))
        yield facts


def few_of(
    request: OutreachRequest, experts: QuerySet[Post], on: date, *, today: date, reader: User | None = None
) -> Few:
    """What a handful of rows say about the request, its school and the experts' schools; one query.

    For a `reader` with who has offered, as far as the reader may know of them.
    """
    refused = MatchAnswer.objects.filter(match__request=request, yes=False).order_by()
    latest = refused.values("match__post").annotate(last=Max("pk")).values("last")
    through, at_home = School.feeds_into.through.objects.order_by(), SchoolStatus.objects.in_force(on).order_by()
    others = Post.objects.in_post(on).exclude(pk__in=experts.values("pk")).order_by()
    parts = [
        others.annotate(what=Value("others")).values("what").annotate(n=Count("pk"), text=Value("")),
        _part("uninducted", asts.uninducted(experts), "pk"),
        _part("been_there", asts.has_worked().filter(host=request.host_id), "post_id"),
        _part("agreed", request.matches.filter(status=MatchStatus.AGREED).order_by(), "pk", Cast("days", TextField())),
        _part("asked_already", request.matches.filter(status__in=MATCH_LIVE).order_by(), "post_id"),
        _part("refused_because", refused.filter(pk__in=latest), "match__post_id", F("reason")),
        _part("linked_homes", through.filter(from_school=request.host_id), "to_school_id"),
        _part("linked_homes", through.filter(to_school=request.host_id), "from_school_id"),
        _part("homes_in_category", at_home.filter(kind=StatusKind.CATEGORY), "school_id", F("name")),
        _part("homes_in_challenge", at_home.filter(name=Programme.NATIONAL_CHALLENGE), "school_id"),
        *([spelt_for(request, reader, today)] if reader else []),
    ]
    found: dict[str, dict[int, str]] = {what: {} for what in Few._fields}
    for what, whom, text in plain(parts[0].union(*parts[1:], all=True)):
        found[what][whom] = text
    return Few(next(iter(found.pop("others")), 0), **found)


NO_TEXT = Value("")


def _part(what: str, rows: QuerySet[Any], whom: str, text: Any = NO_TEXT) -> QuerySet[Any]:
    return rows.values_list(Value(what), whom, text)


def _cautions(row: asts.Row, few: Few, policy: Policy) -> Iterator[str]:
    """What the co-ordinator should bear in mind (R-4.9); it forbids nothing."""
    asked = obligation(
        policy,
        category=counts_as_difficulty(few.homes_in_category.get(row.home_id, ""), policy),
        national_challenge=row.home_id in few.homes_in_challenge,
        school_funded=False,
    )
    if not asked.raises_alerts:
        yield asked.words
    if reason := few.refused_because.get(row.pk):
        yield f"A match for this request was refused before: “{reason}”"


def _link(row: asts.Row, few: Few, host: School) -> str:
    if row.home_id in few.linked_homes:
        return "Pupils move between the home school and this one"
    same = row.home__cluster_id is not None and row.home__cluster_id == host.cluster_id
    return "Belongs to the same cluster of schools" if same else ""

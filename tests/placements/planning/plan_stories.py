"""What the tests of deployment plans have in common: a few ASTs, a few schools, and plans at any stage."""

from decimal import Decimal
from typing import Any

from astcoord.core.clock import today
from placements.days import ledger
from placements.planning.actions import plans, work
from placements.planning.models import Plan, PlanLine
from placements.planning.reads.problem import Span, spans
from placements.requests.models import OutreachRequest
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, RequestFactory, SchoolFactory


def weeks(slug: str = "autumn-2026-2") -> Span:
    return next(s for s in spans(today()) if s.slug == slug)


def colleague(cast: Cast, **facts: Any) -> Post:
    """One more AST in mathematics with days for the year."""
    facts.setdefault("key_stages", ("ks2", "ks3"))
    if "home" not in facts:
        facts = {"home__easting": cast.home.easting + 400, "home__northing": cast.home.northing, **facts}
    post = PostFactory(**facts)
    ledger.open_budget(post, cast.year)
    return post


def asked(cast: Cast, **facts: Any) -> OutreachRequest:
    """One more school that asks for six days of mathematics."""
    facts.setdefault("host", SchoolFactory(easting=cast.home.easting, northing=cast.home.northing + 2000))
    return RequestFactory(created_by=cast.host_head, **facts)


def queued(cast: Cast, **facts: Any) -> Plan:
    facts.setdefault("span", weeks())
    return plans.create(by=cast.coordinator, **facts)


def ready(cast: Cast, **facts: Any) -> Plan:
    """Made by the worker."""
    return made(queued(cast, **facts))


def made(plan: Plan) -> Plan:
    assert work.work(plan.pk)
    plan.refresh_from_db()
    return plan


def pairs(plan: Plan) -> set[tuple[int, int | None]]:
    return set(PlanLine.objects.filter(plan=plan).values_list("request_id", "post_id"))


def line_of(plan: Plan, request: OutreachRequest) -> PlanLine:
    return PlanLine.objects.get(plan=plan, request=request)


SIX = Decimal(6)

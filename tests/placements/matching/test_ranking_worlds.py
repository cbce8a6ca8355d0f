"""The ranking over made-up authorities, against the same said slowly (tests/placements/plain_ranking.py)."""

import random
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.bench.scale import Size, build
from astcoord.core import policy
from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from placements.days.models import LedgerEntry, OutreachDay
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import MatchAnswer
from placements.matching.reads import matches
from placements.matching.reads.problem import gather
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.calendar import reads as calendar
from schools.register.models import Cluster, School, SchoolStatus
from staff.posts.models import Expertise, Post
from tests.factories import MatchFactory, PlacementFactory, RequestFactory
from tests.placements.matching.plain_ranking import Plain

pytestmark = pytest.mark.django_db
SUBJECT = "mathematics"
Dice = random.Random


def world(seed: int) -> list[OutreachRequest]:
    """A small authority in which everything that can stand in the way does so somewhere; the requests to rank for."""
    dice = Dice(seed)
    build(Size(schools=30, asts=36, requests=3), seed=seed, today=today())
    rules = Policy.objects.get()
    rules.aspirant_outreach, rules.home_category_outreach = dice.random() < 0.5, "waived"
    rules.cap_mode = dice.choice(["weekly", "half_term_average"])
    rules.ranking_weights = dice.choice([{}, {"expertise": 5, "travel": 50}, {"limit_km": 12}])
    rules.save()
    OutreachRequest.objects.filter(status="submitted").update(subject=SUBJECT)
    asked = list(OutreachRequest.objects.filter(status="submitted").select_related("host"))
    schools = list(School.objects.order_by("pk"))
    for post in Post.objects.order_by("pk"):
        Expertise.objects.update_or_create(post=post, subject=SUBJECT, defaults={"level": dice.choice([1, 2, 3])})
        for change in dice.sample(CHANGES, dice.choice([0, 1, 2, 3])):
            change(dice, post, dice.choice(asked))
    links(dice, asked, schools)
    return list(OutreachRequest.objects.filter(pk__in=[r.pk for r in asked]).select_related("host"))


def links(dice: Dice, asked: list[OutreachRequest], schools: list[School]) -> None:
    cluster = Cluster.objects.create(name="Weald", slug="weald")
    School.objects.filter(pk__in=[s.pk for s in dice.sample(schools, 6)]).update(cluster=cluster)
    School.objects.filter(pk__in=[s.pk for s in dice.sample(schools, 2)]).update(easting=None, northing=None)
    for request in asked:
        request.host.feeds_into.add(*dice.sample([s for s in schools if s != request.host], 2))
        dice.choice([s for s in schools if s != request.host]).feeds_into.add(request.host)
    hosts = {request.host_id for request in asked}
    for school in dice.sample([s for s in schools if s.pk not in hosts], 3):
        SchoolStatus.objects.create(
            school=school, kind="category", name="special_measures", starts_on=today() - timedelta(days=99)
        )


def leaves(dice: Dice, post: Post, _: Any) -> None:
    post.ends_on = today() + timedelta(days=dice.randrange(1, 120))
    post.save()


def part_time(dice: Dice, post: Post, _: Any) -> None:
    post.fte = Decimal("0.5")
    post.save()
    cut_to(post, Decimal("9.5"))
    post.patterns.update(share=Decimal("0.5"))


def begins_late(dice: Dice, post: Post, _: Any) -> None:
    post.starts_on = today() + timedelta(days=dice.randrange(1, 60))
    post.save()


def on_the_way(dice: Dice, post: Post, _: Any) -> None:
    post.status, post.funding = dice.choice(["seconded", "passed"]), dice.choice(["secondment", "standards_fund"])
    post.induction.all().delete()
    post.save()


def half_inducted(dice: Dice, post: Post, _: Any) -> None:
    post.induction.filter(pk__in=[item.pk for item in post.induction.all()[:2]]).update(done_on=None, done_by=None)


def no_pattern(dice: Dice, post: Post, _: Any) -> None:
    post.patterns.all().delete()


def changed_pattern(dice: Dice, post: Post, _: Any) -> None:
    turn = today() + timedelta(days=dice.randrange(10, 70))
    post.patterns.update(ends_on=turn)
    post.patterns.create(weekday=dice.randrange(5), starts_on=turn + timedelta(days=1), share=dice.choice([1, "0.5"]))


def spent(dice: Dice, post: Post, _: Any) -> None:
    cut_to(post, Decimal(dice.choice(["1.75", "6", "8.5"])))


def cut_to(post: Post, days: Decimal) -> None:
    """The year's days, once given, are changed only by another entry."""
    entry = post.ledger.filter(kind="budget").order_by("pk")[0]
    LedgerEntry.objects.create(post=post, year=entry.year, kind="budget", days=days - entry.days, on=today())


def asked_for_this(dice: Dice, post: Post, request: OutreachRequest) -> None:
    MatchFactory(request=request, post=post, status=dice.choice(list(MatchStatus)), days=Decimal(1))


def refused_this(dice: Dice, post: Post, request: OutreachRequest) -> None:
    for party, reason in (("ast", "No time."), ("home_head", "Not this term.")):
        match = MatchFactory(request=request, post=post, status="refused")
        MatchAnswer.objects.create(match=match, party=party, yes=False, reason=reason, by=match.proposed_by)


def promised_elsewhere(dice: Dice, post: Post, _: Any) -> None:
    other = RequestFactory(wanted_from=today(), wanted_until=today() + timedelta(days=dice.randrange(20, 150)))
    MatchFactory(
        request=other, post=post, status=dice.choice(["proposed", "agreed"]), days=Decimal(dice.randrange(1, 9))
    )


def another_placement(dice: Dice, post: Post, request: OutreachRequest) -> None:
    """At the very school or elsewhere; some of its days dated, some in the same week as others, some half days."""
    first = today() + timedelta(days=dice.randrange(-60, 40))
    there = dice.random() < 0.4 and post.home != request.host
    facts: Any = {"match__request__host": request.host} if there else {}
    placement: Placement = PlacementFactory(
        **facts,
        match__post=post,
        match__request__subject="english",
        days=Decimal(dice.randrange(2, 9)),
        status=dice.choice(list(PlacementStatus)),
        starts_on=first,
        ends_on=first + timedelta(days=dice.randrange(20, 120)),
    )
    year = calendar.year_on(today())
    assert year is not None
    if dice.random() < 0.5:
        LedgerEntry.objects.create(post=post, year=year, kind="contract", days=2, on=today(), placement=placement)
    for n in sorted(dice.sample(range(80), dice.randrange(7))):
        OutreachDay.objects.create(
            placement=placement,
            on=first + timedelta(days=n),
            days=dice.choice([Decimal(1), Decimal("0.5"), Decimal("0.25")]),
            status=dice.choice(["planned", "confirmed", "done"]),
        )


CHANGES = [
    leaves, part_time, begins_late, on_the_way, half_inducted, no_pattern, changed_pattern, spent, asked_for_this,
    refused_this, promised_elsewhere, another_placement, another_placement, another_placement,
]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_r_7_1_r_7_2_order_scores_free_days_and_reasons_are_those_of_the_plain_rules(seed: int) -> None:
    ranked_at_all, seen = 0, set()
    for request in world(seed):
        ranked = gather(request, today()).ranked()
        found = [(c.ast.post, c.score.total, Decimal(c.free) / 4) for c in ranked.candidates]
        bars = {e.ast.post: e.why for e in ranked.excluded}
        assert (found, bars) == Plain(request, today(), policy.in_force()).ranking()
        ranked_at_all, seen = ranked_at_all + len(found), seen | set(bars.values())
    assert ranked_at_all > 20
    assert len(seen) >= 7  # of eleven reasons


def test_r_7_1_the_ranking_takes_the_same_queries_for_one_and_for_many() -> None:
    request = world(1)[0]
    Expertise.objects.filter(subject=SUBJECT).exclude(pk=Expertise.objects.filter(subject=SUBJECT)[0].pk).delete()
    counts = []
    for _ in range(2):
        asked = OutreachRequest.objects.select_related("host").get(pk=request.pk)
        with CaptureQueriesContext(connection) as caught:
            matches.candidates(asked, today())
        counts.append(len(caught))
        known = set(Expertise.objects.filter(subject=SUBJECT).values_list("post_id", flat=True))
        others = Post.objects.exclude(pk__in=known)
        Expertise.objects.bulk_create(Expertise(post=post, subject=SUBJECT, level=2) for post in others)
    assert counts[0] <= counts[1] <= min(counts[0] + 2, 12)  # what crosses a summer asks for the calendar, once for all

"""Two people accept overlapping plans at once, two workers take one plan: needs a database that runs both at once."""

from datetime import date

import pytest
from django.db import connection, connections

from placements.days import ledger
from placements.matching.models import Match
from placements.planning.actions import accept, work
from placements.planning.models import Plan, PlanDecision, PlanLine
from tests.cast import Cast, make_cast
from tests.placements.letters.test_letters_race import at_once
from tests.placements.planning.plan_stories import asked, colleague, queued, ready

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_r_4_11_two_people_accept_overlapping_plans_and_no_day_is_booked_twice(cast: Cast) -> None:
    colleague(cast)
    for _ in range(4):
        asked(cast, wanted_until=date(2026, 12, 18))
    waiting = [ready(cast).pk, ready(cast).pk]

    def take() -> accept.Summary:
        plan = Plan.objects.get(pk=waiting.pop())
        return accept.accept(plan=plan, lines=[line.pk for line in plan.lines.all()], by=cast.coordinator)

    results = at_once(take)
    accepted = sum(len(r.accepted) for r in results if isinstance(r, accept.Summary))
    assert accepted == Match.objects.count() == 2
    assert Match.objects.values("request").distinct().count() == 2
    for post in {m.post_id for m in Match.objects.all()}:
        assert ledger.balances([post], cast.year)[post].promised <= 7
    connections.close_all()


def test_two_people_accept_the_same_line_and_one_match_is_made(cast: Cast) -> None:
    asked(cast)
    plan = ready(cast)
    pk = PlanLine.objects.get().pk
    at_once(lambda: accept.accept(plan=Plan.objects.get(pk=plan.pk), lines=[pk], by=cast.coordinator), times=3)
    assert Match.objects.count() == 1
    assert PlanDecision.objects.exclude(outcome="refused").count() == 1


def test_two_workers_take_one_plan_and_one_makes_it(cast: Cast) -> None:
    asked(cast)
    plan = queued(cast)
    assert sorted(at_once(lambda: work.work(plan.pk), times=3)) == [False, False, True]
    assert plan.lines.count() == 1

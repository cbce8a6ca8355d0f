"""How many days are left has one answer, on every page and in every check (R-4.11), over a summer too."""

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from astcoord.core.problems import Refused
from placements.agreement.actions import contracts
from placements.days import budgets, ledger
from placements.days.actions import days as day_actions
from placements.days.models import LedgerEntry
from placements.matching import actions as matches
from placements.matching.models import Match
from placements.matching.reads.problem import gather
from placements.placement.models import Placement
from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear
from schools.calendar.years import default_year
from tests.cast import Cast
from tests.factories import MatchFactory, PlacementFactory, RequestFactory, SchoolFactory
from tests.placements import stories
from tests.placements.active import active

pytestmark = pytest.mark.django_db

JUNE = datetime(2027, 6, 7, 9, 0, tzinfo=UTC)
OVER_SUMMER = {"starts_on": date(2027, 6, 22), "ends_on": date(2027, 10, 5)}  # five Tuesdays in each year


@pytest.fixture
def next_year(cast: Cast) -> AcademicYear:
    save_year(default_year("2027-28"), by=None)
    year = AcademicYear.objects.get(slug="2027-28")
    ledger.open_budget(cast.post, year)
    return year


def left(cast: Cast, year: AcademicYear | None = None) -> D:
    return ledger.balance(cast.post, year or cast.year).remaining


def contracted(placement: Placement) -> dict[str, D]:
    rows = LedgerEntry.objects.filter(placement=placement, kind="contract").select_related("year")
    sums: dict[str, D] = {}
    for row in rows:
        sums[row.year.slug] = sums.get(row.year.slug, D(0)) + row.days
    return {slug: days for slug, days in sums.items() if days}


def candidate_left(cast: Cast) -> D:
    asked = RequestFactory(host=SchoolFactory(), created_by=cast.host_head, days=D(1))
    (facts,) = (ast for ast in gather(asked, date(2026, 10, 6)).asts if ast.post == cast.post.pk)
    return D(facts.left) / 4


def test_r_4_11_days_promised_by_three_yeses_are_given_away_everywhere(cast: Cast, client: Client) -> None:
    MatchFactory(
        request=RequestFactory(status="agreed"), post=cast.post, days=D(34), status="agreed", proposed_by=cast.ast
    )
    assert left(cast) == candidate_left(cast) == 4
    placement = cast.placement(days=D(6))
    (problem,) = ledger.contract_problems(placement, D(6))
    assert "4 days left" in problem.message
    client.force_login(cast.coordinator)
    page = client.get(reverse("placements:balance", args=[cast.post.pk])).content.decode()
    assert "Promised, not yet under contract" in page
    assert "40 days" in page  # 34 and the placement's own 6, which a contract may not take
    assert budgets.with_days_left([cast.post.pk], date(2026, 10, 6)) == set()


def test_r_4_11_four_days_left_and_a_contract_of_six_is_refused(cast: Cast) -> None:
    placement = stories.ready(cast)
    MatchFactory(request=RequestFactory(), post=cast.post, days=D(34), proposed_by=cast.coordinator)
    with pytest.raises(Refused, match="4 days left this year, and this needs 6 days"):
        contracts.issue(placement=placement, by=cast.coordinator)
    assert not placement.contracts.exists()
    contracts.issue(placement=placement, by=cast.coordinator, overdraw_reason="The head gives two days more")
    assert left(cast) == -2


def test_r_4_11_a_contract_over_the_summer_counts_in_the_years_of_its_days(cast: Cast, next_year: AcademicYear) -> None:
    placement = active(cast, days=D(10), **OVER_SUMMER)
    assert contracted(placement) == {"2026-27": D(5), "2027-28": D(5)}
    assert left(cast) == left(cast, next_year) == 33


def test_r_4_11_an_old_contract_over_the_summer_is_spread_once(cast: Cast, next_year: AcademicYear) -> None:
    placement = cast.placement(status="active", days=D(10), **OVER_SUMMER)
    ledger.write("contract", placement, D(10), on=OVER_SUMMER["starts_on"], by=cast.coordinator)
    assert [budgets.spread_all(), budgets.spread_all()] == [1, 0]
    assert contracted(placement) == {"2026-27": D(5), "2027-28": D(5)}


def test_r_4_11_over_the_summer_each_year_must_have_room(cast: Cast, next_year: AcademicYear) -> None:
    spent = {"on": next_year.starts_on, "by": cast.coordinator}
    ledger.write("contract", active(cast, days=D(1)), D(34), **spent)
    placement = cast.placement(days=D(10), **OVER_SUMMER)
    (problem,) = ledger.contract_problems(placement, D(10))
    assert "4 days left in 2027/28, and this needs 5 days" in problem.message
    assert ledger.contract_problems(placement, D(8)) == []


def test_r_4_11_a_match_over_the_summer_fits_both_years(cast: Cast, next_year: AcademicYear) -> None:
    spent = {"on": next_year.starts_on, "by": cast.coordinator}
    ledger.write("contract", active(cast, days=D(1)), D(36), **spent)
    asked = RequestFactory(
        host=SchoolFactory(), days=D(10), wanted_from=date(2027, 6, 21), wanted_until=date(2027, 10, 8)
    )
    with time_machine.travel(JUNE):
        with pytest.raises(Refused, match=r"can give 4\.25 days"):
            matches.propose(request=asked, post=cast.post, days=D(10), by=cast.coordinator)
        match = matches.propose(request=asked, post=cast.post, days=D("4.25"), by=cast.coordinator)
        assert matches.agreement_problems(match) == []
    assert ledger.balance(cast.post, next_year).promised == 2
    assert left(cast, next_year) == 0


@pytest.mark.parametrize(("until", "weeks"), [(date(2027, 7, 16), 5), (date(2027, 10, 8), 6 + 4)])
def test_r_4_11_a_promise_over_the_summer_does_not_fill_the_weeks_before_it(
    cast: Cast, next_year: AcademicYear, until: date, weeks: int
) -> None:
    active(cast, days=D(4), starts_on=date(2027, 7, 6), ends_on=date(2027, 12, 7))  # most of its weeks are in autumn
    asked = RequestFactory(host=SchoolFactory(), days=D(12), wanted_from=date(2027, 6, 14), wanted_until=until)
    with time_machine.travel(datetime(2027, 6, 14, 9, tzinfo=UTC)):
        (candidate,) = gather(asked, date(2027, 6, 14)).ranked().candidates
    assert candidate.free == 4 * weeks


def test_r_4_11_a_day_moved_over_the_summer_takes_its_time_along(cast: Cast, next_year: AcademicYear) -> None:
    placement = active(cast, days=D(5), starts_on=date(2027, 7, 6), ends_on=date(2027, 10, 5))
    before = contracted(placement)
    with time_machine.travel(JUNE):
        planned = [
            day_actions.plan_day(placement=placement, on=date(2027, 9, d), days=D(1), by=cast.ast) for d in (14, 21, 28)
        ]
        day_actions.plan_day(placement=placement, on=date(2027, 10, 5), days=D(1), by=cast.ast)
        assert contracted(placement) == {"2026-27": D(1), "2027-28": D(4)} != before
        day_actions.change_day(day=planned[0], on=date(2027, 7, 6), days=D(1), venue="host", by=cast.ast)
        day_actions.plan_day(placement=placement, on=date(2027, 7, 13), days=D(1), by=cast.ast)
    assert contracted(placement) == {"2026-27": D(2), "2027-28": D(3)}


def test_r_4_11_a_day_is_not_moved_into_a_year_without_room(cast: Cast, next_year: AcademicYear) -> None:
    placement = active(cast, days=D(4), starts_on=date(2027, 6, 29), ends_on=date(2027, 9, 28))
    assert contracted(placement) == {"2026-27": D(2), "2027-28": D(2)}
    ledger.write("contract", active(cast, days=D(1)), D(36), on=next_year.starts_on, by=cast.coordinator)
    with time_machine.travel(JUNE):
        for day in (14, 21):
            day_actions.plan_day(placement=placement, on=date(2027, 9, day), days=D(1), by=cast.ast)
        with pytest.raises(Refused, match="0 days left in 2027/28"):
            day_actions.plan_day(placement=placement, on=date(2027, 9, 28), days=D(1), by=cast.ast)
    assert contracted(placement) == {"2026-27": D(2), "2027-28": D(2)}


def test_delivered_days_are_not_planned_in_the_calendar(cast: Cast, client: Client) -> None:
    placement = active(cast)
    with time_machine.travel(datetime(2026, 11, 3, 18, tzinfo=UTC)):
        for on in (date(2026, 11, 3), date(2026, 11, 10)):
            day_actions.plan_day(placement=placement, on=on, days=D(1), by=cast.ast)
        day = placement.outreach_days.first()
        day_actions.deliver_day(day=day, on=day.on, days=D(1), venue="host", by=cast.ast)
    found = ledger.balance(cast.post, cast.year)
    assert (found.to_come, found.delivered) == (1, 1)
    client.force_login(cast.ast)
    facts = client.get(reverse("placements:balance", args=[cast.post.pk])).context["page"].balance
    assert facts == found


def test_a_promise_becomes_a_contract_and_the_figure_stays(cast: Cast) -> None:
    placement = stories.ready(cast)
    before = ledger.balance(cast.post, cast.year)
    contracts.issue(placement=placement, by=cast.coordinator)
    after = ledger.balance(cast.post, cast.year)
    assert (before.promised, before.contracted) == (after.contracted, after.promised) == (6, 0)
    assert before.remaining == after.remaining == 32


def test_many_matches_over_the_summer_cost_three_queries(
    cast: Cast, next_year: AcademicYear, django_assert_num_queries: object
) -> None:
    for _ in range(12):
        asked = RequestFactory(wanted_from=date(2027, 6, 21), wanted_until=date(2027, 10, 8))
        MatchFactory(request=asked, post=cast.post, days=D(1), proposed_by=cast.coordinator)
    assert Match.objects.count() == 12
    with django_assert_num_queries(4):  # type: ignore[operator]  # entries, promises, years, their calendar
        assert ledger.balance(cast.post, next_year).promised > 0


def test_a_placement_that_ended_early_promises_nothing(cast: Cast) -> None:
    PlacementFactory(
        match__post=cast.post, status="ended_early", ended_on=date(2026, 12, 1), ended_reason="The school closed"
    )
    assert left(cast) == 38

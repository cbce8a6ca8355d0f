"""What was signed keeps the policy it was signed under, in both directions (R-16.1)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from placements.allocation.capacity import Diary
from placements.days.actions import days
from placements.days.reads.days import series
from placements.matching.reads.problem import gather
from placements.placement.reads import policy_of
from tests.cast import Cast
from tests.factories import RequestFactory
from tests.placements import stories
from tests.placements.active import elsewhere

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 3)
HALF, WHOLE = Decimal("0.5"), Decimal(1)


def adopt(cast: Cast, **settings: Any) -> Policy:
    """The authority edits its policy: a newer row."""
    newer = Policy.objects.get(pk=cast.policy.pk)
    newer.pk = None
    newer._state.adding = True
    for name, value in settings.items():
        setattr(newer, name, value)
    newer.save()
    return newer


def plan(cast: Cast, placement: Any, on: date, share: Decimal = WHOLE) -> Any:
    return days.plan_day(placement=placement, on=on, days=share, by=cast.ast)


def test_r_16_1_a_lower_cap_adopted_later_does_not_bind_a_contract_in_force(cast: Cast, quick_print: None) -> None:
    placement = stories.active(cast)
    adopt(cast, weekly_outreach_cap=HALF)
    assert plan(cast, placement, TUESDAY).days == WHOLE
    weeks = series(placement, first=TUESDAY, last=TUESDAY + timedelta(weeks=2), weekday=1, days=WHOLE)
    assert [each.left_out == "" for each in weeks] == [False, True, True]  # the first is planned already


def test_r_16_1_a_higher_cap_adopted_later_gives_a_contract_in_force_no_more(cast: Cast, quick_print: None) -> None:
    placement = stories.active(cast)
    adopt(cast, weekly_outreach_cap=Decimal(2))
    plan(cast, placement, TUESDAY)
    with pytest.raises(Refused, match="no more than 1 day a week"):
        plan(cast, placement, TUESDAY + timedelta(days=2))


def test_r_16_1_averaging_adopted_later_is_not_in_the_old_contract(cast: Cast, quick_print: None) -> None:
    placement = stories.active(cast)
    adopt(cast, cap_mode="half_term_average")
    plan(cast, placement, TUESDAY)
    with pytest.raises(Refused, match="no more than 1 day a week"):
        plan(cast, placement, TUESDAY + timedelta(days=2))


def test_r_16_1_a_new_placement_beside_an_old_contract_keeps_to_the_new_cap(cast: Cast, quick_print: None) -> None:
    old = stories.active(cast)
    adopt(cast, weekly_outreach_cap=HALF)
    new = elsewhere(cast)
    plan(cast, old, TUESDAY)
    with pytest.raises(Refused, match=r"no more than 0\.5 days a week"):
        plan(cast, new, TUESDAY + timedelta(days=2), HALF)
    assert plan(cast, new, TUESDAY + timedelta(days=9), HALF).days == HALF


def test_r_16_1_candidates_are_ranked_by_todays_cap_beside_an_old_contract_that_gives_more(
    cast: Cast, quick_print: None
) -> None:
    placement = stories.active(cast)
    for week in range(6):
        plan(cast, placement, TUESDAY + timedelta(weeks=week))
    adopt(cast, weekly_outreach_cap=HALF)
    asked = RequestFactory(host=cast.elsewhere, created_by=cast.outsider, status="under_review")
    asked.wanted_from, asked.wanted_until = TUESDAY, TUESDAY + timedelta(weeks=5, days=3)
    asked.save()
    gathered = gather(asked, date(2026, 10, 12))
    free = {ast.post: Diary(gathered.horizon, gathered.need).free(ast) for ast in gathered.asts}
    assert free[cast.post.pk] == 0  # its weeks are full by any cap, and none is less than empty


def test_r_16_1_role_statement_and_pack_of_a_contract_say_what_it_was_signed_under(
    client: Client, cast: Cast, quick_print: None
) -> None:
    placement = stories.active(cast)
    adopt(cast, weekly_outreach_cap=HALF)
    client.force_login(cast.host_head)
    for page in ("role_pdf", "pack_pdf"):
        assert b"no more than 1 day a week" in client.get(reverse(f"placements:{page}", args=[placement.pk])).content


def test_r_16_1_without_a_contract_todays_policy_counts(cast: Cast) -> None:
    placement = stories.ready(cast)
    newer = adopt(cast, weekly_outreach_cap=HALF)
    assert policy_of(placement) == newer

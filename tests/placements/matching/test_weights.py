"""The points of a match are the co-ordinator's to set (R-7.1)."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core import policy
from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.policy_changes import adopt, draft
from astcoord.core.problems import Refused
from astcoord.core.weights import PARTS, USUAL, problems, words
from placements.allocation.plan.problem import PlanWeights
from placements.allocation.scoring import Weights
from placements.matching.models import Match
from placements.planning.reads import problem as plan_input
from placements.planning.reads.problem import Span
from placements.requests.models import OutreachRequest
from staff.posts.models import Expertise
from tests.cast import Cast
from tests.factories import RequestFactory, SchoolFactory
from tests.placements.matching.matching_stories import another, propose, ranked

pytestmark = pytest.mark.django_db

NEARNESS = {"expertise": 5, "travel": 50}
"""A far expert loses to a near AST of less experience."""


@pytest.fixture
def asked(cast: Cast) -> OutreachRequest:
    return RequestFactory(host=cast.host, created_by=cast.host_head)


def set_weights(cast: Cast, **numbers: int) -> Policy:
    return adopt(draft(policy.in_force(), valid_from=today(), ranking_weights=numbers), by=cast.coordinator)


def two_of_a_kind(cast: Cast) -> tuple[int, int]:
    """One who leads in the subject, 18 km by road away, and one at the next school who is strong in it."""
    far, near = cast.post, another(cast)
    far.home.easting, far.home.northing = cast.host.easting + 14000, cast.host.northing
    far.home.save()
    near.home = SchoolFactory(phase="secondary", easting=cast.host.easting + 1000, northing=cast.host.northing)
    near.save()
    Expertise.objects.filter(post=near).update(level=2)
    return far.pk, near.pk


def test_r_7_1_the_usual_points_are_those_the_policy_page_names() -> None:
    assert asdict(Weights()) == USUAL
    assert problems({}) == []
    assert words({}).startswith("Expertise 40, Key stage 15")


def test_r_7_1_weights_can_be_changed(cast: Cast, asked: OutreachRequest) -> None:
    far, near = two_of_a_kind(cast)
    assert [c.ast.post for c in ranked(asked).candidates] == [far, near]
    set_weights(cast, **NEARNESS)
    assert [c.ast.post for c in ranked(asked).candidates] == [near, far]


def test_r_7_1_a_match_keeps_the_weights_it_was_made_by(cast: Cast, asked: OutreachRequest) -> None:
    set_weights(cast, **NEARNESS)
    made = propose(cast, asked)
    set_weights(cast)
    kept = Match.objects.get(pk=made.pk).reasons
    assert kept[0]["most"] == 5
    assert kept[-1]["weights"]["travel"] == 50
    assert Weights.of(NEARNESS).version in kept[-1]["text"]


def test_r_7_1_a_plan_counts_by_the_same_weights(cast: Cast, asked: OutreachRequest) -> None:
    set_weights(cast, **NEARNESS)
    span = Span("autumn", "Autumn", date(2026, 9, 1), date(2026, 12, 18))
    weights = plan_input.gather(span, today()).problem.weights
    assert weights == PlanWeights.of(NEARNESS)
    assert weights.version != PlanWeights().version == PlanWeights.of({}).version


def test_r_7_1_the_longest_journey_is_one_number_for_the_ranking_and_for_a_plan(cast: Cast) -> None:
    set_weights(cast, limit_km=12)
    span = Span("autumn", "Autumn", date(2026, 9, 1), date(2026, 12, 18))
    problem = plan_input.gather(span, today()).problem
    assert problem.rules.limit_km == problem.weights.scoring.limit_km == 12


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"expertise": 39}, "add up to 99"),
        ({"expertise": 140, "travel": -85}, "from 0 to 100"),
        ({"limit_km": 0}, "1 km or more"),
        ({"charm": 3}, "from 0 to 100"),
        ({"expertise": 39.5, "travel": 15.5}, "from 0 to 100"),
    ],
)
def test_r_7_1_numbers_that_make_no_score_are_refused(cast: Cast, numbers: dict[str, int], said: str) -> None:
    with pytest.raises(Refused, match=said):
        set_weights(cast, **numbers)


def form_answers(rules: Policy, **changes: object) -> dict[str, object]:
    page = {name: getattr(rules, name) for name in rules_sent(rules)}
    day = {"valid_from_day": "6", "valid_from_month": "10", "valid_from_year": "2026"}
    return {**page, **day, **{f"weight_{part.name}": part.usual for part in PARTS}, **changes}


def rules_sent(rules: Policy) -> list[str]:
    """The settings whose value a browser sends."""
    left_out = {"budget_categories", "ranking_weights"}
    values = {f.name: getattr(rules, f.name) for f in Policy._meta.fields}
    own = {"id", "valid_from", "preset", "created_at", "created_by"}
    return [n for n, v in values.items() if n not in own | left_out and v is not None and v is not False]


def test_r_7_1_the_co_ordinator_sees_and_saves_them_on_the_policy_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    url = reverse("staff:policy_change")
    shown = client.get(url)
    assert shown.context["form"]["weight_travel"].value() == 15
    assert "Journey (points)" in shown.content.decode()
    short = client.post(url, form_answers(cast.policy, weight_travel=14)).content.decode()
    assert "The points add up to 99" in short
    sent = form_answers(cast.policy, weight_travel=20, weight_expertise=35)
    check = client.post(url, sent).content.decode()
    assert "Expertise 35" in check
    assert check.count("<tr") == 2
    assert policy.in_force().ranking_weights == {}
    client.post(url, {**sent, "confirm": "yes"})
    assert policy.in_force().ranking_weights == {"expertise": 35, "travel": 20}
    assert policy.in_force().weekly_outreach_cap == Decimal(1)
    assert "Expertise 35" in client.get(reverse("staff:policy")).content.decode()

"""Where the year's days go: priorities, needs, schools, budgets (R-14.1, R-14.2)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.deployment import reads as deployment
from placements.deployment.reads import Chosen
from placements.placement.models import Placement
from schools.register.models import Cluster, SchoolStatus
from tests.cast import Cast
from tests.factories import PlacementFactory, PriorityFactory, SchoolFactory

pytestmark = pytest.mark.django_db
URL = reverse("placements:deployment")


def contracted(cast: Cast, days: int = 6, **facts: Any) -> Placement:
    facts.setdefault("host", SchoolFactory())
    placement = PlacementFactory(match__post=cast.post, status="active", days=Decimal(days), **facts)
    ledger.write(LedgerEntry.Kind.CONTRACT, placement, Decimal(days), on=date(2026, 10, 6), by=None)
    return placement


def test_r_14_1_three_placements_of_six_days_on_one_priority_are_18(cast: Cast) -> None:
    served, other = PriorityFactory(reference="EDP 2", name="Mathematics"), PriorityFactory()
    for _ in range(3):
        contracted(cast).priorities.add(served)
    contracted(cast, 4, no_priority_reason="Nothing on the list fits.")
    contracted(cast, 3)
    rows = deployment.rows(cast.year, Chosen(), cast.officer)
    assert by_priority(rows) == [
        ("EDP 2 Mathematics", 3, 18),
        ("None of the authority’s priorities", 1, 4),
        ("Not said yet", 1, 3),
    ]
    assert not any(r.why_none for r in rows), "somebody’s own words are not for officers, who read sums (section G)"
    theirs = deployment.rows(cast.year, Chosen(), cast.coordinator)
    assert [r.why_none for r in theirs if r.why_none] == ["Nothing on the list fits."]
    for code, days in ((served.pk, 18), (other.pk, 0), ("none", 4), ("unsaid", 3)):
        assert deployment.total(deployment.rows(cast.year, Chosen(priority=str(code)), cast.officer)).days == days


def test_r_14_1_a_placement_on_two_priorities_counts_on_each_and_the_page_says_so(cast: Cast, client: Client) -> None:
    both = [PriorityFactory(reference="EDP 1", name="Reading"), PriorityFactory(reference="EDP 2", name="Writing")]
    contracted(cast, 5).priorities.set(both)
    delivered = contracted(cast, 6)
    delivered.priorities.set(both[:1])
    ledger.write(LedgerEntry.Kind.DELIVERY, delivered, Decimal(2), on=date(2026, 10, 6), by=None)
    rows = deployment.rows(cast.year, Chosen(), cast.officer)
    found = deployment.days_by(rows, lambda r: r.priorities)
    assert [(s.label, s.days, s.delivered) for s in found] == [("EDP 1 Reading", 11, 2), ("EDP 2 Writing", 5, 0)]
    assert (deployment.total(rows).days, deployment.total(rows).delivered) == (11, 2)
    client.force_login(cast.officer)
    page = " ".join(client.get(URL).content.decode().split())
    assert "2 placements, 11 days under contract, 2 days delivered." in page
    assert "1 placement serves more than one priority and counts in full on each" in page


def by_priority(rows: list[deployment.Row]) -> list[tuple[str, int, Decimal]]:
    return [(s.label, s.placements, s.days) for s in deployment.days_by(rows, lambda r: r.priorities)]


def test_r_14_2_with_a_category_filter_totals_match_the_rows(cast: Cast, client: Client) -> None:
    hard = SchoolFactory(cluster=Cluster.objects.create(name="Weald cluster", slug="weald"))
    SchoolStatus.objects.create(school=hard, kind="category", name="special_measures", starts_on=date(2026, 1, 1))
    contracted(cast, 5, host=hard)
    contracted(cast, 6)
    rows = deployment.rows(cast.year, Chosen(standing="special_measures"), cast.officer)
    assert [(r.host, r.days) for r in rows] == [(hard.name, 5)]
    client.force_login(cast.officer)
    page = " ".join(client.get(URL, {"standing": "special_measures"}).content.decode().split())
    assert "1 placement, 5 days under contract, 0 days delivered." in page
    assert hard.name in page
    assert "Weald cluster" in page
    lines = b"".join(client.get(URL, {"standing": "none", "export": "csv"}).streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].endswith(",6,0")


def test_r_14_2_schools_never_supported_and_the_use_of_budgets(cast: Cast) -> None:
    contracted(cast, host=cast.host)
    never = deployment.never_supported(deployment.served(cast.policy))
    assert cast.host not in never
    assert cast.elsewhere in never
    hard = SchoolFactory(phase="secondary", cluster=Cluster.objects.create(name="Weald cluster", slug="weald"))
    served = deployment.served(cast.policy)
    assert deployment.never_supported(served, Chosen(cluster=str(hard.cluster_id))) == [hard]
    assert hard not in deployment.never_supported(served, Chosen(phase="primary"))
    ((name, balance),) = deployment.use_of_budgets(cast.year)
    assert (name, balance.budget, balance.contracted, balance.remaining) == ("Wren Castellow", 38, 6, 32)


@pytest.mark.parametrize(
    ("export", "line"),
    [
        ("never", "Stonecross Primary School,Primary"),
        ("budgets", "Wren Castellow,38,6,0,32"),
    ],
)
def test_r_14_7_every_part_of_the_page_is_a_file_too(cast: Cast, client: Client, export: str, line: str) -> None:
    contracted(cast, host=cast.host)
    client.force_login(cast.officer)
    lines = b"".join(client.get(URL, {"export": export}).streaming_content).decode().splitlines()
    assert any(found.endswith(line) for found in lines), lines


def test_the_page_costs_the_same_for_one_and_for_many(cast: Cast, client: Client) -> None:
    PriorityFactory().placements.add(contracted(cast, 1))
    client.force_login(cast.coordinator)
    client.get(URL)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    for _ in range(29):
        PriorityFactory().placements.add(contracted(cast, 1))
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(one) == len(many) <= 16


@pytest.mark.parametrize("who", ["host_head", "ast", "chair", "consultant"])
def test_others_have_no_business_here(cast: Cast, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(URL).status_code == 403

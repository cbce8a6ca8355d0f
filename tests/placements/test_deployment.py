"""Where the year's days go: priorities, needs, schools, budgets, and the share of teachers (R-14.1 to R-14.3)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements import ledger
from placements.models import LedgerEntry, Placement
from placements.reports import deployment
from placements.reports.deployment import Chosen
from placements.rules import share
from schools.models import Cluster, School, SchoolStatus
from tests.cast import Cast
from tests.factories import PlacementFactory, SchoolFactory

pytestmark = pytest.mark.django_db
URL = reverse("placements:deployment")


def contracted(cast: Cast, days: int = 6, **facts: Any) -> Placement:
    facts.setdefault("host", SchoolFactory())
    placement = PlacementFactory(match__post=cast.post, status="active", days=Decimal(days), **facts)
    ledger.write(LedgerEntry.Kind.CONTRACT, placement, Decimal(days), on=date(2026, 10, 6), by=None)
    return placement


def test_r_14_1_three_placements_of_six_days_on_one_priority_are_18(cast: Cast) -> None:
    for _ in range(3):
        contracted(cast, programme="EDP priority 2")
    contracted(cast, 4)
    rows = deployment.rows(cast.year, Chosen())
    assert deployment.days_by(rows, lambda r: r.priority) == [
        ("EDP priority 2", 3, Decimal(18)),
        ("No priority named", 1, Decimal(4)),
    ]


def test_r_14_2_with_a_category_filter_totals_match_the_rows(cast: Cast, client: Client) -> None:
    hard = SchoolFactory(cluster=Cluster.objects.create(name="Weald cluster", slug="weald"))
    SchoolStatus.objects.create(school=hard, kind="category", name="special_measures", starts_on=date(2026, 1, 1))
    contracted(cast, 5, host=hard)
    contracted(cast, 6)
    rows = deployment.rows(cast.year, Chosen(standing="special_measures"))
    assert [(r.host, r.days) for r in rows] == [(hard.name, 5)]
    client.force_login(cast.officer)
    page = " ".join(client.get(URL, {"standing": "special_measures"}).content.decode().split())
    assert "1 placement, 5 days under contract." in page
    assert "Weald cluster" in page
    lines = b"".join(client.get(URL, {"standing": "none", "export": "csv"}).streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].endswith(",6.00")


def test_r_14_2_schools_never_supported_and_the_use_of_budgets(cast: Cast) -> None:
    contracted(cast, host=cast.host)
    never = deployment.never_supported(cast.policy)
    assert cast.host not in never
    assert cast.elsewhere in never
    ((name, balance),) = deployment.use_of_budgets(cast.year)
    assert (name, balance.budget, balance.contracted, balance.remaining) == ("Wren Castellow", 38, 6, 32)


@pytest.mark.parametrize(
    ("asts", "teachers", "words"),
    [
        (4, 100, "4%, within"),
        (3, 100, "3%, within"),
        (2, 100, "2%, below"),
        (6, 100, "6%, above"),
        (1, 0, "Number of teachers not known"),
    ],
)
def test_r_14_3_the_share_of_teachers_against_the_advice(asts: int, teachers: int, words: str) -> None:
    assert share.words(asts, teachers) == words


def test_r_14_3_by_authority_and_phase(cast: Cast) -> None:
    School.objects.update(teacher_count=0)
    School.objects.filter(pk=cast.home.pk).update(teacher_count=25)
    found = {label: words for label, _, _, words in deployment.shares(cast.policy, date(2026, 10, 6))}
    assert found["All schools"] == found["Secondary"] == "4%, within"


def test_the_page_costs_the_same_for_one_and_for_many(cast: Cast, client: Client) -> None:
    contracted(cast, 1)
    client.force_login(cast.coordinator)
    client.get(URL)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    for _ in range(10):
        contracted(cast, 1)
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(one) == len(many)


@pytest.mark.parametrize("who", ["host_head", "ast", "chair", "consultant"])
def test_others_have_no_business_here(cast: Cast, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(URL).status_code == 403

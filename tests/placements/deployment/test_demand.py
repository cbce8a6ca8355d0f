"""What was asked for, and what came of it (R-14.2)."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placements.deployment.reads import demand
from placements.deployment.reads.chosen import Chosen
from placements.deployment.reads.rows import priority_labels
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory, SchoolFactory
from tests.placements.deployment.test_deployment import period
from tests.placements.deployment.working import contracted, delivered, file_of
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db
URL = reverse("placements:deployment_demand")
HEADER = "Requests,With a match,Waiting for one,Declined,Referred or withdrawn,Days asked,Days agreed,Days given"


def asked_for(cast: Cast) -> None:
    """One matched for half of its days and begun, one that waits, one declined, one referred; one of last year."""
    begun = contracted(
        cast, 3, match__request__days=Decimal(6), match__request__status="placed", match__days=Decimal(3)
    )
    delivered(begun, 1)
    RequestFactory(status="waiting", ending="no_days", days=Decimal("2.5"))
    RequestFactory(status="declined", ending="no_expertise", subject="music", host=SchoolFactory(phase="secondary"))
    RequestFactory(status="referred", ending="better_elsewhere", subject="music")
    RequestFactory(submitted_at=datetime(2026, 8, 31, 12, tzinfo=UTC))
    RequestFactory(status="draft", submitted_at=None)


def table(reader: Any, code: str, **chosen: str) -> Any:
    sheet = demand.sheet(reader, period(), Chosen(**chosen), [], labels=priority_labels())
    return next((each for each in sheet.tables if each.code == code), None)


def test_r_14_2_days_asked_against_days_given_by_subject_phase_and_reason(cast: Cast) -> None:
    asked_for(cast)
    assert table(cast.officer, "csv").rows == (
        ("Mathematics and numeracy", 2, 1, 1, 0, 0, "8.5", "3", "1"),
        ("Music", 2, 0, 0, 1, 1, "12", "0", "0"),
    )
    assert table(cast.officer, "csv").total == ("All", 4, 1, 1, 1, 1, "20.5", "3", "1")
    assert [row[:2] for row in table(cast.officer, "phase").rows] == [("Primary", 3), ("Secondary", 1)]
    assert table(cast.officer, "reasons").rows == (
        ("No AST has the expertise asked for", 1, "6"),
        ("No AST has days left in the weeks asked for", 1, "2.5"),
        ("Another source of help suits better", 1, "6"),
    )


@pytest.mark.parametrize(("phase", "asked"), [("primary", 3), ("secondary", 1), ("special", 0)])
def test_r_14_2_page_and_file_agree_under_a_filter(cast: Cast, client: Client, phase: str, asked: int) -> None:
    asked_for(cast)
    client.force_login(cast.officer)
    page = text(client.get(URL, {"phase": phase}))
    if not asked:
        assert "No request was handed in in this period (School year 2026/27)." in page
        return
    found = table(cast.officer, "csv", phase=phase)
    lines = file_of(client, URL, phase=phase, export="csv")
    assert lines[0] == f"Subject,{HEADER}"
    assert lines[-1].split(",")[1:] == [str(cell) for cell in found.total[1:]]
    assert int(found.total[1]) == asked
    assert f"{asked} request" in page


def test_an_undone_match_is_none(cast: Cast) -> None:
    request = RequestFactory(status="under_review")
    MatchFactory(request=request, status="undone", post=cast.post)
    assert table(cast.coordinator, "csv").total[1:4] == (1, 0, 1)


def test_r_17_4_what_was_agreed_before_this_system_was_asked_of_nobody(cast: Cast) -> None:
    RequestFactory(status="placed", route="before")
    assert demand.sheet(cast.coordinator, period(), Chosen(), [], labels=priority_labels()).tables == ()


def test_g_a_consultant_counts_the_own_group_and_nobody_elses(cast: Cast) -> None:
    asked_for(cast)
    assert [row[0] for row in table(cast.consultant, "csv").rows] == ["Mathematics and numeracy"]
    assert demand.sheet(cast.outsider, period(), Chosen(), [], labels=priority_labels()).tables == ()

"""Charges (R-19.3): agreed in the contract, counted from days delivered, the same on page, paper and file."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal as D
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core.models.documents import Document
from astcoord.core.models.policy import Policy
from astcoord.core.policy_changes import adopt, draft
from astcoord.core.problems import Refused
from placements.charges.rules import charge_for, together
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements import stories
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
RATES: dict[str, Any] = {"charged_to": "host", "charge_day_rate": D(350), "charge_home_share": D(300)}
URL = "placements:charges"
PLANNED = {"status": "planned"}


def charged(cast: Cast, **other: Any) -> Placement:
    """Under a contract that charges, with three and a half days delivered this term, and some that do not count."""
    for name, value in {**RATES, **other}.items():
        setattr(cast.policy, name, value)
    cast.policy.save()
    placement = stories.signed(cast)
    cancelled = {"status": "cancelled", "cancelled_by": "host", "cancelled_reason": "Ill"}
    days = (
        (3, 1, {}),
        (10, 1, {}),
        (17, 1, {}),
        (24, D("0.5"), {}),
        (25, 1, cancelled),
        (26, 1, {"status": "planned"}),
    )
    for day, size, how in days:
        fields = {"status": "done", **how}
        OutreachDay.objects.create(placement=placement, on=date(2026, 11, day), days=size, **fields)
    OutreachDay.objects.create(placement=placement, on=date(2027, 1, 12), days=1, status="done")
    return placement


def page(user: Any, **query: str) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse(URL), {"period": "autumn-2026", **query})


def table(user: Any, code: str, **query: str) -> list[list[str]]:
    content = b"".join(page(user, export=code, **query).streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


@pytest.mark.paper
def test_r_19_3_three_and_a_half_days_on_the_page_on_paper_and_in_the_file(cast: Cast) -> None:
    placement = charged(cast)
    shown = text(page(cast.coordinator))
    for amount in ("£1,225", "£1,050", "£175", "3.5"):
        assert amount in shown
    header, row, total = table(cast.coordinator, "csv")
    names = [placement.reference, cast.host.name, cast.host.name, cast.ast.name, cast.home.name]
    assert row == [*names, "3.5", "350.00", "1225.00", "1050.00", "175.00"]
    assert total[5:] == ["3.5", "", "1225.00", "1050.00", "175.00"]
    assert header[-3:] == ["Charge", "To own school", "Fee"]
    assert table(cast.coordinator, "charges")[1:] == [[cast.host.name, "3.5", "1225.00"], ["Total", "3.5", "1225.00"]]
    response = page(cast.coordinator, export="pdf")
    pages = PdfReader(io.BytesIO(response.content)).pages
    paper = " ".join(each.extract_text() for each in pages)
    for amount in ("£1,225", "£1,050", "£175"):
        assert amount in paper


def test_r_19_3_the_contract_says_what_is_paid(cast: Cast) -> None:
    placement = charged(cast)
    client = Client()
    client.force_login(cast.host_head)
    said = "pays £350 for each day that is delivered: £300 to the AST’s own school and £50 to the authority."
    assert said in text(client.get(reverse("placements:contract", args=[placement.pk])))


def test_r_19_3_the_contracts_own_rates_count_when_the_rates_change(cast: Cast, clock: Any) -> None:
    charged(cast)
    clock.move_to(datetime(2026, 11, 1, 9, tzinfo=UTC))
    adopt(draft(cast.policy, valid_from=date(2026, 11, 1), charge_day_rate=D(400)), by=cast.coordinator)
    assert table(cast.coordinator, "csv")[1][6:8] == ["350.00", "1225.00"]
    adopt(draft(Policy.objects.first(), valid_from=date(2026, 11, 1), charged_to="nobody"), by=cast.coordinator)
    assert table(cast.coordinator, "csv")[1][7] == "1225.00", "nor does it end with them"


def test_r_19_3_a_head_reads_the_own_schools_alone(cast: Cast) -> None:
    charged(cast)
    host = text(page(cast.host_head))
    assert "£1,225" in host
    assert "£1,050" not in host
    assert "£175" not in host
    home = text(page(cast.home_head))
    assert "£1,050" in home
    assert "£1,225" not in home
    assert "No day that is charged" in text(page(cast.outsider))
    for user in (cast.ast, cast.officer, cast.chair, cast.consultant):
        assert page(user).status_code == 403


def test_r_19_3_the_authority_may_pay(cast: Cast) -> None:
    charged(cast, charged_to="authority")
    assert table(cast.coordinator, "charges")[1][0] == "The authority"
    assert "£1,225" not in text(page(cast.host_head)), "the school owes nothing"
    assert "£1,050" in text(page(cast.home_head))


def test_r_19_3_each_term_and_the_year_have_their_own(cast: Cast) -> None:
    charged(cast)
    assert table(cast.coordinator, "csv", period="spring-2027")[1][5:8] == ["1", "350.00", "350.00"]
    assert table(cast.coordinator, "csv", period="2026-27")[1][5:8] == ["4.5", "350.00", "1575.00"]
    assert "No day that is charged" in text(page(cast.coordinator, period="summer-2027"))


@pytest.mark.parametrize("school", ["", "0", "99999", "x", "-7"])
def test_a_school_that_is_none_narrows_nothing(cast: Cast, school: str) -> None:
    charged(cast)
    assert "£1,225" in text(page(cast.coordinator, school=school))


def test_r_19_3_one_school_alone(cast: Cast) -> None:
    charged(cast)
    assert "School: Hollowbrook School" in text(page(cast.coordinator, school=str(cast.home.pk)))


def test_r_19_3_nothing_is_charged_where_the_contract_has_no_charges(cast: Cast) -> None:
    charged(cast, charged_to="nobody")
    assert "No day that is charged" in text(page(cast.coordinator))


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ({"charge_day_rate": D(0), "charge_home_share": D(0)}, "Enter what is paid for a day"),
        ({"charge_home_share": D(351)}, "Enter no more than the rate for a day"),
    ],
)
def test_r_19_3_rates_that_cannot_be_are_refused(cast: Cast, rates: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        adopt(draft(cast.policy, valid_from=date(2026, 10, 6), **{**RATES, **rates}), by=cast.coordinator)


def test_pennies_are_rounded_once_and_the_parts_add_up() -> None:
    quarter = charge_for(D("0.25"), rate=D("350.02"), home_share=D("300.01"))
    assert (quarter.charge, quarter.home, quarter.fee) == (D("87.51"), D("75.00"), D("12.51"))
    assert together([quarter] * 4).charge == D("350.04")


def test_thirty_placements_take_no_more_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    placement = charged(cast)
    version = placement.contracts.get()
    for _ in range(29):
        other = cast.placement(status="active")
        facts = {"sha256": version.sha256, "policy": version.policy, "issued_by": cast.coordinator}
        paper = Document.objects.create(kind="contract", title="Contract", facts={}, about=other)
        other.contracts.create(number=1, document=paper, **facts)
        OutreachDay.objects.create(placement=other, on=date(2026, 11, 3), days=1, status="done")
    client = Client()
    client.force_login(cast.coordinator)
    client.get("/")
    with django_assert_max_num_queries(12):
        shown = client.get(reverse(URL), {"period": "autumn-2026"})
    assert "32.5" in text(shown)

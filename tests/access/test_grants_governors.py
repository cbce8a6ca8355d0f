"""What matrix G grants governors is shown: the year of the own ASTs and the own requests, in sums (R-13.3)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.roles import Role
from placements.days import ledger
from placements.days.models import LedgerEntry, OutreachDay
from placements.placement.models import Placement
from staff.accounts.models import User
from tests.cast import Cast
from tests.factories import PostFactory, RequestFactory, person
from tests.placements.active import active

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def governor(cast: Cast) -> User:
    """Of the school that employs the AST."""
    return person("Corin Heathfield", "corin@marlshire.example", Role.GOVERNOR, cast.home)


@pytest.fixture
def placement(cast: Cast) -> Placement:
    """Six days under contract: one was held, one is planned."""
    placement = active(cast)
    for on, status, kinds in (
        (date(2026, 11, 10), "done", (LedgerEntry.Kind.PLAN, LedgerEntry.Kind.DELIVERY)),
        (date(2026, 11, 17), "planned", (LedgerEntry.Kind.PLAN,)),
    ):
        day = OutreachDay.objects.create(placement=placement, on=on, days=1, status=status)
        for kind in kinds:
            LedgerEntry.objects.create(
                post=cast.post, year=cast.year, kind=kind, on=on, days=1, placement=placement, day=day
            )
    return placement


def opened(user: Any, url: str) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(url)
    return response.content.decode().replace("\xa0", " ") if response.status_code == 200 else ""


def test_g_time_budget_a_governor_reads_sums_of_the_own_asts_and_finds_the_way_there(
    cast: Cast, governor: User, placement: Placement
) -> None:
    first, year = opened(governor, reverse("home")), reverse("placements:balance", args=[cast.post.pk])
    assert f'href="{year}"' in first
    budget = ledger.balance(cast.post, cast.year).budget
    assert f"Wren Castellow: 1 of {budget.normalize():f} days used, 1 planned" in first
    said = opened(governor, year)
    assert "1 placement this year" in said
    for others in (cast.host.name, "Juno", placement.focus, "Moved so far"):
        assert others not in said


def test_g_time_budget_is_for_governors_of_the_own_school_only(cast: Cast, placement: Placement) -> None:
    assert "Wren Castellow:" not in opened(cast.chair, reverse("home"))
    assert not opened(cast.chair, reverse("placements:balance", args=[cast.post.pk]))


def test_r_13_3_the_menu_leads_governors_to_their_asts_and_their_school(cast: Cast, governor: User) -> None:
    first = opened(governor, reverse("home"))
    for name in ("staff:own_asts", "schools:own"):
        assert f'href="{reverse(name)}"' in first
    assert cast.home.name in opened(governor, reverse("schools:own"))
    post = reverse("staff:post", args=[cast.post.pk])
    assert f'href="{post}"' in opened(governor, reverse("staff:own_asts"))
    assert f'href="{reverse("staff:own_asts")}"' in opened(governor, post)
    assert post not in opened(cast.chair, reverse("staff:own_asts"))


def test_g_aspirants_are_no_business_of_governors(cast: Cast, governor: User) -> None:
    aspirant = person("Alder Fennimore", "alder@marlshire.example", Role.AST, cast.home)
    PostFactory(user=aspirant, home=cast.home, status="candidate")
    assert "Alder Fennimore" not in opened(governor, reverse("staff:own_asts")) + opened(governor, reverse("home"))
    assert "Alder Fennimore" in opened(cast.home_head, reverse("staff:own_asts"))


def test_g_outreach_request_a_governor_reads_how_many_and_not_what_for(cast: Cast, governor: User) -> None:
    for status in ("placed", "submitted", "declined", "draft"):
        sent = None if status == "draft" else "2026-09-20T09:00Z"
        RequestFactory(host=cast.host, created_by=cast.host_head, status=status, submitted_at=sent)
    RequestFactory(host=cast.host, created_by=cast.host_head, status="placed", submitted_at="2026-03-20T09:00Z")
    told = "3 requests sent this school year: 1 led to a placement, 1 still open."
    assert told in opened(cast.chair, reverse("home"))
    assert "sent this school year" not in opened(governor, reverse("home"))

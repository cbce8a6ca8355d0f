"""Schools never supported, longest waiting, and the use of ASTs' years (R-14.2)."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from placements.days.models import OutreachDay
from placements.deployment.reads import budgets, reached
from placements.placement.models import Placement
from schools.register.models import Cluster, School
from tests.cast import Cast
from tests.factories import SchoolFactory
from tests.placements.deployment.working import contracted, file_of
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 6)
SCHOOLS, BUDGETS = reverse("placements:deployment_schools"), reverse("placements:deployment_budgets")


def over(placement: Placement, last: date) -> School:
    """It had a day, and is completed."""
    OutreachDay.objects.create(placement=placement, on=last, days=1, status="done")
    Placement.objects.filter(pk=placement.pk).update(status="completed", ended_on=last)
    return placement.host


def test_r_14_2_schools_never_supported(cast: Cast, client: Client) -> None:
    contracted(cast, host=cast.host)
    never = {each.urn for each in reached.never_supported(reached.served(cast.policy, cast.officer))}
    assert cast.host.urn not in never
    assert cast.elsewhere.urn in never
    hard = SchoolFactory(phase="secondary", cluster=Cluster.objects.create(name="Weald cluster", slug="weald"))
    client.force_login(cast.officer)
    lines = file_of(client, SCHOOLS, cluster=str(hard.cluster_id), export="csv")
    assert lines == ["School,URN,Phase,Cluster", f"{hard.name},{hard.urn},Secondary,Weald cluster"]
    assert hard.name not in text(client.get(SCHOOLS, {"phase": "primary"}))
    assert "Stonecross Primary School" in text(client.get(SCHOOLS, {"phase": "primary"}))


def test_r_14_2_longest_waiting_first_and_not_who_is_supported_now(cast: Cast, client: Client) -> None:
    longest = over(contracted(cast), date(2025, 6, 10))
    later = over(contracted(cast), date(2026, 5, 12))
    contracted(cast, host=over(contracted(cast), date(2025, 1, 14)))
    found = reached.waiting(reached.served(cast.policy, cast.officer), TODAY)
    assert [(each.urn, last) for each, last in found] == [
        (longest.urn, date(2025, 6, 10)),
        (later.urn, date(2026, 5, 12)),
    ]
    client.force_login(cast.officer)
    lines = file_of(client, SCHOOLS, export="waiting")
    assert lines[1:] == [
        f"{longest.name},{longest.urn},Primary,No cluster,10 June 2025,69",
        f"{later.name},{later.urn},Primary,No cluster,12 May 2026,21",
    ]


def test_g_for_a_consultant_a_school_is_supported_in_the_own_subjects(cast: Cast, client: Client) -> None:
    contracted(cast, host=cast.host, subject="music")
    assert cast.host.urn in {s.urn for s in reached.never_supported(reached.served(cast.policy, cast.consultant))}
    client.force_login(cast.consultant)
    assert reached.OWN in text(client.get(SCHOOLS))


def test_there_may_be_no_school_of_a_kind(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    assert "There is no school of this kind." in text(client.get(SCHOOLS, {"phase": "nursery"}))


def test_r_14_2_use_of_each_ast_against_the_budget(cast: Cast, client: Client) -> None:
    contracted(cast)
    ((name, balance),) = budgets.use_of_budgets(cast.year, cast.officer)
    assert (name, balance.budget, balance.contracted, balance.remaining) == ("Wren Castellow", 38, 6, 32)
    client.force_login(cast.officer)
    assert file_of(client, BUDGETS, export="csv")[1:] == ["Wren Castellow,38,6,0,32,16%", "All,38,6,0,32,16%"]
    assert "Wren Castellow 38 6 0 32 16%" in text(client.get(BUDGETS, {"period": "autumn-2026"}))


def test_without_a_budget_nothing_is_divided_by_nought() -> None:
    assert budgets.used_words(Decimal(0), Decimal(0)) == "No budget"

"""Of whom the candidates' page tells whom: who is on the way to being an AST is the co-ordinator's to know (G*)."""

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.roles import Role
from placements.requests.lifecycle import Situation
from placements.requests.models import OutreachRequest
from staff.accounts.models import RoleAssignment, User
from tests.cast import Cast
from tests.factories import PostFactory, RequestFactory, SchoolFactory
from tests.seen import without_chance

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast) -> OutreachRequest:
    return RequestFactory(host=cast.host, created_by=cast.host_head)


def page(user: User, request: OutreachRequest) -> str:
    client = Client()
    client.force_login(user)
    return without_chance(client.get(reverse("placements:candidates", args=[request.pk]), {"all": "1"}).content)


@pytest.mark.parametrize("status", ["candidate", "seconded", "booked", "passed"])
@pytest.mark.parametrize("let_out", [True, False])
def test_section_g_the_candidates_page_is_the_same_without_an_aspirant_but_for_the_co_ordinator(
    cast: Cast, asked: OutreachRequest, status: str, let_out: bool
) -> None:
    cast.policy.aspirant_outreach = let_out
    cast.policy.save()
    before = page(cast.administrator, asked), page(cast.coordinator, asked)
    home = SchoolFactory(name="Aspirants’ Own School")
    aspirant = PostFactory(user__name="Oriel Maybe-Soon", home=home, status=status, funding="secondment")
    assert page(cast.administrator, asked) == before[0]
    mine = page(cast.coordinator, asked)
    assert mine != before[1]
    assert aspirant.name in mine


def test_section_g_who_reads_what_was_declared_as_a_head_reads_of_no_aspirant_by_it(
    cast: Cast, asked: OutreachRequest
) -> None:
    """An administrator who heads the school that asks knows what was declared there, and no more than that."""
    RoleAssignment.objects.create(
        user=cast.administrator, role=Role.HEADTEACHER, school=cast.host, starts_on=cast.year.starts_on
    )
    PostFactory(user__name="Oriel Maybe-Soon", status="candidate", funding="secondment")
    asked.staff.update(situation=Situation.SOME)
    mine = page(cast.administrator, asked)
    assert "Somebody to be supported is in difficulty" in mine
    assert "Oriel Maybe-Soon" not in mine

"""Who reads an AST's pay (section G*), what that leaves behind, and what the page costs."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.roles import Role
from tests.cast import Cast
from tests.factories import person
from tests.schools.pages import signed_in
from tests.staff.pay.paying import governor, whole
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db


def test_g_pay_is_for_the_co_ordinator_the_own_school_and_the_ast(cast: Cast) -> None:
    whole(cast)
    page = reverse("staff:pay", args=[cast.post.pk])
    far = person("Far Governor", "far@marlshire.example", Role.GOVERNOR, cast.elsewhere)
    expected = {
        cast.coordinator: 200,
        cast.home_head: 200,
        cast.ast: 200,
        governor(cast): 200,
        cast.administrator: 403,
        cast.officer: 403,
        cast.consultant: 403,
        cast.host_head: 404,
        cast.outsider: 404,
        cast.chair: 404,
        far: 404,
    }
    assert {user.name: signed_in(user).get(page).status_code for user in expected} == {
        user.name: code for user, code in expected.items()
    }
    for user in (cast.administrator, cast.officer, cast.consultant):
        said = text(signed_in(user).get(reverse("staff:post", args=[cast.post.pk])))
        assert "Pay range" not in said
        assert "Pay point" not in said
        assert "Contract recorded" not in said


def test_r_16_3_looks_at_somebody_elses_pay_are_recorded(cast: Cast) -> None:
    page = reverse("staff:pay", args=[cast.post.pk])
    for user in (cast.ast, cast.home_head, cast.home_head):
        signed_in(user).get(page)
    looks = AuditEvent.objects.about(cast.post).filter(verb="Viewed: pay and funding")
    assert [look.by for look in looks] == [cast.home_head]


def test_the_page_costs_no_more_for_a_long_history(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    whole(cast)
    page = reverse("staff:pay", args=[cast.post.pk])
    for user in (cast.ast, cast.coordinator, cast.home_head):
        client.force_login(user)
        client.get(page)
        with django_assert_max_num_queries(19):
            client.get(page)

"""What people are sent: every e-mail, with invented facts, for the office alone (R-18.2)."""

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from astcoord.core.models.messages import Message
from astcoord.samples.messages import templates
from tests.cast import Cast
from tests.schools.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_r_18_2_the_office_sees_every_message_with_its_three_parts(cast: Cast) -> None:
    client = signed_in(cast.coordinator)
    shown = client.get(reverse("samples")).content.decode()
    for kind in templates():
        assert f'href="{reverse("sample", args=[kind])}"' in shown
        page = unescape(client.get(reverse("sample", args=[kind])).content.decode())
        asked = "What is needed from you: " in page and "By when: " in page and "Where: " in page
        assert asked or "Nothing is needed from you." in page, kind
    assert not Message.objects.exists(), "nothing is sent by looking"


def test_the_pages_are_for_the_office_and_know_no_other_message(cast: Cast) -> None:
    for person in (cast.host_head, cast.ast, cast.officer, cast.chair):
        assert signed_in(person).get(reverse("samples")).status_code == 403
        assert signed_in(person).get(reverse("sample", args=["contract-issued"])).status_code == 403
    assert signed_in(cast.administrator).get(reverse("sample", args=["no-such-message"])).status_code == 404


def test_a_message_that_depends_on_something_is_shown_both_ways(cast: Cast) -> None:
    client = signed_in(cast.coordinator)
    page = client.get(reverse("sample", args=["day-planned"])).content.decode()
    assert "Where it is otherwise" in page
    assert "Where it is otherwise" not in client.get(reverse("sample", args=["review-accepted"])).content.decode()


@pytest.mark.parametrize("kind", ["", "request-settled", "match-proposed", "contract-issued"])
def test_the_pages_keep_their_budget(cast: Cast, kind: str, django_assert_max_num_queries: Any) -> None:
    client = signed_in(cast.coordinator)
    url = reverse("sample", args=[kind]) if kind else reverse("samples")
    client.get(url)
    with django_assert_max_num_queries(15 if kind else 12):
        page = client.get(url)
    assert len(page.content) <= 40_000

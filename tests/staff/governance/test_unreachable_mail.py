"""The office sees at which addresses e-mail comes back, and has them written to again."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astcoord.core import unreachable
from astcoord.core.models.bounces import Unreachable
from schools.register.models import School
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signed_in(client: Client, cast: Cast) -> None:
    client.force_login(cast.administrator)


def comes_back(email: str) -> Unreachable:
    unreachable.note(email, said="550 5.1.1 nobody of that name", at=timezone.now())
    return unreachable.told_of([email])[email]


def test_they_are_listed_and_written_to_again(client: Client) -> None:
    row, other = comes_back("a@marlshire.example"), comes_back("b@marlshire.example")
    assert "E-mail to 2 addresses comes back" in client.get(reverse("staff:failed_mail")).content.decode()
    page = client.get(reverse("staff:unreachable")).content.decode()
    assert "Since 6 October 2026: 550 5.1.1 nobody of that name" in page
    page = client.post(reverse("staff:unreachable"), {"addresses": [row.pk]}, follow=True).content.decode()
    assert "1 address written to again" in page
    assert list(Unreachable.objects.all()) == [other]
    assert "Select the addresses" in client.post(reverse("staff:unreachable"), {}).content.decode()


def test_the_persons_and_the_schools_page_say_so(client: Client, cast: Cast) -> None:
    pages = [reverse("staff:person", args=[cast.host_head.pk]), cast.host.get_absolute_url()]
    for page in pages:
        assert "comes back since" not in client.get(page).content.decode()
    School.objects.filter(pk=cast.host.pk).update(email="Office@Fernleigh.marlshire.example")
    comes_back(cast.host_head.email.upper())
    comes_back("office@fernleigh.marlshire.example")
    for page in pages:
        assert "comes back since 6 October 2026" in client.get(page).content.decode()


def test_a_head_may_not(cast: Cast, client: Client) -> None:
    client.force_login(cast.host_head)
    assert client.get(reverse("staff:unreachable")).status_code == 403


def test_the_page_takes_as_many_queries_for_sixty(client: Client, django_assert_max_num_queries) -> None:
    for number in range(60):
        comes_back(f"head@school-{number}.marlshire.example")
    with django_assert_max_num_queries(12):
        assert "These are the first 40 of 60" in client.get(reverse("staff:unreachable")).content.decode()

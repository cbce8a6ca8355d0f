"""A request on paper (R-15.9): every answer shows, names only for those who may know them."""

import pytest
from django.test import Client
from django.urls import reverse

from placements.requests.reads import rows_of
from tests.cast import Cast
from tests.placements.requests import asking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def test_r_15_9_a_request_that_was_sent_prints_every_answer(client: Client, cast: Cast) -> None:
    client.force_login(cast.host_head)
    asked = asking.whole(client)
    client.post(asking.url("request_check", asked.pk))
    asked.refresh_from_db()
    assert asked.status == "submitted"
    address = reverse("placements:request_pdf", args=[asked.pk])
    assert address in client.get(reverse("placements:request_detail", args=[asked.pk])).content.decode()
    paper = client.get(address).content.decode()
    for row in rows_of(asked):
        assert f"<h2>{row.label}</h2>" in paper
        for words in row.value if isinstance(row.value, list) else [row.value]:
            assert str(words).replace("'", "&#x27;") in paper
    assert "Juno Pettifer" in paper
    assert "difficulty" not in paper
    client.force_login(cast.officer)
    assert "Pettifer" not in client.get(address).content.decode()

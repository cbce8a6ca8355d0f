"""The same form sent by many threads at once, and one thing changed by two (R-17.10, R-17.11)."""

import re
from collections import Counter
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.ui import kept
from placements.activities.models import Activity
from staff.accounts.models import User
from tests.cast import make_cast
from tests.services.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
HIDDEN = re.compile(r'<input type="hidden" name="(form_[a-z]+)" value="([^"]*)"')


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def hidden(client: Client, url: str) -> dict[str, str]:
    return dict(HIDDEN.findall(client.get(url).content.decode().partition("<main")[2]))


def test_r_17_11_the_same_form_sent_six_times_at_once_is_one():
    cast = make_cast()
    url = reverse("placements:work_add", args=[cast.post.pk])
    clients = [signed_in(cast.ast) for _ in range(6)]
    day = {"on_day": "5", "on_month": "10", "on_year": "2026"}
    form = {"kind": "authority", "days": "0.5", "what": "A talk", **day, **hidden(clients[0], url)}
    answers = at_once(6, lambda: clients.pop().post(url, form))
    assert Counter((answer.status_code, answer["Location"]) for answer in answers) == {
        (302, reverse("placements:work", args=[cast.post.pk])): 6
    }
    assert Activity.objects.count() == 1


def test_r_17_10_of_two_at_once_on_one_contact_the_second_sees_the_first():
    cast = make_cast()
    url = reverse("schools:contacts", args=[cast.host.urn])
    people = [(signed_in(cast.coordinator), "Mr C Dunlin"), (signed_in(cast.host_head), "Mrs A Teal")]
    forms: list[tuple[Client, dict[str, Any]]] = []
    for client, name in people:
        own = {"email": cast.host.email, "head_name": cast.host.head_name, "chair_name": name}
        forms.append((client, {**own, **hidden(client, url)}))
    assert all(kept.SHOWN in form for _, form in forms)

    def send() -> Any:
        client, form = forms.pop()
        return client.post(url, form)

    answers = at_once(2, send)
    assert Counter(answer.status_code for answer in answers) == {302: 1, 200: 1}
    cast.host.refresh_from_db()
    said = next(unescape(answer.content.decode()) for answer in answers if answer.status_code == 200)
    assert f"What was saved meanwhile: “{cast.host.chair_name}”" in said

"""Whom to ask stands on every page, paper and message (R-18.1)."""

from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from astcoord.core import documents, emails, policy
from astcoord.core.models.policy import Policy
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NAME, PHONE, HOURS, EMAIL = "Odette Marsh", "01632 960007", "Mondays to Thursdays, 9am to 3pm", "asts@marlshire.example"
ADDRESS = "Old Corn Exchange"


@pytest.fixture(autouse=True)
def office(cast: Cast) -> None:
    Policy.objects.update(
        office_contact=NAME, office_phone=PHONE, office_hours=HOURS, office_email=EMAIL, office_address=ADDRESS
    )


@pytest.mark.parametrize("url", ["/accounts/login/code/", "/nowhere/at/all/", "/accessibility/", "/privacy/"])
def test_r_18_1_pages_that_anybody_sees_say_whom_to_ask(client: Client, url: str) -> None:
    page = client.get(url, follow=True).content.decode()
    for said in (NAME, PHONE, HOURS, EMAIL, ADDRESS):
        assert said in page


@pytest.mark.parametrize("who", ["coordinator", "host_head", "ast", "chair"])
def test_r_18_1_so_does_everybodys_first_page(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    page = client.get("/").content.decode()
    assert f'href="tel:{PHONE.replace(" ", "")}"' in page
    assert f'href="mailto:{EMAIL}"' in page


def test_r_18_1_a_page_that_broke_says_so_too(client: Client, cast: Cast, monkeypatch: Any) -> None:
    broken(monkeypatch)
    client.force_login(cast.coordinator)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert PHONE in answer.content.decode()


def test_r_18_1_a_page_that_broke_with_its_database_is_still_a_page(
    client: Client, cast: Cast, monkeypatch: Any
) -> None:
    client.force_login(cast.coordinator)
    broken(monkeypatch)
    monkeypatch.setattr(policy, "in_force", _no_database)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "tell the AST co-ordinator" in answer.content.decode()


def test_r_18_1_every_message_is_signed_with_it(cast: Cast) -> None:
    reader = emails.Reader("Ida Thorne", "ida@school.example")
    _, text = emails.render("emails/base.txt", to=reader, authority=policy.in_force())
    assert text.endswith(
        f"{NAME}\nAST co-ordinator\n{policy.in_force().authority_name}\nTelephone {PHONE} ({HOURS})\n{EMAIL}\n"
    )


def test_r_18_1_a_code_to_sign_in_comes_with_it(client: Client, cast: Cast) -> None:
    client.post("/accounts/login/code/", {"email": cast.host_head.email})
    assert PHONE in mail.outbox[-1].body


def test_r_18_1_every_letterhead_has_it(cast: Cast) -> None:
    facts = {**documents.letterhead(), "language": "en"}
    page = render_to_string("documents/base.html", {"title": "A paper", "created_at": timezone.now(), **facts})
    for said in (NAME, PHONE, HOURS, EMAIL, ADDRESS):
        assert said in page


def test_what_the_office_has_not_entered_leaves_no_gap(client: Client) -> None:
    Policy.objects.update(office_contact="", office_phone="", office_hours="", office_email="", office_address="")
    page = client.get("/accounts/login/code/").content.decode()
    assert "Telephone" not in page
    assert "mailto:" not in page


def broken(monkeypatch: Any) -> None:
    def fails(*_: Any) -> Any:
        raise RuntimeError("planted")

    monkeypatch.setattr("astcoord.core.views.delays.told", fails)


def _no_database(*_: Any) -> Policy:
    raise DatabaseError("planted")

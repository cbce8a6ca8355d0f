"""R-17.12: a session that ends while somebody writes costs them nothing."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from astcoord.ui import kept
from evaluation.diary.models import DiaryEntry
from placements.placement.models import Placement
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
WORDS = " ".join(f"word{n}" for n in range(400))
HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def placement(cast: Cast) -> Placement:
    return cast.placement()


def form_of(client: Client, url: str) -> dict[str, str]:
    """The hidden fields of a page's forms, as a browser sends them."""
    main = client.get(url).content.decode().partition("<main")[2]
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', main))


def sign_in(client: Client, email: str, after: str) -> Any:
    client.post(reverse("account_request_login_code"), {"email": email, "next": after})
    found = re.search(r"^\s*(\d{6})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return client.post(reverse("account_confirm_login_code"), {"code": found[1], "next": after}, follow=True)


def sent_without_a_session(client: Client, cast: Cast, placement: Placement, **more: Any) -> str:
    """400 words for the diary, the session gone: the address that signing in leads to."""
    url = reverse("evaluation:write_up", args=[placement.pk])
    client.force_login(cast.ast)
    hidden = form_of(client, url)
    client.session.flush()
    answer = client.post(url, {**hidden, "evidence": WORDS, "days": "0.5", "submit": "Submit", **more})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    return url


def text_in(response: Any) -> str:
    found = re.search(r'<textarea[^>]*name="evidence"[^>]*>(.*?)</textarea>', response.content.decode(), re.DOTALL)
    return unescape(found[1]).strip() if found else ""


def test_r_17_12_400_words_are_there_after_signing_in_again(client: Client, cast: Cast, placement: Placement) -> None:
    url = sent_without_a_session(client, cast, placement)
    assert "What you typed is kept for an hour" in client.get(reverse("account_login"), follow=True).content.decode()
    page = sign_in(client, cast.ast.email, url)
    assert page.request["PATH_INFO"] == url
    assert text_in(page) == WORDS
    assert kept.NOT_SAVED in page.content.decode()
    assert "There is a problem" not in page.content.decode()
    assert not DiaryEntry.objects.exists(), "shown, not run"
    client.post(url, {"evidence": WORDS, "submit": "Submit"})
    assert text_in(client.get(url)) == "", "sent again: nothing is kept any longer"


def test_r_17_12_somebody_else_who_signs_in_there_sees_nothing(
    client: Client, cast: Cast, placement: Placement
) -> None:
    url = sent_without_a_session(client, cast, placement)
    sign_in(client, cast.host_head.email, url)
    assert kept.IN_SESSION not in client.session
    client.force_login(cast.ast)
    assert text_in(client.get(url)) == ""


def test_r_17_12_after_an_hour_it_is_gone(client: Client, cast: Cast, placement: Placement, clock: Any) -> None:
    url = sent_without_a_session(client, cast, placement)
    clock.shift(timedelta(minutes=61))
    assert text_in(sign_in(client, cast.ast.email, url)) == ""


def test_r_17_12_too_much_to_keep_is_said(client: Client, cast: Cast, placement: Placement) -> None:
    url = sent_without_a_session(client, cast, placement, activities="x" * (kept.MOST + 1))
    assert kept.TOO_LONG in client.get(reverse("account_login"), follow=True).content.decode()
    assert text_in(sign_in(client, cast.ast.email, url)) == ""


@pytest.mark.parametrize("owner", ["", "1", "1:forged"])
def test_r_17_12_a_form_that_is_nobodys_is_not_kept(
    client: Client, cast: Cast, placement: Placement, owner: str
) -> None:
    url = sent_without_a_session(client, cast, placement, **{kept.OWNER: owner})
    assert text_in(sign_in(client, cast.ast.email, url)) == ""


def test_r_17_12_a_form_older_than_the_present_session_keeps_its_words(cast: Cast, placement: Placement) -> None:
    client = Client(enforce_csrf_checks=True)
    url = reverse("evaluation:write_up", args=[placement.pk])
    client.force_login(cast.ast)
    hidden = form_of(client, url)
    stale = {**hidden, "csrfmiddlewaretoken": "x" * 64, "evidence": WORDS}
    assert text_in(client.post(url, stale, follow=True, **HERE)) == WORDS
    assert not DiaryEntry.objects.exists()


@pytest.mark.parametrize("sender", [{}, {"HTTP_ORIGIN": "http://elsewhere.example"}])
def test_another_site_puts_no_words_into_a_form(cast: Cast, placement: Placement, sender: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    url = reverse("evaluation:write_up", args=[placement.pk])
    client.force_login(cast.ast)
    hidden = form_of(client, url)
    refused = client.post(url, {**hidden, "csrfmiddlewaretoken": "x" * 64, "evidence": WORDS}, **sender)
    assert refused.status_code == 403
    assert text_in(client.get(url)) == ""


def test_r_17_12_a_button_pressed_meanwhile_leads_back_to_its_page(client: Client, cast: Cast) -> None:
    """The address of the button takes no GET."""
    page, button = reverse("staff:calendar"), reverse("staff:calendar_open")
    client.force_login(cast.ast)
    hidden = form_of(client, page)
    client.session.flush()
    client.post(button, hidden, HTTP_REFERER=f"http://testserver{page}")
    back = sign_in(client, cast.ast.email, button)
    assert back.status_code == 200
    assert back.request["PATH_INFO"] == page
    assert kept.PRESS_AGAIN in unescape(back.content.decode())

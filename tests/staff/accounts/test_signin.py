"""Signing in: codes that run out and work once, limits, no answer about who has an account, the second step."""

import re
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astcoord.core import delays, unreachable
from staff.accounts.adapter import NOT_SENT
from staff.accounts.models import User
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ASK, CONFIRM = "account_request_login_code", "account_confirm_login_code"
NOBODY = "nobody@elsewhere.example"


def ask(client: Client, email: str, **extra: Any) -> Any:
    return client.post(reverse(ASK), {"email": email}, follow=True, **extra)


def newest_code() -> str:
    found = re.search(r"^\s*(\d{6})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def enter(client: Client, code: str) -> Any:
    return client.post(reverse(CONFIRM), {"code": code}, follow=True)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def wrong(code: str) -> str:
    return "000000" if code != "000000" else "111111"


def test_a_code_signs_in_once(cast: Cast, client: Client) -> None:
    ask(client, cast.host_head.email)
    code = newest_code()
    enter(client, code)
    assert is_in(client)
    client.post(reverse("account_logout"))
    enter(client, code)
    assert not is_in(client)
    other = Client()
    ask(other, cast.host_head.email)
    enter(other, code if code != newest_code() else wrong(code))
    assert not is_in(other), "an old code is of no use to a new request"


def test_a_code_is_of_no_use_in_another_browser(cast: Cast, client: Client) -> None:
    ask(client, cast.host_head.email)
    elsewhere = Client()
    enter(elsewhere, newest_code())
    assert not is_in(elsewhere)


def test_a_code_runs_out(cast: Cast, client: Client, clock: Any) -> None:
    ask(client, cast.host_head.email)
    clock.shift(timedelta(minutes=15, seconds=5))
    enter(client, newest_code())
    assert not is_in(client)


def test_three_wrong_tries_end_a_code_in_our_words(cast: Cast, client: Client) -> None:
    ask(client, cast.host_head.email)
    code = newest_code()
    page = enter(client, wrong(code)).content.decode()
    assert "Enter the 6-digit code from the newest e-mail: this one is not right" in page
    enter(client, wrong(code))
    assert "too many tries" in enter(client, wrong(code)).content.decode()
    enter(client, code)
    assert not is_in(client)


@pytest.mark.parametrize("odd", ["---", "  ", "é" * 6, "1" * 500, "\x00"])
@pytest.mark.parametrize("known", [True, False])
def test_odd_codes_are_only_wrong(cast: Cast, client: Client, odd: str, known: bool) -> None:
    ask(client, cast.host_head.email if known else NOBODY)
    assert enter(client, odd).status_code == 200
    assert not is_in(client)


def test_nobody_learns_who_has_an_account(cast: Cast) -> None:
    pages = {}
    for email in (cast.host_head.email, NOBODY):
        client = Client()
        asked = ask(client, email)
        tried = enter(client, "000000")
        pages[email] = [
            (asked.redirect_chain, plain(asked, email)),
            (tried.redirect_chain, plain(tried, email)),
        ]
    assert pages[cast.host_head.email] == pages[NOBODY]


def plain(response: Any, email: str) -> str:
    """The page without what differs from one request to the next."""
    text = response.content.decode().replace(email, "EMAIL")
    text = re.sub(r'nonce="[^"]+"', "", text)
    return re.sub(r'name="(csrfmiddlewaretoken|form_key)" value="[^"]+"', "", text)


def test_known_and_unknown_addresses_cost_the_same_work(cast: Cast) -> None:
    """The slow part, a talk with the mail relay, happens once for either; so a stopwatch tells nothing."""
    sent = []
    for email in (cast.host_head.email, NOBODY):
        before = len(mail.outbox)
        ask(Client(), email)
        sent.append(len(mail.outbox) - before)
    assert sent == [1, 1]
    assert mail.outbox[-1].to == [NOBODY]
    assert not re.search(r"\d{6}", str(mail.outbox[-1].body))


def test_a_suspended_account_looks_like_none(cast: Cast) -> None:
    User.objects.filter(pk=cast.host_head.pk).update(is_active=False)
    client, other = Client(), Client()
    first, second = ask(client, cast.host_head.email), ask(other, NOBODY)
    assert plain(first, cast.host_head.email) == plain(second, NOBODY)
    assert "No account can sign in" in mail.outbox[0].subject


def test_codes_are_not_sent_without_end_to_one_address(cast: Cast, clock: Any) -> None:
    for n in range(40):
        ask(Client(REMOTE_ADDR=f"192.0.2.{n + 1}"), cast.host_head.email)
        clock.shift(timedelta(minutes=1))
    assert len(mail.outbox) == 10


def test_the_limit_of_an_address_is_the_same_for_an_unknown_one(cast: Cast) -> None:
    for email in (cast.host_head.email, NOBODY):
        cache.clear()
        pages = [ask(Client(), email).content.decode() for _ in range(4)]
        assert "too many tries" in pages[3]
        assert "too many tries" not in pages[2]


def test_an_emptied_cache_lets_no_more_codes_go(cast: Cast) -> None:
    for _ in range(4):
        ask(Client(), cast.host_head.email)
        cache.clear()
    assert len(mail.outbox) == 3


def test_codes_are_not_sent_without_end_from_one_place(cast: Cast) -> None:
    answers = [ask(Client(), f"somebody-{n}@elsewhere.example").status_code for n in range(22)]
    assert len(mail.outbox) == 20, answers


def test_a_new_code_from_the_second_page_is_counted_too(cast: Cast, client: Client) -> None:
    page = ask(client, cast.host_head.email).content.decode()
    again = reverse("staff:sign_in_again")
    assert f'action="{again}"' in page
    first = newest_code()
    answers = [client.post(again, {"email": cast.host_head.email}, follow=True).content.decode() for _ in range(4)]
    assert len(mail.outbox) == 3
    assert "too many tries" in answers[-1]
    if first != newest_code():
        enter(client, first)
        assert not is_in(client)


def test_a_new_code_for_an_unknown_address_takes_as_long(cast: Cast, client: Client) -> None:
    ask(client, NOBODY)
    client.post(reverse("staff:sign_in_again"), {"email": NOBODY})
    assert len(mail.outbox) == 2


def test_a_mistyped_address_can_be_put_right(cast: Cast, client: Client) -> None:
    ask(client, "rowen@marlshire.example")
    response = client.post(reverse("staff:sign_in_again"), follow=True)
    assert response.redirect_chain[-1][0] == reverse(ASK)
    ask(client, cast.host_head.email)
    enter(client, newest_code())
    assert is_in(client)
    assert client.post(reverse("staff:sign_in_again")).headers["Location"] == "/"


def test_a_relay_that_is_away_is_no_error_and_tells_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> int:
        raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as away:
        away.setattr("django.core.mail.message.EmailMessage.send", refuse)
        for email in (cast.host_head.email, NOBODY):
            response = ask(Client(), email)
            assert response.status_code == 200
            assert NOT_SENT in response.content.decode()
    told = delays.told(cast.coordinator, timezone.now())
    assert told
    assert told.relay_reason == "it ended the connection in the middle"
    ask(Client(), cast.host_head.email)  # the next one goes: nobody is told any more
    assert not delays.told(cast.coordinator, timezone.now())


def test_no_code_and_no_address_in_the_log(cast: Cast, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    ask(client, cast.host_head.email)
    code = newest_code()
    enter(client, wrong(code))
    enter(client, code)
    assert is_in(client)
    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    text = "\n".join(record.getMessage() for record in ours)
    assert cast.host_head.email not in text
    assert code not in text


def test_signing_out_everywhere_ends_the_other_sessions_only(cast: Cast) -> None:
    browsers = [Client(HTTP_USER_AGENT=f"Browser {n}") for n in range(3)]
    for browser in browsers:
        ask(browser, cast.host_head.email)
        enter(browser, newest_code())
    page = browsers[0].get(reverse("usersessions_list")).content.decode()
    assert all(f"Browser {n}" in page for n in range(3))
    browsers[0].post(reverse("usersessions_list"))
    assert [browser.get("/").status_code for browser in browsers] == [200, 302, 302]


def test_sessions_do_not_outlive_the_browser_or_twelve_hours(cast: Cast, client: Client) -> None:
    ask(client, cast.host_head.email)
    enter(client, newest_code())
    cookie = client.cookies["sessionid"]
    assert cookie["max-age"] == ""
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    left = Session.objects.get(session_key=cookie.value).expire_date - timezone.now()
    assert left <= timedelta(hours=12)
    assert UserSession.objects.filter(user=cast.host_head).count() == 1


def test_a_code_goes_to_an_address_at_which_e_mail_comes_back(cast: Cast, client: Client) -> None:
    """A report that is wrong, or forged, keeps nobody out."""
    unreachable.note(cast.host_head.email, said="550 5.1.1", at=timezone.now())
    ask(client, cast.host_head.email)
    enter(client, newest_code())
    assert is_in(client)


@pytest.mark.parametrize("address", [f"a@{'é' * 60}.example", "josé@oakfield.example", "a@straße.example"])
def test_an_address_that_no_mail_server_takes_is_told_where_it_is_typed(client: Client, address: str) -> None:
    page = ask(client, address)
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert mail.outbox == []


HIDDEN = re.compile(r'<input type="hidden" name="(next)" value="([^"]*)"')


def test_r_18_2_a_link_from_a_message_leads_there_after_signing_in(client: Client, cast: Cast) -> None:
    """Whoever is signed out goes on to where the message led: by the forms' own fields, as a browser sends them."""
    wanted = reverse("staff:cpd_log")
    asked = client.get(wanted, follow=True)
    kept = dict(HIDDEN.findall(asked.content.decode()))
    assert kept == {"next": wanted}, "the page that asks for the address remembers where to"
    sent = client.post(reverse(ASK), {"email": cast.host_head.email, **kept}, follow=True)
    kept = dict(HIDDEN.findall(sent.content.decode()))
    inside = client.post(reverse(CONFIRM), {"code": newest_code(), **kept})
    assert inside["Location"] == wanted

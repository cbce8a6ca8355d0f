"""Who changes the way to sign in shows once more who they are; nothing that was written is lost."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from staff.accounts.middleware import GUARDED, GUARDED_FOR_THE_OFFICE
from staff.accounts.models import User
from tests.cast import Cast
from tests.staff.accounts.test_second_step import current_code
from tests.staff.accounts.test_signin import ask, enter, newest_code, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("clock_stands")]
CONFIRM = "/people/confirm/"
A_WHILE = timedelta(minutes=11)


def path_of(name: str, person: User) -> str:
    for numbers in range(3):
        with suppress(NoReverseMatch):
            return reverse(name, args=[person.pk] * numbers)
    raise NoReverseMatch(name)


@pytest.fixture
def signed_in(cast: Cast, client: Client) -> Client:
    ask(client, cast.coordinator.email)
    enter(client, newest_code())
    return client


@pytest.mark.parametrize("name", sorted(GUARDED | GUARDED_FOR_THE_OFFICE))
def test_what_decides_how_people_sign_in_asks_for_a_fresh_sign_in(
    cast: Cast, signed_in: Client, clock: Any, name: str
) -> None:
    path = path_of(name, cast.host_head)
    before = signed_in.get(path)
    assert before.status_code in (200, 302, 404, 405)
    assert not before.headers.get("Location", "").startswith(CONFIRM)
    clock.shift(A_WHILE)
    for answer in (signed_in.get(path), signed_in.post(path)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(CONFIRM)


def test_a_head_corrects_the_own_contacts_without_confirming(cast: Cast, client: Client, clock: Any) -> None:
    ask(client, cast.host_head.email)
    enter(client, newest_code())
    clock.shift(A_WHILE)
    assert client.get(reverse("schools:contacts", args=[cast.host.urn])).status_code == 200


def test_a_code_by_e_mail_confirms_it_and_leads_back(cast: Cast, signed_in: Client, clock: Any) -> None:
    clock.shift(A_WHILE)
    sent = len(mail.outbox)
    asked = signed_in.get(reverse("mfa_activate_totp"), follow=True)
    assert "Confirm that it is you" in asked.content.decode()
    assert len(mail.outbox) == sent, "opening the page sends nothing"
    url = asked.redirect_chain[-1][0]
    page = signed_in.post(url, {"next": "/accounts/2fa/totp/activate/"}, follow=True).content.decode()
    assert mail.outbox[-1].to == [cast.coordinator.email]
    assert cast.coordinator.email in page
    code = newest_code()
    page = signed_in.post(CONFIRM, {"code": wrong(code), "next": "/accounts/2fa/totp/activate/"}).content.decode()
    assert "this one is not right" in page
    done = signed_in.post(CONFIRM, {"code": code, "next": "/accounts/2fa/totp/activate/"})
    assert done.headers["Location"] == "/accounts/2fa/totp/activate/"
    assert signed_in.get("/accounts/2fa/totp/activate/").status_code == 200
    again = signed_in.post(CONFIRM, {"code": code, "next": "https://elsewhere.example/"})
    assert again.headers["Location"].startswith(CONFIRM), "a code works once"


def test_three_wrong_tries_end_the_code_and_it_runs_out(cast: Cast, signed_in: Client, clock: Any) -> None:
    clock.shift(A_WHILE)
    signed_in.post(CONFIRM)
    code = newest_code()
    for _ in range(3):
        signed_in.post(CONFIRM, {"code": wrong(code)})
    assert "too many tries" in signed_in.post(CONFIRM, {"code": code}, follow=True).content.decode()
    clock.shift(timedelta(minutes=2))
    signed_in.post(CONFIRM)
    clock.shift(timedelta(minutes=16))
    page = signed_in.post(CONFIRM, {"code": newest_code()}, follow=True).content.decode()
    assert "This code no longer works" in page
    assert "too many tries" not in page
    assert signed_in.get(reverse("mfa_activate_totp")).status_code == 302


def test_codes_to_confirm_are_limited_like_those_to_sign_in(cast: Cast, signed_in: Client) -> None:
    sent = len(mail.outbox)
    for _ in range(5):
        page = signed_in.post(CONFIRM, follow=True).content.decode()
    assert len(mail.outbox) - sent < 4
    assert "tried too often" in page


def test_who_has_a_second_step_confirms_with_it(cast: Cast, client: Client, clock: Any) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.coordinator, secret)
    client.force_login(cast.coordinator)
    clock.shift(A_WHILE)
    asked = client.get(reverse("mfa_deactivate_totp"), follow=True)
    assert asked.redirect_chain[-1][0].startswith(reverse("mfa_reauthenticate"))
    path = reverse("mfa_deactivate_totp")
    done = client.post(reverse("mfa_reauthenticate"), {"code": current_code(secret), "next": path})
    assert done.headers["Location"] == path
    assert client.post(path).status_code == 302
    assert not Authenticator.objects.filter(user=cast.coordinator, type="totp").exists()


def test_what_was_written_is_there_after_confirming(cast: Cast, signed_in: Client, clock: Any) -> None:
    path = reverse("staff:person_change", args=[cast.host_head.pk])
    signed_in.get(path)
    clock.shift(A_WHILE)
    answer = signed_in.post(path, {"name": "Rowena Oakhanger-Vale", "email": "rowena@fernleigh.example"})
    assert answer.headers["Location"].startswith(CONFIRM)
    signed_in.post(CONFIRM, {"next": path})
    signed_in.post(CONFIRM, {"code": newest_code(), "next": path})
    page = signed_in.get(path).content.decode()
    assert "Rowena Oakhanger-Vale" in page
    assert "it has not been saved yet" in page
    assert User.objects.get(pk=cast.host_head.pk).name != "Rowena Oakhanger-Vale"


def test_what_gives_people_access_is_kept_and_not_done_before_confirming(
    cast: Cast, signed_in: Client, clock: Any
) -> None:
    path = reverse("staff:person_add")
    clock.shift(A_WHILE)
    given = {"name": "Rowena Oakhanger-Vale", "email": "rowena@elsewhere.example", "role": "COORDINATOR"}
    assert signed_in.post(path, given).headers["Location"].startswith(CONFIRM)
    signed_in.post(CONFIRM, {"next": path})
    assert signed_in.post(CONFIRM, {"code": newest_code(), "next": path}).headers["Location"] == path
    assert "rowena@elsewhere.example" in signed_in.get(path).content.decode()
    assert not User.objects.filter(email="rowena@elsewhere.example").exists()


def test_a_button_pressed_before_confirming_is_told_to_be_pressed_again(
    cast: Cast, signed_in: Client, clock: Any
) -> None:
    User.objects.filter(pk=cast.host_head.pk).update(is_active=False)
    path, page = (reverse(name, args=[cast.host_head.pk]) for name in ("staff:person_reopen", "staff:person"))
    clock.shift(A_WHILE)
    signed_in.post(path, headers={"Referer": f"http://testserver{page}"})
    signed_in.post(CONFIRM, {"next": path})
    signed_in.post(CONFIRM, {"code": newest_code(), "next": path})
    back = signed_in.get(path, follow=True)
    assert back.redirect_chain[-1][0] == page
    assert "nothing has been done yet" in back.content.decode()
    signed_in.post(path)
    assert User.objects.get(pk=cast.host_head.pk).is_active


def test_the_secret_that_was_scanned_stays_the_same(cast: Cast, signed_in: Client, clock: Any) -> None:
    path = reverse("mfa_activate_totp")
    signed_in.get(path)
    secret = signed_in.session["mfa.totp.secret"]
    clock.shift(A_WHILE)
    assert signed_in.post(path, {"code": current_code(secret)}).status_code == 302
    signed_in.post(CONFIRM, {"next": path})
    signed_in.post(CONFIRM, {"code": newest_code(), "next": path})
    signed_in.get(path)
    assert signed_in.session["mfa.totp.secret"] == secret
    signed_in.post(path, {"code": current_code(secret)})
    assert Authenticator.objects.filter(user=cast.coordinator, type="totp").exists()
    assert signed_in.get(reverse("mfa_view_recovery_codes")).status_code == 200, "not asked once more"


def test_nobody_is_led_to_another_site(cast: Cast, signed_in: Client) -> None:
    signed_in.post(CONFIRM)
    done = signed_in.post(CONFIRM, {"code": newest_code(), "next": "https://elsewhere.example/"})
    assert done.headers["Location"] == "/"

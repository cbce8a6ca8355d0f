"""Codes tried by forty at once: no more are judged than one after the other, and one request signs in."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from django.urls import reverse

from astcoord.core import tries
from astcoord.core.models.tries import Tries
from staff.accounts.forms import signin
from tests.cast import Cast, make_cast
from tests.services.test_races import at_once
from tests.staff.accounts.test_second_step import current_code
from tests.staff.accounts.test_signin import ask, newest_code

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 40
CONFIRM = "/accounts/login/code/confirm/"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return watched(monkeypatch)


def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each code that is held against the right one."""
    seen: list[str] = []
    compare = "allauth.account.forms.compare_user_code"

    def counted(*, actual: str, expected: str) -> bool:
        seen.append(actual)
        return bool(expected) and actual == expected

    monkeypatch.setattr(compare, counted)
    return seen


def twins(browser: Client, number: int) -> list[Client]:
    """The same browser, so many times."""
    made = [Client() for _ in range(number)]
    for twin in made:
        twin.cookies = browser.cookies.copy()
    return made


def others(code: str) -> list[str]:
    """Codes that are wrong, all different."""
    return [f"{(int(code) + step) % 1000000:06}" for step in range(1, AT_ONCE + 1)]


def send_all(browser: Client, url: str, codes: list[str]) -> list[Any]:
    """Each code from a request of its own, all at once; the answers' statuses or errors."""
    pairs = list(zip(twins(browser, len(codes)), codes, strict=True))

    def send() -> Any:
        twin, code = pairs.pop()
        return twin, twin.post(url, {"code": code}).status_code

    return at_once(len(codes), send)


def signed_in(answers: list[Any]) -> int:
    return sum("_auth_user_id" in twin.session for twin, _ in answers)


def asked(email: str) -> tuple[Client, str]:
    Tries.objects.all().delete()
    mail.outbox.clear()
    browser = Client()
    ask(browser, email)
    return browser, newest_code()


def test_of_forty_codes_at_once_three_are_judged(cast: Cast, judged: list[str]) -> None:
    browser, code = asked(cast.host_head.email)
    answers = send_all(browser, CONFIRM, others(code))
    assert {status for _, status in answers} <= {200, 302}, answers
    assert len(judged) == 3
    assert signed_in(answers) == 0
    browser.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in browser.session, "nor is the right one, afterwards"


def test_of_forty_asked_for_at_once_three_codes_are_sent(cast: Cast) -> None:
    answers = at_once(AT_ONCE, lambda: ask(Client(), cast.host_head.email).status_code)
    assert set(answers) == {200}
    assert len(mail.outbox) == 3


def test_one_right_code_sent_forty_times_at_once_signs_in_once(cast: Cast) -> None:
    browser, code = asked(cast.host_head.email)
    answers = send_all(browser, CONFIRM, [code] * AT_ONCE)
    assert {status for _, status in answers} == {302}, answers
    assert signed_in(answers) == 1


def test_of_forty_app_codes_at_once_five_are_judged(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.coordinator, secret)
    seen: list[str] = []
    monkeypatch.setattr(totp, "validate_totp_code", lambda _, code: bool(seen.append(code)))
    browser, code = asked(cast.coordinator.email)
    browser.post(CONFIRM, {"code": code})
    answers = send_all(browser, reverse("mfa_authenticate"), others("123456"))
    assert {status for _, status in answers} == {200}, answers
    assert 1 <= len(seen) <= signin.TRIES


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_one_second_step_sent_by_many_at_once_signs_in_once(cast: Cast, kind: str) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.coordinator, secret)
    recovery = RecoveryCodes.activate(cast.coordinator).get_unused_codes()[0]
    browsers = []
    for _ in range(5):
        browser, code = asked(cast.coordinator.email)
        browser.post(CONFIRM, {"code": code})
        browsers.append(browser)
    code = current_code(secret) if kind == "app" else recovery

    def send() -> Any:
        browser = browsers.pop()
        return browser, browser.post(reverse("mfa_authenticate"), {"code": code}).status_code

    answers = at_once(5, send)
    assert signed_in(answers) == 1, answers
    used = Authenticator.objects.get(user=cast.coordinator, type="recovery_codes").data["used_mask"]
    assert used == (0 if kind == "app" else 1)


def test_tries_are_counted_by_the_database(cast: Cast) -> None:
    results = at_once(AT_ONCE, lambda: tries.one_more("a secret", most=3, within=60))
    assert sorted(results) == [False] * (AT_ONCE - 3) + [True] * 3
    assert sorted(at_once(8, lambda: tries.use("a secret"))) == [False] * 7 + [True]

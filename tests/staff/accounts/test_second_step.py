"""The second step: who must have one, that it is asked for, and what happens when one comes."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from staff.accounts import second_step
from tests.cast import Cast
from tests.staff.accounts.test_signin import ask, enter, is_in, newest_code, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands")]


@pytest.fixture
def required(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.mark.parametrize("who", ["coordinator", "administrator", "consultant"])
def test_those_who_see_many_schools_set_up_a_second_step_first(
    cast: Cast, client: Client, required: None, who: str
) -> None:
    person = getattr(cast, who)
    client.force_login(person)
    for path in ("/", reverse("staff:people"), reverse("schools:list"), reverse("mfa_view_recovery_codes")):
        assert client.get(path).headers.get("Location") == reverse("staff:second_step"), path
        assert client.post(path).headers.get("Location") == reverse("staff:second_step"), path
    page = client.get(reverse("staff:second_step")).content.decode()
    assert "Set up an authenticator app" in page
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_logout", "privacy"):
        assert client.get(reverse(name)).status_code == 200, name
    totp.TOTP.activate(person, totp.generate_totp_secret())
    assert client.get("/").status_code == 200
    assert client.get(reverse("staff:second_step")).headers["Location"] == "/"


def test_everybody_else_is_offered_one_and_not_kept_out(cast: Cast, client: Client, required: None) -> None:
    for person in (cast.host_head, cast.ast, cast.chair, cast.officer):
        client.force_login(person)
        assert client.get("/").status_code == 200
        assert client.get(reverse("mfa_index")).status_code == 200
        assert client.get(reverse("staff:second_step")).status_code == 200


def test_recovery_codes_alone_are_no_second_step(cast: Cast, client: Client, required: None) -> None:
    Authenticator.objects.create(user=cast.coordinator, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    client.force_login(cast.coordinator)
    assert client.get("/").headers["Location"] == reverse("staff:second_step")


def test_where_it_is_not_required_it_is_not_asked_for(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    assert client.get("/").status_code == 200


def test_who_sets_up_the_second_step_may_stay_signed_in(cast: Cast, client: Client, required: None) -> None:
    client.force_login(cast.coordinator)
    assert client.get("/").headers["Location"] == reverse("staff:second_step")
    assert client.get(reverse("staff:stay")).status_code == 200


def test_a_role_that_begins_needs_the_second_step_from_then_on(
    cast: Cast, client: Client, required: None, clock: Any
) -> None:
    cast.officer.roles.update(role="coordinator", starts_on="2026-10-07")
    client.force_login(cast.officer)
    assert client.get("/").status_code == 200
    clock.shift(timedelta(days=1))
    client.force_login(cast.officer)
    assert client.get("/").headers["Location"] == reverse("staff:second_step")


def current_code(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def test_the_app_is_asked_for_after_the_e_mail_and_a_code_of_it_works_once(
    cast: Cast, client: Client, clock: Any
) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.coordinator, secret)
    for browser, again in ((client, False), (Client(), True)):
        ask(browser, cast.coordinator.email)
        response = enter(browser, newest_code())
        assert not is_in(browser)
        assert response.redirect_chain[-1][0] == reverse("mfa_authenticate")
        code = current_code(secret)
        page = browser.post(reverse("mfa_authenticate"), {"code": code}, follow=True).content.decode()
        assert is_in(browser) is not again
        assert ("this one is not right" in page) is again


def test_tries_at_the_second_step_are_limited(cast: Cast, client: Client) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.coordinator, secret)
    ask(client, cast.coordinator.email)
    enter(client, newest_code())
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": wrong(current_code(secret))})
    page = client.post(reverse("mfa_authenticate"), {"code": current_code(secret)}, follow=True).content.decode()
    assert not is_in(client)
    assert "too many tries" in page


def test_a_new_second_step_ends_other_sessions_and_tells_the_person(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        ask(browser, cast.coordinator.email)
        enter(browser, newest_code())
    here.get(reverse("mfa_activate_totp"))
    secret = here.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        here.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})
    assert second_step.has_one(cast.coordinator)
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert "An authenticator app has been set up" in Message.objects.get(kind="sign-in-changed").body
    assert AuditEvent.objects.about(cast.coordinator).first().verb == "Second step set up: an authenticator app"


@pytest.mark.parametrize("who", ["host_head", "ast", "chair", "officer"])
def test_a_second_step_is_offered_until_it_is_answered_and_never_again(cast: Cast, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who))
    url = reverse("staff:second_step")
    assert url in client.get("/").content.decode()
    page = client.get(url).content.decode()
    assert "Set up an authenticator app" in page
    assert "I do not want one now" in page
    done = client.post(url, follow=True).content.decode()
    assert "Nothing changes" in done
    assert url not in client.get("/").content.decode()
    assert client.get(url).headers["Location"] == "/"
    assert client.get(reverse("mfa_activate_totp")).status_code == 200, "Security still has it"


def test_who_has_a_second_step_is_not_offered_one(cast: Cast, client: Client) -> None:
    totp.TOTP.activate(cast.host_head, totp.generate_totp_secret())
    client.force_login(cast.host_head)
    assert reverse("staff:second_step") not in client.get("/").content.decode()


def test_the_policy_may_ask_it_of_more_roles_and_declining_does_not_help(cast: Cast, client: Client) -> None:
    client.force_login(cast.host_head)
    client.post(reverse("staff:second_step"))
    Policy.objects.update(second_step_roles=("headteacher",))
    assert client.get("/").headers["Location"] == reverse("staff:second_step")
    page = client.post(reverse("staff:second_step")).content.decode()
    assert "I do not want one now" not in page
    totp.TOTP.activate(cast.host_head, totp.generate_totp_secret())
    assert client.get("/").status_code == 200
    client.force_login(cast.ast)
    assert client.get("/").status_code == 200

"""A changed address or role ends sessions, and codes that are under way; a recovery code that is used is told."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.roles import Role
from staff.accounts import sessions
from staff.accounts.actions import accounts, heads, merging, people
from staff.accounts.models import User
from tests.cast import Cast
from tests.staff.accounts.test_second_step import current_code
from tests.staff.accounts.test_signin import ask, enter, is_in, newest_code, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands")]


def new_address(cast: Cast) -> None:
    head = cast.host_head
    people.change_person(person=head, name=head.name, email="new@fernleigh.example", by=cast.coordinator)


def new_role(cast: Cast) -> None:
    people.add_person(
        name="x", email=cast.host_head.email, role=Role.GOVERNOR, school=cast.elsewhere, by=cast.coordinator
    )


def handed_over(cast: Cast) -> None:
    heads.hand_over(
        school=cast.host, name="Nerys Holloway", email="n@x.example", starts_on=date(2026, 10, 6), by=cast.coordinator
    )


def other_subjects(cast: Cast) -> None:
    people.change_subjects(assignment=cast.consultant.roles.get(), subjects=("music",), by=cast.coordinator)


def merged(cast: Cast) -> None:
    role = people.add_person(name="x", email="second@x.example", role=Role.OFFICER, by=cast.coordinator)
    merging.merge(keep=cast.host_head, other=role.user, reason="One person", by=cast.coordinator, take_address=True)


def by_any_way(cast: Cast) -> None:
    cast.host_head.roles.update(role=Role.GOVERNOR)


CHANGES: list[tuple[str, Callable[[Cast], None]]] = [
    ("host_head", new_address),
    ("host_head", new_role),
    ("host_head", handed_over),
    ("consultant", other_subjects),
    ("host_head", merged),
    ("host_head", by_any_way),
]


@pytest.mark.parametrize(("who", "change"), CHANGES)
def test_a_changed_address_or_role_ends_every_session(cast: Cast, who: str, change: Callable[[Cast], None]) -> None:
    browser = Client()
    browser.force_login(getattr(cast, who))
    assert browser.get("/").status_code == 200
    change(cast)
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize(("who", "change"), CHANGES)
def test_a_changed_address_or_role_ends_a_code_under_way(
    cast: Cast, client: Client, who: str, change: Callable[[Cast], None]
) -> None:
    ask(client, getattr(cast, who).email)
    code = newest_code()
    change(cast)
    page = enter(client, code).content.decode()
    assert not is_in(client)
    assert sessions.CHANGED in page


@pytest.mark.parametrize(("who", "change"), CHANGES)
def test_a_changed_address_or_role_ends_a_sign_in_before_its_second_step(
    cast: Cast, client: Client, who: str, change: Callable[[Cast], None]
) -> None:
    person, secret = getattr(cast, who), totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    ask(client, person.email)
    enter(client, newest_code())
    change(cast)
    page = client.post(reverse("mfa_authenticate"), {"code": current_code(secret)}, follow=True).content.decode()
    assert not is_in(client)
    assert sessions.CHANGED in page


def test_a_suspension_between_code_and_second_step_lets_nobody_in(cast: Cast, client: Client) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.host_head, secret)
    ask(client, cast.host_head.email)
    enter(client, newest_code())
    accounts.suspend(person=cast.host_head, reason="x", by=cast.coordinator)
    page = client.post(reverse("mfa_authenticate"), {"code": current_code(secret)}, follow=True).content.decode()
    assert not is_in(client)
    assert "Your account is closed" in page


def test_who_changes_the_own_address_stays_here_and_is_signed_out_elsewhere(cast: Cast) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        browser.force_login(cast.coordinator)
    url = reverse("staff:person_change", args=[cast.coordinator.pk])
    sent = {"name": cast.coordinator.name, "email": "new@marlshire.example"}
    assert here.post(url, sent).status_code == 302
    assert User.objects.get(pk=cast.coordinator.pk).email == "new@marlshire.example"
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


def test_a_name_put_right_ends_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.host_head)
    people.change_person(person=cast.host_head, name="Ms M Alder-Wren", email=cast.host_head.email, by=cast.coordinator)
    assert client.get("/").status_code == 200


def test_the_day_on_which_a_role_ends_ends_the_session(cast: Cast, client: Client, clock: Any) -> None:
    people.end_role(assignment=cast.host_head.roles.get(), ends_on=date(2026, 10, 6), by=cast.coordinator)
    client.force_login(cast.host_head)
    assert client.get("/").status_code == 200
    clock.shift(timedelta(hours=15))
    assert client.get("/").status_code == 302


def recovery_codes(person: User) -> list[str]:
    totp.TOTP.activate(person, totp.generate_totp_secret())
    return RecoveryCodes.activate(person).get_unused_codes()


def test_a_recovery_code_works_once_is_written_down_and_told(cast: Cast) -> None:
    codes = recovery_codes(cast.coordinator)
    for browser, again in ((Client(), False), (Client(), True)):
        ask(browser, cast.coordinator.email)
        enter(browser, newest_code())
        page = browser.post(reverse("mfa_authenticate"), {"code": codes[0]}, follow=True).content.decode()
        assert is_in(browser) is not again
        assert (f"{len(codes) - 1} codes are left." in page) is not again
    event = AuditEvent.objects.about(cast.coordinator).get(verb="Recovery code used")
    assert (event.by, event.after) == (cast.coordinator, {"codes left": len(codes) - 1})
    told = Message.objects.get(kind="sign-in-changed")
    assert told.to_email == cast.coordinator.email
    assert f"{len(codes) - 1} codes are left." in told.body
    assert codes[0] not in told.body


def test_the_last_recovery_code_says_to_get_new_ones(cast: Cast, client: Client) -> None:
    codes = recovery_codes(cast.coordinator)
    Authenticator.objects.filter(type="recovery_codes").update(
        data={**Authenticator.objects.get(type="recovery_codes").data, "used_mask": 2 ** len(codes) - 2}
    )
    ask(client, cast.coordinator.email)
    enter(client, newest_code())
    page = client.post(reverse("mfa_authenticate"), {"code": codes[0]}, follow=True).content.decode()
    assert "0 codes are left. Get new ones" in page


def test_tries_at_the_second_step_count_over_all_browsers_and_end_after_five_minutes(cast: Cast, clock: Any) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.coordinator, secret)
    for number in range(5):
        browser = Client(REMOTE_ADDR=f"192.0.2.{number + 1}")
        ask(browser, cast.coordinator.email)
        enter(browser, newest_code())
        browser.post(reverse("mfa_authenticate"), {"code": wrong(current_code(secret))})
        clock.shift(timedelta(seconds=25))
    last = Client(REMOTE_ADDR="192.0.2.99")
    ask(last, cast.coordinator.email)
    enter(last, newest_code())
    assert "too many tries" in last.post(reverse("mfa_authenticate"), {"code": current_code(secret)}).content.decode()
    clock.shift(timedelta(minutes=4))
    last.post(reverse("mfa_authenticate"), {"code": current_code(secret)})
    assert is_in(last)

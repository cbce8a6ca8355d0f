"""A device of one's own stays signed in for 30 days, where the policy says so; signing out everywhere (issue 15)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.policy import Policy
from staff.accounts.sessions import NOT_ANY_MORE
from tests.cast import Cast
from tests.staff.accounts.test_signin import is_in, newest_code

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("clock_stands")]


@pytest.fixture
def allowed(cast: Cast) -> None:
    Policy.objects.update(remember_devices=True, others_idle_minutes=30)


def sign_in(person: Any, **more: str) -> Client:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": person.email})
    client.post(reverse("account_confirm_login_code"), {"code": newest_code(), **more})
    assert is_in(client)
    return client


def opens_after(client: Client, clock: Any, **time: int) -> bool:
    clock.shift(timedelta(**time))
    return bool(client.get("/").status_code == 200)


@pytest.mark.usefixtures("allowed")
def test_a_device_is_remembered_for_30_days_over_the_end_of_the_browser(cast: Cast, clock: Any) -> None:
    ast = sign_in(cast.ast, remember="on")
    assert ast.cookies["sessionid"]["max-age"] == 30 * 86400
    assert "Remembered until" in ast.get(reverse("usersessions_list")).content.decode()
    assert opens_after(ast, clock, days=29)
    assert not opens_after(ast, clock, days=2)


@pytest.mark.usefixtures("allowed")
def test_without_the_tick_it_is_as_before(cast: Cast, clock: Any) -> None:
    ast = sign_in(cast.ast)
    assert ast.cookies["sessionid"]["max-age"] == ""
    assert not opens_after(ast, clock, minutes=31)


@pytest.mark.usefixtures("allowed")
def test_nobody_at_the_authority_and_nobody_with_a_second_step_is_remembered(cast: Cast, clock: Any) -> None:
    Policy.objects.update(second_step_roles=("headteacher",))
    for person in (cast.coordinator, cast.administrator, cast.consultant, cast.officer, cast.host_head):
        client = sign_in(person, remember="on")
        assert client.cookies["sessionid"]["max-age"] == "", person
    assert not opens_after(client, clock, minutes=31)


def test_it_is_off_at_first_and_over_when_the_policy_says_so(cast: Cast, client: Client) -> None:
    assert sign_in(cast.ast, remember="on").cookies["sessionid"]["max-age"] == ""
    Policy.objects.update(remember_devices=True)
    ast = sign_in(cast.ast, remember="on")
    Policy.objects.update(remember_devices=False)
    assert NOT_ANY_MORE in ast.get("/", follow=True).content.decode()
    assert not is_in(ast)


@pytest.mark.usefixtures("allowed")
def test_everywhere_is_everywhere(cast: Cast) -> None:
    telephone, desk, another = sign_in(cast.ast, remember="on"), sign_in(cast.ast), sign_in(cast.host_head)
    page = desk.post(reverse("staff:sign_out_everywhere"), follow=True).content.decode()
    assert "You are signed out everywhere." in page
    assert telephone.get("/").status_code == desk.get("/").status_code == 302
    assert another.get("/").status_code == 200
    assert AuditEvent.objects.filter(verb="Signed out everywhere", by=cast.ast).count() == 1

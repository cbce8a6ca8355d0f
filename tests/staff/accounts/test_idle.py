"""A session that is not used ends by the policy, says why, and loses nothing that was written (R-17.12)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from astcoord.core.models.policy import Policy
from staff.accounts.middleware import WHY
from tests.cast import Cast
from tests.staff.accounts.test_signin import enter, newest_code
from tests.ui.test_kept import HERE, form_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("clock_stands")]
USED = "sessionid-used"


def minutes(clock: Any, number: float) -> None:
    clock.shift(timedelta(minutes=number))


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    client.force_login(cast.coordinator)
    return client


def test_half_an_hour_without_use_ends_the_offices_session_and_says_why(office: Client, clock: Any) -> None:
    minutes(clock, 31)
    answer = office.get(reverse("staff:people"), follow=True)
    assert answer.redirect_chain[0][0].endswith("?next=/people/")
    assert f"{WHY} 30 minutes." in answer.content.decode()
    assert "_auth_user_id" not in office.session


def test_each_use_goes_on_with_it_for_twelve_hours_at_most(office: Client, clock: Any) -> None:
    for _ in range(24):
        assert office.get("/").status_code == 200
        minutes(clock, 29)
    assert office.get("/").status_code == 200
    minutes(clock, 29)
    assert office.get("/").status_code == 302


@pytest.mark.parametrize("who", ["administrator", "officer", "consultant"])
def test_the_limit_is_that_of_everybody_at_the_authority(cast: Cast, client: Client, clock: Any, who: str) -> None:
    client.force_login(getattr(cast, who))
    minutes(clock, 31)
    assert client.get("/").status_code == 302


def test_others_have_a_limit_where_the_policy_says_so(cast: Cast, clock: Any) -> None:
    for limit, answer in ((0, 200), (60, 302)):
        Policy.objects.update(others_idle_minutes=limit)
        for person in (cast.host_head, cast.ast, cast.chair):
            browser = Client()
            browser.force_login(person)
            minutes(clock, 61)
            assert browser.get("/").status_code == answer


def test_the_office_may_have_none(office: Client, clock: Any) -> None:
    Policy.objects.update(office_idle_minutes=0)
    minutes(clock, 300)
    assert office.get("/").status_code == 200


def test_r_17_12_what_was_being_written_is_there_after_signing_in_again(cast: Cast, client: Client, clock: Any) -> None:
    url = reverse("schools:contacts", args=[cast.host.urn])
    client.force_login(cast.coordinator)
    hidden = form_of(client, url)
    minutes(clock, 45)
    own = {"email": cast.host.email, "head_name": "Rowena Oakhanger-Vale", "chair_name": cast.host.chair_name}
    page = client.post(url, {**hidden, **own}, follow=True, **HERE).content.decode()
    assert f"{WHY} 30 minutes." in page
    assert "What you typed is kept for an hour" in page
    client.post(reverse("account_request_login_code"), {"email": cast.coordinator.email, "next": url})
    enter(client, newest_code())
    page = client.get(url).content.decode()
    assert "Rowena Oakhanger-Vale" in page
    assert "it has not been saved yet" in page


def test_r_17_12_text_that_was_kept_before_is_not_lost_by_another_pause(cast: Cast, client: Client, clock: Any) -> None:
    url = reverse("schools:contacts", args=[cast.host.urn])
    client.force_login(cast.coordinator)
    hidden = form_of(client, url)
    minutes(clock, 31)
    client.post(url, {**hidden, "head_name": "Rowena Oakhanger-Vale"}, **HERE)
    client.post(reverse("account_request_login_code"), {"email": cast.coordinator.email})
    enter(client, newest_code())
    minutes(clock, 25)
    assert client.get("/").status_code == 200
    minutes(clock, 31)
    assert client.get("/").status_code == 302
    client.post(reverse("account_request_login_code"), {"email": cast.coordinator.email})
    enter(client, newest_code())
    assert "kept_form" in client.session


def test_nothing_is_written_for_a_page_that_is_opened(
    office: Client, clock: Any, django_assert_num_queries: Any
) -> None:
    office.get(reverse("staff:second_step"))
    before = dict(office.session.items())
    minutes(clock, 10)
    office.get(reverse("staff:second_step"))
    assert dict(office.session.items()) == before
    assert office.cookies[USED]["httponly"]
    assert office.cookies[USED]["samesite"] == "Lax"
    assert office.cookies[USED]["max-age"] == ""


@pytest.mark.parametrize("forged", ["", "x", "99999999999", "99999999999:AAAA"])
def test_the_cookie_is_worth_nothing_when_it_is_forged_or_of_another_session(
    cast: Cast, office: Client, clock: Any, forged: str
) -> None:
    minutes(clock, 40)
    other = Client()
    other.force_login(cast.coordinator)
    other.get("/")
    office.cookies[USED] = forged or other.cookies[USED].value
    assert office.get("/").status_code == 302


def test_a_page_that_asks_by_itself_is_no_use(cast: Cast, office: Client, clock: Any) -> None:
    url = reverse("placements:letters_progress", args=[1])
    for _ in range(2):
        minutes(clock, 16)
        answer = office.get(url)
    assert answer.headers["HX-Redirect"] == reverse("account_login")


def test_a_limit_is_long_enough_to_read_a_page() -> None:
    for wrong in (1, 4, 721):
        with pytest.raises(ValidationError):
            Policy(office_idle_minutes=wrong, valid_from="2026-10-06").full_clean()


def test_staying_is_a_use_of_the_session(office: Client, clock: Any) -> None:
    for _ in range(3):
        minutes(clock, 29)
        assert office.get(reverse("staff:stay")).status_code == 200
    assert 'data-idle-minutes="30"' in office.get("/").content.decode()


def test_without_a_limit_nobody_is_warned(cast: Cast, client: Client) -> None:
    client.force_login(cast.host_head)
    assert "data-idle-minutes" not in client.get("/").content.decode()

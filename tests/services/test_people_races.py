"""People who are entered, let in or handed over by two at once: one account, one role, one head."""

from datetime import date
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from staff.accounts.actions import accounts, heads, people
from staff.accounts.models import RoleAssignment, User
from tests.cast import Cast, make_cast
from tests.services.test_races import at_once
from tests.staff.accounts.test_signin import ask, newest_code

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def user(pk: int) -> User:
    return User.objects.get(pk=pk)


def test_somebody_invited_by_many_at_once_is_one_account_with_one_role_and_one_invitation(cast: Cast) -> None:
    def invite() -> int:
        return people.add_person(
            name="Nerys Holloway", email="Nerys@marlshire.example", role=Role.OFFICER, by=user(cast.coordinator.pk)
        ).pk

    results = at_once(6, invite)
    assert len(set(results)) == 1, results
    person = User.objects.get(email="nerys@marlshire.example")
    assert person.roles.count() == 1
    assert EmailAddress.objects.filter(user=person).count() == 1
    assert Message.objects.filter(kind="invitation").count() == 1
    assert AuditEvent.objects.about(person).filter(verb="Account made").count() == 1


def test_an_invitation_accepted_in_two_browsers_at_once_is_one_account(cast: Cast) -> None:
    invited = people.add_person(
        name="Nerys Holloway", email="nerys@marlshire.example", role=Role.OFFICER, by=cast.coordinator
    ).user
    browsers = [Client(), Client()]
    codes = []
    for browser in browsers:
        ask(browser, invited.email)
        codes.append(newest_code())
    assert len(mail.outbox) == 2
    pairs = iter(zip(browsers, codes, strict=True))

    def accept() -> Any:
        browser, code = next(pairs)
        browser.post(reverse("account_confirm_login_code"), {"code": code})
        return browser.session.get("_auth_user_id")

    assert at_once(2, accept) == [str(invited.pk)] * 2
    assert User.objects.filter(email__iexact=invited.email).count() == 1
    assert EmailAddress.objects.filter(user=invited).count() == 1


def test_one_code_sent_twice_at_once_from_one_browser_lets_one_person_in(cast: Cast) -> None:
    browser = Client()
    ask(browser, cast.host_head.email)
    code, cookies = newest_code(), browser.cookies

    def accept() -> int:
        twin = Client()
        twin.cookies = cookies.copy()
        return twin.post(reverse("account_confirm_login_code"), {"code": code}).status_code

    assert set(at_once(2, accept)) == {302}
    assert User.objects.filter(email__iexact=cast.host_head.email).count() == 1


def test_a_headship_handed_over_twice_at_once_has_one_successor(cast: Cast) -> None:
    names = iter(["Nerys Holloway", "Linnet Harrowgate"])

    def hand_over() -> str:
        name = next(names)
        email = f"{name.split()[0].lower()}@marlshire.example"
        starts = date(2030, 9, 1)
        return heads.hand_over(
            school=cast.host, name=name, email=email, starts_on=starts, by=user(cast.coordinator.pk)
        ).begun.user.name

    results = at_once(2, hand_over)
    refused = [result for result in results if isinstance(result, Refused)]
    assert len(refused) == 1, results
    heads_then = RoleAssignment.objects.in_force(date(2030, 9, 1)).filter(role=Role.HEADTEACHER, school=cast.host)
    assert heads_then.count() == 1


def test_two_co_ordinators_cannot_suspend_each_other_at_once(cast: Cast) -> None:
    second = people.add_person(
        name="Ailsa Dunmore", email="ailsa@marlshire.example", role=Role.COORDINATOR, by=cast.coordinator
    ).user
    pairs = iter([(cast.coordinator.pk, second.pk), (second.pk, cast.coordinator.pk)])

    def suspend() -> str:
        by, target = next(pairs)
        accounts.suspend(person=user(target), reason="Quarrel", by=user(by))
        return "suspended"

    results = at_once(2, suspend)
    assert results.count("suspended") == 1, results
    assert User.objects.filter(roles__role=Role.COORDINATOR, is_active=True).count() == 1

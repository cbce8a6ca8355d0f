"""Accounts and roles: invited, changed, ended, never deleted."""

import re
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from astcoord.core import delivery
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from schools.register.models import School
from staff.accounts.actions import people
from staff.accounts.models import RoleAssignment, User
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_somebody_added_gets_an_invitation_and_signs_in_with_the_code(cast: Cast, client: Client) -> None:
    people.add_person(
        name="Nerys Holloway",
        email="nerys@marlshire.example",
        role=Role.HEADTEACHER,
        school=cast.host,
        by=cast.coordinator,
    )
    delivery.deliver_all()
    assert mail.outbox[0].to == ["Nerys Holloway <nerys@marlshire.example>"]
    assert "6-digit code" in mail.outbox[0].body

    client.post(reverse("account_request_login_code"), {"email": "nerys@marlshire.example"})
    code = re.search(r"^\s*(\d{6})\s*$", mail.outbox[-1].body, re.MULTILINE)
    assert code, mail.outbox[-1].body
    response = client.post(reverse("account_confirm_login_code"), {"code": code[1]}, follow=True)
    assert response.context["user"].email == "nerys@marlshire.example"
    assert response.context["user"].schools_as(Role.HEADTEACHER) == {cast.host.pk}


def test_adding_twice_gives_one_role_and_one_invitation(cast: Cast) -> None:
    for _ in range(2):
        people.add_person(
            name="Nerys Holloway", email="NERYS@marlshire.example", role=Role.OFFICER, by=cast.coordinator
        )
    assert RoleAssignment.objects.filter(user__email="nerys@marlshire.example").count() == 1
    assert Message.objects.filter(kind="invitation").count() == 1
    assert EmailAddress.objects.filter(user__email="nerys@marlshire.example").count() == 1


def test_an_account_can_hold_several_roles(cast: Cast) -> None:
    people.add_person(
        name="x", email=cast.home_head.email, role=Role.GOVERNOR, school=cast.elsewhere, by=cast.coordinator
    )
    person = User.objects.get(pk=cast.home_head.pk)
    assert person.role_set == {Role.HEADTEACHER, Role.GOVERNOR}
    assert person.name == "Tamsin Ashgrove"


def test_only_the_co_ordinator_adds_and_ends(cast: Cast) -> None:
    role = cast.host_head.roles.get()
    for by in (cast.administrator, cast.host_head, cast.officer):
        with pytest.raises(PermissionDenied):
            people.add_person(name="x", email="x@marlshire.example", role=Role.OFFICER, by=by)
        with pytest.raises(PermissionDenied):
            people.end_role(assignment=role, ends_on=date(2026, 10, 6), by=by)


def test_a_role_that_has_ended_is_kept_and_gives_nothing(cast: Cast) -> None:
    role = cast.host_head.roles.get()
    people.end_role(assignment=role, ends_on=date(2026, 10, 5), by=cast.coordinator, reason="Retired")
    person = User.objects.get(pk=cast.host_head.pk)
    assert person.role_set == frozenset()
    assert RoleAssignment.objects.get(pk=role.pk).ends_on == date(2026, 10, 5)
    event = AuditEvent.objects.about(person).first()
    assert (event.verb, event.reason) == ("Role ended", "Retired")
    with pytest.raises(Refused, match="on or after the first day"):
        people.end_role(assignment=role, ends_on=date(2026, 8, 1), by=cast.coordinator)


def test_the_only_co_ordinator_cannot_be_ended(cast: Cast) -> None:
    role = cast.coordinator.roles.get()
    with pytest.raises(Refused, match="only co-ordinator"):
        people.end_role(assignment=role, ends_on=date(2026, 10, 6), by=cast.coordinator)
    people.add_person(name="Ailsa Dunmore", email="ailsa@marlshire.example", role=Role.COORDINATOR, by=cast.coordinator)
    people.end_role(assignment=role, ends_on=date(2026, 10, 6), by=cast.coordinator)


def test_a_changed_address_signs_in_and_both_are_told(cast: Cast) -> None:
    people.change_person(
        person=cast.host_head, name="Rowan Oakhanger", email="New@marlshire.example", by=cast.coordinator
    )
    person = User.objects.get(pk=cast.host_head.pk)
    assert person.email == "new@marlshire.example"
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified", "primary")) == [
        ("new@marlshire.example", True, True)
    ]
    delivery.deliver_all()
    assert sorted(m.to[0] for m in mail.outbox) == [
        "Rowan Oakhanger <new@marlshire.example>",
        "Rowan Oakhanger <rowan@marlshire.example>",
    ]
    event = AuditEvent.objects.about(person).first()
    assert event.before["email"] == "rowan@marlshire.example"
    with pytest.raises(Refused, match="Somebody else"):
        people.change_person(person=person, name="x", email=cast.ast.email.upper(), by=cast.coordinator)


def test_r_1_3_a_school_whose_head_has_no_account_cannot_yet_host(cast: Cast) -> None:
    on = date(2026, 10, 6)
    assert cast.host not in School.objects.cannot_yet_host(on)
    people.end_role(assignment=cast.host_head.roles.get(), ends_on=date(2026, 10, 5), by=cast.coordinator)
    assert cast.host in School.objects.cannot_yet_host(on)


def test_the_command_makes_the_first_co_ordinator(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("add_person", "first@marlshire.example", "Ailsa Dunmore", "coordinator")
    assert "can sign in with first@marlshire.example" in capsys.readouterr().out
    call_command("add_person", "first@marlshire.example", "Ailsa Dunmore", "coordinator")
    assert "already had this role" in capsys.readouterr().out
    assert User.objects.get().has_role(Role.COORDINATOR)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["a@marlshire.example", "A", "headteacher"], "Select the school"),
        (["a@marlshire.example", "A", "headteacher", "--school", "5"], "No school has URN 5"),
        (["not-an-address", "A", "coordinator"], "is not an e-mail address"),
    ],
)
def test_the_command_says_what_is_wrong(db: None, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("add_person", *arguments)

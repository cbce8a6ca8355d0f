"""Heads of many schools are invited at once, nobody twice, and those who never came are reminded (R-17.5)."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import delivery, opening
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.roles import Role
from schools.register.models import Cluster, School
from staff.accounts.actions import accounts, people
from staff.accounts.actions.invitations import invite_heads, remind_heads
from staff.accounts.models import RoleAssignment, User
from tests.cast import Cast
from tests.factories import SchoolFactory, person

pytestmark = pytest.mark.django_db
Clock = time_machine.Traveller


def school(number: int, **fields: Any) -> School:
    fields = {"email": f"head{number}@a.example", "head_name": f"Ms B Marsh {number}", **fields}
    made: School = SchoolFactory(name=f"Reedbank School {number:03}", **fields)
    return made


def url(name: str) -> str:
    return reverse(f"staff:{name}")


def page(response: Any) -> str:
    return " ".join(response.content.decode().split())


def invite(client: Client, *schools: School, **data: Any) -> Any:
    chosen = ",".join(str(each.pk) for each in schools)
    return client.post(url("heads_invite"), {"chosen": chosen, "how": "invite", **data}, follow=True)


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    client.force_login(cast.coordinator)
    return client


def test_r_17_5_many_heads_are_invited_at_once_and_sign_in(cast: Cast, office: Client) -> None:
    schools = [school(n) for n in range(3)]
    shown = page(office.get(url("heads_uninvited")))
    assert all(each.name in shown for each in schools)
    assert cast.host.name not in shown, "its head has an account"

    asked = page(office.get(url("heads_invite"), {"which": "all"}))
    assert "3 headteachers can be invited" in asked
    assert "Nothing has been sent yet" in asked
    assert not Message.objects.exists()

    done = page(invite(office, *schools))
    assert "3 headteachers are invited" in done
    assert "3 invitations are still on their way" in done
    delivery.deliver_all()
    assert sorted(each.to[0] for each in mail.outbox) == [f"Ms B Marsh {n} <head{n}@a.example>" for n in range(3)]
    assert "still on" not in page(office.get(url("heads_invited")))
    head = User.objects.get(email="head1@a.example")
    assert head.name == "Ms B Marsh 1"
    assert head.schools_as(Role.HEADTEACHER) == {schools[1].pk}
    assert EmailAddress.objects.get(user=head).verified
    verbs = set(AuditEvent.objects.about(head).values_list("verb", "by"))
    assert verbs == {("Account made", cast.coordinator.pk), ("Role given", cast.coordinator.pk)}
    assert AuditEvent.objects.get(verb="Headteachers invited").after == {"schools": 3, "left out": 0}


def test_r_17_5_pressing_twice_invites_nobody_twice(cast: Cast, office: Client) -> None:
    schools = [school(n) for n in range(3)]
    invite(office, *schools)
    assert "Nobody was invited" in page(invite(office, *schools))
    assert Message.objects.filter(kind="invitation").count() == 3
    assert RoleAssignment.objects.filter(school__in=schools).count() == 3
    assert set(Message.objects.values_list("key", flat=True)) == {
        f"invitation:{role.pk}" for role in RoleAssignment.objects.filter(school__in=schools)
    }


def test_r_17_5_those_who_cannot_be_invited_are_named_with_the_reason(cast: Cast, office: Client) -> None:
    good = school(1)
    school(2, email="")
    school(3, head_name=" ")
    suspended = person("Una Fallow", "una@a.example", Role.OFFICER)
    accounts.suspend(person=suspended, reason="Left", by=cast.coordinator)
    school(4, email="una@a.example")
    left = school(5, email="Lost@a.example")
    was = people.add_person(
        name="Lost Head", email="lost@a.example", role=Role.HEADTEACHER, school=left, by=None, invite=False
    )
    RoleAssignment.objects.filter(pk=was.pk).update(starts_on=date(2025, 9, 1), ends_on=date(2026, 9, 1))
    coming = school(6)
    people.add_person(
        name="Ms N Hill",
        email="hill@a.example",
        role=Role.HEADTEACHER,
        school=coming,
        by=None,
        starts_on=date(2027, 1, 4),
        invite=False,
    )
    asked = page(office.get(url("heads_invite"), {"which": "all"}))
    assert "1 headteacher can be invited" in asked
    assert "5 headteachers who cannot be invited" in asked
    for words in (
        "There is no e-mail address",
        "There is no headteacher’s name",
        "The account of Una Fallow with this address is suspended",
        "The headship of Lost Head here has ended",
        "Ms N Hill is the headteacher here, or will be",
    ):
        assert words in asked
    done = invite(office, *School.objects.filter(name__startswith="Reedbank"))
    assert "1 headteacher is invited" in page(done)
    assert "5 schools were left out" in page(done)
    assert list(RoleAssignment.objects.filter(school=good).values_list("user__email", flat=True)) == ["head1@a.example"]
    assert not User.objects.get(email="una@a.example").roles.filter(role=Role.HEADTEACHER).exists()


def test_r_17_5_an_address_with_an_account_keeps_it_and_gets_both_schools(cast: Cast, office: Client) -> None:
    first = school(1, email=cast.outsider.email.upper())
    second, third = school(2, email="exec@a.example"), school(3, email="EXEC@a.example")
    assert "Ivo Saltmarsh, IVO@MARLSHIRE.EXAMPLE, who has an account" in page(
        office.get(url("heads_invite"), {"which": "all"})
    )
    invite(office, first, second, third)
    assert User.objects.get(pk=cast.outsider.pk).schools_as(Role.HEADTEACHER) == {cast.elsewhere.pk, first.pk}
    assert User.objects.get(email="exec@a.example").schools_as(Role.HEADTEACHER) == {second.pk, third.pk}
    assert EmailAddress.objects.filter(user=cast.outsider).count() == 1


def test_r_17_5_a_shared_mailbox_is_invited_only_when_somebody_says_so(cast: Cast, office: Client) -> None:
    shared = school(1, email="office@a.example")
    asked = page(office.get(url("heads_invite"), {"which": "ticked", "row": shared.pk}))
    assert "1 address that looks shared" in asked
    assert "None of these" not in asked
    invite(office, shared)
    assert not User.objects.filter(email="office@a.example").exists()
    invite(office, shared, shared="on")
    assert User.objects.filter(email="office@a.example").exists()


def test_r_17_5_the_filters_say_who_is_all(cast: Cast, office: Client) -> None:
    cluster = Cluster.objects.create(name="Weald", slug="weald")
    school(1, cluster=cluster)
    school(2, phase="secondary")
    school(3, email="")
    for chosen, count in (
        ({"cluster": cluster.pk}, "1 headteacher can be"),
        ({"phase": "secondary"}, "1 headteacher can be"),
        ({"only": "ready"}, "2 headteachers can be"),
        ({"only": "no-address"}, "1 headteacher who cannot"),
        ({"q": "reedbank"}, "2 headteachers can be"),
    ):
        listed = office.get(url("heads_uninvited"), chosen)
        for name, value in chosen.items():
            assert f'<input type="hidden" name="{name}" value="{value}">' in page(listed)
        assert count in page(office.get(url("heads_invite"), {"which": "all", **chosen}))


def test_r_17_5_nothing_ticked_says_so(cast: Cast, office: Client) -> None:
    school(1)
    for name, words in (("heads_invite", "Tick the schools"), ("heads_remind", "Tick the headteachers")):
        assert words in page(office.get(url(name), {"which": "ticked"}, follow=True))
        assert words in page(office.get(url(name), {"which": "ticked", "school": "9" * 30, "role": "x"}, follow=True))
        assert office.post(url(name), {"chosen": "1,x,,99999999999999999999999"}).status_code in (200, 302)
        assert office.post(url(name), {}).status_code in (200, 302)


def test_r_17_5_only_the_co_ordinator_invites(cast: Cast, client: Client) -> None:
    here = school(1)
    with pytest.raises(PermissionDenied):
        invite_heads(schools=[here.pk], by=cast.administrator)
    with pytest.raises(PermissionDenied):
        remind_heads(roles=[1], by=cast.administrator)
    client.force_login(cast.administrator)
    assert client.get(url("heads_uninvited")).status_code == 403
    shown = page(client.get(url("heads_invited")))
    assert "Remind them" not in shown
    step = next(each for each in opening.steps_for(cast.administrator, date(2026, 10, 6)) if each.code == "heads")
    assert step.url == ""
    step = next(each for each in opening.steps_for(cast.coordinator, date(2026, 10, 6)) if each.code == "heads")
    assert step.url == url("heads_uninvited")


def test_r_17_5_those_who_never_signed_in_are_reminded_once_a_day(cast: Cast, office: Client, clock: Clock) -> None:
    schools = [school(n) for n in range(4)]
    roles = invite_heads(schools=[each.pk for each in schools], by=cast.coordinator).roles
    keys = [role.pk for role in roles]
    assert "The invitation is still on its way" in page(office.get(url("heads_remind"), {"row": keys}))
    delivery.deliver_all()
    assert remind_heads(roles=keys, by=cast.coordinator) == 0, "within a day"
    User.objects.filter(email="head0@a.example").update(last_login=date(2026, 10, 7).isoformat() + "T09:00Z")
    Message.objects.filter(to_email="head1@a.example").update(
        status=MessageStatus.FAILED, sent_at=None, error="no such mailbox"
    )
    clock.shift(timedelta(days=2))

    office.force_login(cast.coordinator)
    listed = page(office.get(url("heads_invited"), {"signed_in": "never", "q": "reedbank"}))
    assert "head0@a.example" not in listed
    assert "head1@a.example" in listed
    assert "head1@a.example" in page(office.get(url("heads_invited"), {"state": "failed"}))
    asked = page(office.get(url("heads_remind"), {"which": "all", "q": "reedbank"}))
    for words in ("2 headteachers will get the invitation", "Has signed in", "could not be delivered"):
        assert words in asked
    chosen = {"chosen": ",".join(map(str, keys))}
    assert "2 reminders on the way" in page(office.post(url("heads_remind"), chosen, follow=True))
    assert "Nobody was due a reminder" in page(office.post(url("heads_remind"), chosen, follow=True))
    mail.outbox.clear()
    delivery.deliver_all()
    assert [each.subject[:21] for each in mail.outbox] == ["Reminder: you can sig"] * 2
    assert {each.to[0] for each in mail.outbox} == {f"Ms B Marsh {n} <head{n}@a.example>" for n in (2, 3)}


def test_r_17_5_somebody_with_many_schools_is_not_flooded(cast: Cast) -> None:
    schools = [school(n, email="exec@a.example", head_name="Ms E Long") for n in range(8)]
    done = invite_heads(schools=[each.pk for each in schools], by=cast.coordinator)
    assert (len(done.roles), done.told) == (8, 5)
    assert Message.objects.filter(to_email="exec@a.example").count() == 5


def test_r_17_5_three_hundred_heads_take_a_few_statements(cast: Cast) -> None:
    schools = [school(n) for n in range(300)]
    with CaptureQueriesContext(connection) as queries:
        done = invite_heads(schools=[each.pk for each in schools], by=cast.coordinator)
    assert len(done.roles) == done.told == Message.objects.count() == 300
    assert len(queries) < 50


def test_r_17_5_the_lists_cost_the_same_for_thirty(cast: Cast, office: Client) -> None:
    found = []
    for start, number in ((0, 1), (1, 29)):
        schools = [school(n) for n in range(start, start + number)]
        costs = []
        for address in (url("heads_uninvited"), url("heads_invite") + "?which=all"):
            with CaptureQueriesContext(connection) as queries:
                office.get(address)
            costs.append(len(queries))
        roles = invite_heads(schools=[each.pk for each in schools], by=cast.coordinator).roles
        for address in (url("heads_invited"), url("heads_remind") + f"?row={roles[0].pk}"):
            with CaptureQueriesContext(connection) as queries:
                office.get(address)
            costs.append(len(queries))
        found.append(costs)
    assert found[0] == found[1]

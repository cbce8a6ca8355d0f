"""A head signs in at once with the own address that the office has entered; nobody else does (R-17.5)."""

import re
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core import home, opening
from astcoord.core.loading import Entry
from astcoord.core.models.history import AuditEvent
from astcoord.core.roles import Role
from schools.register.actions import mark_own, update_contacts
from schools.register.imports.contacts import ContactsFile
from schools.register.models import School
from schools.register.rules import looks_shared
from staff.accounts import reads
from staff.accounts.actions import accounts, heads, people
from staff.accounts.models import RoleAssignment, User
from staff.accounts.views.signin import GONE
from tests.cast import Cast
from tests.factories import SchoolFactory
from tests.staff.accounts.test_signin import ASK, NOBODY, ask, enter, is_in, newest_code, plain, wrong

pytestmark = pytest.mark.django_db
OWN = "marsh@a.example"
TODAY = date(2026, 10, 6)


def school(number: int = 1, **fields: Any) -> School:
    fields = {"email": OWN, "email_is_own": True, "head_name": "Ms B Marsh", **fields}
    made: School = SchoolFactory(name=f"Reedbank School {number:03}", **fields)
    return made


def sign_in(email: str = OWN) -> Client:
    client = Client()
    ask(client, email)
    if re.search(r"^\s*\d{6}\s*$", str(mail.outbox[-1].body), re.MULTILINE):
        enter(client, newest_code())
    return client


def headships(email: str = OWN) -> set[int]:
    roles = RoleAssignment.objects.of_heads(TODAY).filter(user__email=email)
    return {role.school_id for role in roles if role.school_id}


def page(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_r_17_5_the_first_code_makes_the_account_and_the_head_can_ask(cast: Cast) -> None:
    here = school()
    client = Client()
    ask(client, OWN.title())
    assert not User.objects.filter(email=OWN).exists(), "asking makes nothing"
    enter(client, wrong(newest_code()))
    assert not User.objects.filter(email=OWN).exists(), "nor does a wrong code"
    enter(client, newest_code())
    assert is_in(client)
    head = User.objects.get(email=OWN)
    assert (head.name, headships()) == ("Ms B Marsh", {here.pk})
    assert "Ask for AST support" in page(client.get("/"))
    assert client.get(reverse("placements:request_start")).status_code == 200
    event = AuditEvent.objects.about(here).get()
    assert (event.verb, event.by, event.after["account"]) == ("Headteacher let in by the own address", None, OWN)
    assert "Account made" in set(AuditEvent.objects.about(head).values_list("verb", flat=True))

    assert is_in(sign_in())
    assert head.roles.count() == 1


def test_r_17_5_nobody_learns_which_addresses_the_office_has_entered(cast: Cast) -> None:
    school()
    pages = {}
    for email in (OWN, NOBODY, cast.host_head.email):
        client = Client()
        before = len(mail.outbox)
        asked = ask(client, email)
        assert len(mail.outbox) == before + 1
        tries = [enter(client, "000000") for _ in range(3)]
        pages[email] = [(each.redirect_chain, plain(each, email)) for each in (asked, *tries)]
    assert pages[OWN] == pages[NOBODY] == pages[cast.host_head.email]


def test_r_17_5_limits_hold_for_an_awaited_address(cast: Cast) -> None:
    school()
    shown = [page(ask(Client(), OWN)) for _ in range(4)]
    assert "too many tries" in shown[3]
    assert len(mail.outbox) == 3


def test_r_17_5_another_code_from_the_second_page_lets_in_too(cast: Cast, client: Client) -> None:
    school()
    ask(client, OWN)
    old = newest_code()
    client.post(reverse("staff:sign_in_again"), {"email": OWN}, follow=True)
    if old != newest_code():
        enter(client, old)
        assert not is_in(client)
    enter(client, newest_code())
    assert is_in(client)


def test_r_17_5_each_of_120_addresses_can_sign_in(cast: Cast) -> None:
    schools = [school(n, email=f"head{n}@a.example") for n in range(120)]
    for each in schools:
        person = heads.let_in(email=each.email)
        assert person is not None
        assert person.schools_as(Role.HEADTEACHER) == {each.pk}
    assert heads.let_in(email="head7@a.example") is None, "a second time nothing waits"
    assert RoleAssignment.objects.filter(school__in=schools).count() == 120


def test_r_17_5_two_schools_with_one_address_have_one_head(cast: Cast) -> None:
    both = {school(1).pk, school(2, email=OWN.upper()).pk}
    sign_in()
    assert headships() == both


def test_r_17_5_an_account_gets_the_headship_with_its_next_code(cast: Cast) -> None:
    here = school(email=cast.outsider.email)
    assert is_in(sign_in(cast.outsider.email))
    assert headships(cast.outsider.email) == {here.pk, cast.elsewhere.pk}


def test_r_17_5_without_a_name_the_address_gives_one(cast: Cast) -> None:
    school(head_name="", email="ann.marsh@a.example")
    sign_in("ann.marsh@a.example")
    assert User.objects.get(email="ann.marsh@a.example").name == "Ann Marsh"


def closed(here: School, cast: Cast) -> None:
    School.objects.filter(pk=here.pk).update(status="closed")


def not_said(here: School, cast: Cast) -> None:
    School.objects.filter(pk=here.pk).update(email_is_own=False)


def not_served(here: School, cast: Cast) -> None:
    School.objects.filter(pk=here.pk).update(group_code="3")


def has_another(here: School, cast: Cast) -> None:
    email = "other@a.example"
    people.add_person(name="Mr O Ther", email=email, role=Role.HEADTEACHER, school=here, by=None, invite=False)


def gets_another(here: School, cast: Cast) -> None:
    given = {"name": "Mr O Ther", "email": "other@a.example", "by": None, "invite": False}
    people.add_person(role=Role.HEADTEACHER, school=here, starts_on=date(2027, 1, 4), **given)


def suspended(here: School, cast: Cast) -> None:
    role = people.add_person(name="Ms B Marsh", email=OWN, role=Role.OFFICER, by=None, invite=False)
    accounts.suspend(person=role.user, reason="Mailbox broken into", by=cast.coordinator)


@pytest.mark.parametrize("why", [closed, not_said, not_served, has_another, gets_another, suspended])
def test_r_17_5_whom_the_office_has_not_let_in_stays_out(cast: Cast, why: Any) -> None:
    here = school()
    why(here, cast)
    client, other = Client(), Client()
    assert plain(ask(client, OWN), OWN) == plain(ask(other, NOBODY), NOBODY)
    assert "No account can sign in" in mail.outbox[0].subject
    assert heads.let_in(email=OWN) is None
    assert headships() == set()


def test_r_17_5_a_headship_that_the_office_has_ended_is_not_given_back(cast: Cast) -> None:
    school()
    sign_in()
    role = RoleAssignment.objects.get(user__email=OWN)
    RoleAssignment.objects.filter(pk=role.pk).update(starts_on=date(2026, 9, 1))
    people.end_role(assignment=RoleAssignment.objects.get(pk=role.pk), ends_on=date(2026, 10, 5), by=cast.coordinator)
    assert is_in(sign_in()), "the account is still there"
    assert headships() == set()
    assert "has ended" in reads.undecided(TODAY)[0][1][0].message


@pytest.mark.parametrize("late", [closed, not_said, has_another, suspended])
def test_r_17_5_a_code_opens_nothing_when_the_office_has_decided_meanwhile(cast: Cast, late: Any) -> None:
    here = school()
    client = Client()
    ask(client, OWN)
    late(here, cast)
    assert GONE in page(enter(client, newest_code()))
    assert not is_in(client)
    assert headships() == set()


def test_r_17_5_invited_meanwhile_the_code_still_lets_in(cast: Cast) -> None:
    here = school()
    client = Client()
    ask(client, OWN)
    people.add_person(name="Ms B Marsh", email=OWN, role=Role.HEADTEACHER, school=here, by=cast.coordinator)
    enter(client, newest_code())
    assert is_in(client)
    assert RoleAssignment.objects.filter(user__email=OWN).count() == 1


def test_r_17_5_two_codes_at_once_make_one_account(cast: Cast) -> None:
    school()
    first, second = Client(), Client()
    ask(first, OWN)
    one = newest_code()
    ask(second, OWN)
    enter(second, newest_code())
    enter(first, one)
    assert is_in(first)
    assert is_in(second)
    assert RoleAssignment.objects.filter(user__email=OWN).count() == 1


def test_r_17_5_only_the_office_says_whose_address_it_is(cast: Cast, client: Client) -> None:
    School.objects.filter(pk=cast.host.pk).update(email=cast.host_head.email, email_is_own=True)
    with pytest.raises(PermissionDenied):
        update_contacts(cast.host, by=cast.host_head, email_is_own=True)
    client.force_login(cast.host_head)
    address = reverse("schools:contacts", args=[cast.host.urn])
    assert "email_is_own" not in page(client.get(address))
    assert "can sign in with it" not in page(client.get(cast.host.get_absolute_url()))
    sent = {"email": "stranger@b.example", "chair_name": "", "chair_email": "", "email_is_own": "on"}
    client.post(address, sent)
    host = School.objects.get(pk=cast.host.pk)
    assert (host.email, host.email_is_own) == ("stranger@b.example", False)
    assert not is_in(sign_in("stranger@b.example"))


def test_r_17_5_a_heads_change_keeps_the_mark_only_for_the_own_address(cast: Cast) -> None:
    School.objects.filter(pk=cast.host.pk).update(email="old@a.example", email_is_own=True)
    assert update_contacts(cast.host, by=cast.host_head, chair_name="Mr X").email_is_own
    assert update_contacts(cast.host, by=cast.host_head, email=cast.host_head.email.title()).email_is_own
    assert not update_contacts(cast.host, by=cast.host_head, email="").email_is_own
    assert not update_contacts(cast.host, by=cast.host_head, email=cast.host_head.email).email_is_own


def test_r_17_5_the_office_ticks_it_on_the_contacts(cast: Cast, client: Client) -> None:
    here = school(email_is_own=False)
    client.force_login(cast.administrator)
    address = reverse("schools:contacts", args=[here.urn])
    assert "This is the headteacher’s own address" in page(client.get(address))
    sent = {"email": "", "email_is_own": "on", "head_name": here.head_name, "chair_name": "", "chair_email": ""}
    assert "Enter the headteacher’s own address" in page(client.post(address, sent))
    client.post(address, {**sent, "email": OWN})
    assert School.objects.get(pk=here.pk).email_is_own
    assert "The headteacher can sign in with it" in page(client.get(here.get_absolute_url()))


def test_r_17_5_many_addresses_are_opened_at_once_without_an_e_mail(cast: Cast, client: Client) -> None:
    schools = [school(n, email=f"head{n}@a.example", email_is_own=False) for n in range(3)]
    shared = school(4, email="admin@a.example", email_is_own=False)
    client.force_login(cast.coordinator)
    chosen = ",".join(str(each.pk) for each in [*schools, shared])
    address = reverse("staff:heads_invite")
    done = page(client.post(address, {"chosen": chosen, "how": "open"}, follow=True))
    assert "3 headteachers can now sign in" in done
    again = page(client.post(address, {"chosen": chosen, "how": "open"}, follow=True))
    assert "Nothing has changed" in again
    assert AuditEvent.objects.about(schools[0]).get().after == {"email_is_own": True}
    with pytest.raises(PermissionDenied):
        mark_own(schools, by=cast.host_head)
    assert mail.outbox == []
    assert not School.objects.get(pk=shared.pk).email_is_own
    assert reads.may_come(TODAY) == {each.pk for each in schools}
    step = next(each for each in opening.steps_for(cast.coordinator, TODAY) if each.code == "heads")
    assert "3 of 7 schools have a headteacher with an account, 3 one who can sign in" in step.said
    assert is_in(sign_in("head1@a.example"))


def test_r_17_5_what_the_office_has_to_decide_is_a_task(cast: Cast, client: Client) -> None:
    title = "Headteachers’ addresses to decide on"
    school()
    assert title not in [task.title for task in home.tasks_for(cast.coordinator, TODAY)]
    School.objects.filter(pk=cast.host.pk).update(email_is_own=True)
    assert [(t.title, t.count) for t in home.tasks_for(cast.coordinator, TODAY) if t.title == title] == [(title, 1)]
    client.force_login(cast.coordinator)
    shown = page(client.get(reverse("staff:heads_invited")))
    assert "Rowan Oakhanger is the headteacher here, or will be, with another address" in shown


def test_r_17_5_a_new_head_ends_what_the_old_address_opened(cast: Cast) -> None:
    here = school()
    given = {"name": "Mr N Ew", "email": "new@a.example", "starts_on": TODAY, "by": cast.coordinator}
    heads.hand_over(school=here, **given)
    assert not School.objects.get(pk=here.pk).email_is_own
    assert reads.undecided(TODAY) == []
    assert not is_in(sign_in())


def changes(here: School, **cells: str) -> tuple[School, list[str]]:
    entries = [Entry(2, {"urn": str(here.urn), **cells})]
    words = [word for change in ContactsFile().judge(entries).changes for word in change.words]
    ContactsFile().store(entries, by=None)
    return School.objects.get(pk=here.pk), words


def test_r_17_5_a_file_brings_own_addresses_and_says_so(cast: Cast) -> None:
    here = school(email="", email_is_own=False)
    opened, words = changes(here, email=OWN)
    assert opened.email_is_own
    assert "the headteacher can sign in with the address" in words
    assert changes(here, email=OWN.upper())[0].email_is_own
    shared, words = changes(here, email="office@a.example")
    assert not shared.email_is_own
    assert any("looks like a mailbox that several people read" in word for word in words)
    assert changes(here, email="office@a.example", email_is_own="Yes")[0].email_is_own
    assert not changes(here, email_is_own="no")[0].email_is_own
    assert not changes(here, email="office@a.example")[0].email_is_own, "what was said stays"
    wrongly = ContactsFile().judge([Entry(2, {"urn": str(here.urn), "email_is_own": "perhaps"})])
    assert "write yes or no" in str(wrongly.errors[0])
    bare = ContactsFile().judge([Entry(2, {"urn": str(school(2, email="").urn), "email_is_own": "yes"})])
    assert "no e-mail address that could be" in str(bare.errors[0])


@pytest.mark.parametrize(
    ("email", "shared"),
    [
        ("office@a.example", True),
        ("admin.3021@a.example", True),
        ("schooloffice@a.example", True),
        ("ENQUIRIES@a.example", True),
        ("reedbankprimary@a.example", True),
        ("head@a.example", False),
        ("b.marsh@a.example", False),
        ("headteacher@a.example", False),
        ("officer.adminson@a.example", False),
        ("", False),
    ],
)
def test_r_17_5_which_addresses_look_shared(email: str, shared: bool) -> None:
    assert looks_shared(email) is shared


def test_the_page_that_sends_codes_says_how_heads_get_in(cast: Cast, client: Client) -> None:
    assert "it can be entered above at once" in page(client.get(reverse(ASK)))

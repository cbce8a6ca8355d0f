"""Accounts after the invitation: suspended, left, handed over, invited again. Nothing of their history is lost."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from schools.register.models import School
from staff.accounts.actions import accounts, heads, people
from staff.accounts.emails import INVITATIONS_AN_HOUR
from staff.accounts.models import User
from staff.posts.models import Post
from staff.posts.permissions import leads
from staff.posts.reads.leading import leaders
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def url(name: str, *args: Any) -> str:
    return reverse(f"staff:{name}", args=args)


def test_a_suspended_account_is_signed_out_everywhere_and_keeps_its_history(cast: Cast) -> None:
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(cast.host_head)
        assert browser.get("/").status_code == 200
    accounts.suspend(person=cast.host_head, reason="Rang to say the mailbox was broken into", by=cast.coordinator)
    for browser in browsers:
        assert browser.get("/").status_code == 302
    person = fresh(cast.host_head)
    assert not person.is_active
    assert person.role_set == {Role.HEADTEACHER}
    event = AuditEvent.objects.about(person).first()
    assert (event.verb, event.by, event.reason[:8]) == ("Account suspended", cast.coordinator, "Rang to ")

    accounts.reopen(person=person, by=cast.coordinator)
    for browser in browsers:
        assert browser.get("/").status_code == 302, "an old session never comes back"
    assert fresh(person).has_role(Role.HEADTEACHER)


def test_a_code_sent_before_the_suspension_opens_nothing(cast: Cast, client: Client, mailoutbox: list[Any]) -> None:
    client.post(reverse("account_request_login_code"), {"email": cast.host_head.email})
    code = next(line.strip() for line in mailoutbox[-1].body.splitlines() if line.strip().isdigit())
    accounts.suspend(person=cast.host_head, reason="Left in anger", by=cast.coordinator)
    response = client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)
    assert "_auth_user_id" not in client.session
    assert "Your account is closed" in response.content.decode()


def test_suspending_has_a_reason_and_leaves_a_co_ordinator(cast: Cast) -> None:
    with pytest.raises(Refused, match="Enter why"):
        accounts.suspend(person=cast.host_head, reason=" ", by=cast.coordinator)
    with pytest.raises(Refused, match="your own account"):
        accounts.suspend(person=cast.coordinator, reason="x", by=cast.coordinator)
    with pytest.raises(Refused, match="only co-ordinator"):
        accounts.suspend(person=cast.coordinator, reason="x", by=None)


def test_a_suspended_account_gets_no_role_by_the_way(cast: Cast) -> None:
    accounts.suspend(person=cast.host_head, reason="x", by=cast.coordinator)
    with pytest.raises(Refused, match="suspended"):
        people.add_person(name="x", email=cast.host_head.email, role=Role.OFFICER, by=cast.coordinator)
    assert not fresh(cast.host_head).is_active


def test_r_3_3_an_administrator_changes_no_account_and_no_role(cast: Cast, client: Client) -> None:
    role, consultant = cast.host_head.roles.get(), cast.consultant.roles.get()
    client.force_login(cast.administrator)
    for name, pk in (
        ("person_leave", cast.host_head.pk),
        ("person_suspend", cast.host_head.pk),
        ("person_reopen", cast.host_head.pk),
        ("person_second_step", cast.host_head.pk),
        ("role_end", role.pk),
        ("role_invite", role.pk),
        ("role_subjects", consultant.pk),
    ):
        assert client.post(url(name, pk)).status_code == 403, name
    assert client.post(url("hand_over")).status_code == 403
    assert client.post(url("person_add")).status_code == 403
    assert "Suspend" not in client.get(url("person", cast.host_head.pk)).content.decode()
    for act in (
        lambda: accounts.suspend(person=cast.host_head, reason="x", by=cast.administrator),
        lambda: accounts.reopen(person=cast.host_head, by=cast.administrator),
        lambda: accounts.leave(person=cast.host_head, last_day=date(2026, 10, 6), by=cast.administrator),
        lambda: accounts.invite_again(assignment=role, by=cast.administrator),
        lambda: accounts.reset_second_step(person=cast.host_head, reason="x", by=cast.administrator),
        lambda: people.change_subjects(assignment=consultant, subjects=("music",), by=cast.administrator),
        lambda: heads.hand_over(
            school=cast.host, name="x", email="x@x.example", starts_on=date(2026, 11, 1), by=cast.administrator
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_leaving_ends_every_role_and_keeps_account_and_trail(cast: Cast, client: Client, clock: Any) -> None:
    people.add_person(
        name="x", email=cast.host_head.email, role=Role.GOVERNOR, school=cast.elsewhere, by=cast.coordinator
    )
    client.force_login(cast.coordinator)
    sent = {"last_day_day": "31", "last_day_month": "12", "last_day_year": "2026", "reason": "Moves away"}
    assert client.post(url("person_leave", cast.host_head.pk), sent).status_code == 302
    assert set(cast.host_head.roles.values_list("ends_on", flat=True)) == {date(2026, 12, 31)}
    assert fresh(cast.host_head).role_set == {Role.HEADTEACHER, Role.GOVERNOR}
    clock.move_to(datetime(2027, 1, 1, 9, 0, tzinfo=UTC))
    person = fresh(cast.host_head)
    assert person.role_set == frozenset()
    assert person.is_active
    assert AuditEvent.objects.about(person).filter(verb="Role ended", reason="Moves away").count() == 2
    client.force_login(person)
    assert client.get("/").status_code == 200, "somebody without a role sees an empty first page, not an error"
    assert client.get(reverse("schools:detail", args=[cast.host.urn])).status_code in (403, 404)


def test_an_ast_leaves_by_the_post(cast: Cast) -> None:
    with pytest.raises(Refused, match="AST in post"):
        accounts.leave(person=cast.ast, last_day=date(2026, 12, 31), by=cast.coordinator)
    with pytest.raises(Refused, match="only co-ordinator"):
        accounts.leave(person=cast.coordinator, last_day=date(2026, 12, 31), by=cast.coordinator)


def test_invitations_go_again_but_fill_no_inbox(cast: Cast, clock: Any) -> None:
    role = cast.host_head.roles.get()
    for _ in range(INVITATIONS_AN_HOUR):
        accounts.invite_again(assignment=role, by=cast.coordinator)
    with pytest.raises(Refused, match="within the hour"):
        accounts.invite_again(assignment=role, by=cast.coordinator)
    with pytest.raises(Refused, match="within the hour"):
        people.add_person(name="x", email=cast.host_head.email, role=Role.OFFICER, by=cast.coordinator)
    assert Message.objects.filter(kind="invitation").count() == INVITATIONS_AN_HOUR
    clock.shift(timedelta(minutes=61))
    accounts.invite_again(assignment=role, by=cast.coordinator)


def test_the_invite_again_button_says_why_not(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    role = cast.host_head.roles.get()
    pages = [client.post(url("role_invite", role.pk), follow=True).content.decode() for _ in range(6)]
    assert "goes out once more" in pages[0]
    assert "within the hour" in pages[5]


def test_an_invitation_that_did_not_arrive_is_a_task_until_it_goes_again(cast: Cast, client: Client) -> None:
    role = people.add_person(
        name="Nerys Holloway", email="nerys@marlshire.example", role=Role.OFFICER, by=cast.coordinator
    )
    client.force_login(cast.coordinator)
    assert "did not arrive" not in client.get("/tasks/").content.decode()
    Message.objects.filter(kind="invitation").update(status="failed", error="550 no such mailbox")
    assert "Invitations that did not arrive" in client.get("/tasks/").content.decode()
    listed = client.get(url("people"), {"account": "not_reached"}).context["table"].data
    assert [row.email for row in listed] == ["nerys@marlshire.example"]
    assert "Invitation not delivered" in client.get(url("person", role.user_id)).content.decode()
    accounts.invite_again(assignment=role, by=cast.coordinator)
    assert "did not arrive" not in client.get("/tasks/").content.decode()
    assert "The invitation is on its way" in client.get(url("person", role.user_id)).content.decode()


def test_r_3_4_a_consultants_subjects_are_changed_and_count_at_once(cast: Cast, client: Client) -> None:
    assert cast.post in Post.objects.visible_to(fresh(cast.consultant))
    client.force_login(cast.coordinator)
    client.post(url("role_subjects", cast.consultant.roles.get().pk), {"subjects": ["english", "music"]})
    assert cast.post not in Post.objects.visible_to(fresh(cast.consultant))
    client.force_login(fresh(cast.consultant))
    assert client.get(url("post", cast.post.pk)).status_code == 404
    event = AuditEvent.objects.about(cast.consultant).first()
    before = {"subjects": ["mathematics"], "phases": []}
    assert (event.before, event.after) == (before, {"subjects": ["english", "music"], "phases": []})
    client.force_login(cast.coordinator)
    assert client.get(url("role_subjects", cast.host_head.roles.get().pk)).status_code == 404
    with pytest.raises(Refused, match="at least one subject"):
        people.change_subjects(assignment=cast.consultant.roles.get(), subjects=(), by=cast.coordinator)


def test_r_3_4_a_group_is_narrowed_to_phases_and_opened_to_all_again(cast: Cast, client: Client) -> None:
    School.objects.filter(pk=cast.home.pk).update(phase="secondary")
    client.force_login(cast.coordinator)
    address = url("role_subjects", cast.consultant.roles.get().pk)
    client.post(address, {"subjects": ["mathematics"], "phases": ["primary"]})
    consultant = fresh(cast.consultant)
    assert consultant.roles.get().subject_words == "Mathematics and numeracy (primary)"
    assert "Mathematics and numeracy (primary)" in client.get(url("person", consultant.pk)).content.decode()
    assert cast.post not in Post.objects.visible_to(consultant)
    assert not leads(consultant, Post.objects.get(pk=cast.post.pk))
    assert consultant not in leaders(cast.post, today())
    assert client.post(address, {"subjects": ["mathematics"], "phases": ["nowhere"]}).context["form"].errors["phases"]
    client.post(address, {"subjects": ["mathematics"], "phases": ["primary", "secondary"]})
    consultant = fresh(cast.consultant)
    assert cast.post in Post.objects.visible_to(consultant)
    assert leads(consultant, Post.objects.get(pk=cast.post.pk))
    assert consultant in leaders(cast.post, today())
    client.post(address, {"subjects": ["mathematics"]})
    assert not fresh(cast.consultant).roles.get().phases
    assert AuditEvent.objects.about(cast.consultant).filter(verb="Consultant’s group changed").count() == 3


def test_one_person_with_several_roles_and_schools_is_shown_clearly(cast: Cast, client: Client) -> None:
    for role, school, starts in (
        (Role.GOVERNOR, cast.elsewhere, date(2026, 1, 1)),
        (Role.HEADTEACHER, cast.home, date(2027, 9, 1)),
    ):
        people.add_person(
            name="x", email=cast.host_head.email, role=role, school=school, starts_on=starts, by=cast.coordinator
        )
    client.force_login(cast.coordinator)
    groups = client.get(url("person", cast.host_head.pk)).context["role_groups"]
    assert [(g.title, [(h.role.role, h.role.school.name) for h in g.held]) for g in groups] == [
        (
            "Roles today",
            [("headteacher", "Fernleigh Primary School"), ("governor", "Stonecross Primary School")],
        ),
        ("Roles to come", [("headteacher", "Hollowbrook School")]),
    ]


def test_a_lost_second_step_is_removed_for_somebody_else_only(cast: Cast) -> None:
    for person in (cast.coordinator, cast.consultant):
        totp.TOTP.activate(person, totp.generate_totp_secret())
    with pytest.raises(Refused, match="your own"):
        accounts.reset_second_step(person=cast.coordinator, reason="x", by=cast.coordinator)
    with pytest.raises(Refused, match="how you made sure"):
        accounts.reset_second_step(person=cast.consultant, reason="", by=cast.coordinator)
    browser = Client()
    browser.force_login(cast.consultant)
    accounts.reset_second_step(person=cast.consultant, reason="Rang the office number", by=cast.coordinator)
    assert browser.get("/").status_code == 302
    assert not Authenticator.objects.filter(user=cast.consultant).exists()
    assert AuditEvent.objects.about(cast.consultant).first().reason == "Rang the office number"
    assert Message.objects.get(kind="sign-in-changed").to_email == cast.consultant.email

    call_command("reset_second_step", cast.coordinator.email, "--reason", "Seen in person")
    assert not Authenticator.objects.filter(user=cast.coordinator).exists()

"""A person has another name or address: what was copied follows, what was signed stays (R-17.7)."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from schools.register.models import School
from staff.accounts.actions import people
from tests.cast import Cast
from tests.placements import stories
from tests.schools.pages import signed_in, text
from tests.staff.accounts.test_accounts import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

NEW = {"name": "Rowan Élan-Fox", "email": "r.elan@marlshire.example"}


def message(to: str) -> Message:
    return Message.objects.create(
        key="x",
        kind="request-returned",
        to_name="Rowan Oakhanger",
        to_email=to,
        subject="A question",
        body="Dear Rowan Oakhanger\n\nWhich years?\n",
        message_id="<x@x>",
        due_at=datetime(2026, 10, 9, tzinfo=UTC),
        give_up_at=datetime(2026, 10, 12, tzinfo=UTC),
    )


def test_r_17_7_a_new_name_and_address_reach_pages_contacts_and_unsent_mail(cast: Cast) -> None:
    School.objects.filter(pk=cast.host.pk).update(
        head_name=cast.host_head.name, email=cast.host_head.email, email_is_own=True
    )
    waiting = message(cast.host_head.email)
    placement = stories.active(cast)
    signed = stories.in_force(placement)
    office, head = signed_in(cast.coordinator), signed_in(cast.host_head)
    page = url("person_change", cast.host_head.pk)
    shown = text(office.get(page))
    for words in (
        "Fernleigh Primary School: headteacher",
        "E-mails not sent yet",
        "Keeps the name under which it was signed",
    ):
        assert words in shown
    assert office.post(page, NEW).status_code == 302
    cast.host.refresh_from_db()
    assert (cast.host.head_name, cast.host.email, cast.host.email_is_own) == (NEW["name"], NEW["email"], True)
    waiting.refresh_from_db()
    assert (waiting.to_email, waiting.body) == (NEW["email"], "Dear Rowan Élan-Fox\n\nWhich years?\n")
    told = dict(Message.objects.filter(kind__startswith="address-").values_list("kind", "to_email"))
    assert told == {"address-changed": "rowan@marlshire.example", "address-recorded": NEW["email"]}
    assert head.get("/").status_code == 302, "signed out, as the old address may be in other hands"
    signed.refresh_from_db()
    assert "Rowan Oakhanger" in str(signed.signed_document.facts)
    assert NEW["name"] not in str(signed.signed_document.facts)
    cast.host_head.refresh_from_db()
    assert cast.host_head.name_key.startswith(" rowan elan")
    assert NEW["name"] in text(office.get(reverse("staff:people"), {"name": "elan"}))


def test_r_17_7_an_asts_new_name_stands_in_lists_and_the_profile(cast: Cast) -> None:
    people.change_person(person=cast.ast, name="Wren Okonkwo-Ó", email=cast.ast.email, by=cast.coordinator)
    office = signed_in(cast.coordinator)
    for page in (reverse("staff:posts"), reverse("staff:post", args=[cast.post.pk]), reverse("staff:expertise")):
        assert "Wren Okonkwo-Ó" in text(office.get(page))
    assert not Message.objects.filter(kind__startswith="address-").exists()


def test_r_17_7_contacts_that_are_not_the_persons_stay(cast: Cast) -> None:
    people.change_person(person=cast.host_head, by=cast.coordinator, **NEW)
    cast.host.refresh_from_db()
    assert cast.host.head_name == "Ms R Oakhanger"
    assert cast.host.email.startswith("office-")


def test_r_17_7_a_chair_of_two_schools_is_renamed_in_both(cast: Cast) -> None:
    people.add_person(
        name="x", email=cast.chair.email, role="governor", school=cast.home, is_chair=True, by=cast.coordinator
    )
    for school in (cast.host, cast.home):
        School.objects.filter(pk=school.pk).update(chair_name=cast.chair.name, chair_email=cast.chair.email)
    people.change_person(person=cast.chair, name="Petra Vane", email="vane@marlshire.example", by=cast.coordinator)
    for school in (cast.host, cast.home):
        school.refresh_from_db()
        assert (school.chair_name, school.chair_email) == ("Petra Vane", "vane@marlshire.example")


def test_r_17_7_who_changes_the_own_address_stays_signed_in_and_twice_changes_nothing(cast: Cast) -> None:
    office = signed_in(cast.coordinator)
    sent = {"name": cast.coordinator.name, "email": "quill@marlshire.example"}
    page = url("person_change", cast.coordinator.pk)
    office.post(page, sent)
    assert office.get(reverse("staff:people")).status_code == 200
    before = (AuditEvent.objects.count(), Message.objects.count())
    office.post(page, sent)
    assert (AuditEvent.objects.count(), Message.objects.count()) == before


def test_r_17_7_an_address_that_is_taken_is_refused_and_nothing_is_lost(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    page = url("person_change", cast.host_head.pk)
    refused = client.post(page, {"name": NEW["name"], "email": cast.ast.email.upper()})
    assert "Somebody else already signs in with this address" in text(refused)
    assert NEW["name"] in text(refused)
    cast.host_head.refresh_from_db()
    assert cast.host_head.name == "Rowan Oakhanger"

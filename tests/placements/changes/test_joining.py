"""Somebody more is supported by a change of a contract in force: asked as before a contract (R-6.7, R-6.10, R-6.11)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.agreement.reads.readiness import activation_problems
from placements.changes.actions import asking, deciding
from placements.changes.models import Amendment
from placements.placement.models import Placement
from placements.requests.models import RequestedStaff
from placements.supported import actions as supported
from placements.supported import links
from placements.supported.models import SupportedStaff
from tests.cast import Cast
from tests.placements import stories
from tests.placements.changes.changing import signed_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

MOSS = {
    "name": "Moss Fenwick",
    "kind": "teacher",
    "email": "moss@fernleigh.example",
    "selection": "self",
    "situation": "none",
    "head_agrees": True,
    "willing_to_develop": False,
    "willing_to_continue": False,
}
SENT = {**{n: MOSS[n] for n in ("name", "kind", "email", "selection", "situation")}, "head_agrees": "on"}


@pytest.fixture
def amendment(cast: Cast) -> Amendment:
    """A change of a contract in force, begun by the host head."""
    placement = stories.active(cast)
    return asking.propose_change(placement=placement, by=cast.host_head, reason="Moss would like to take part.")


def at(client: Client, user: Any, name: str, *args: Any, data: dict[str, Any] | None = None) -> str:
    client.force_login(user)
    url = reverse(f"placements:{name}", args=args)
    page = client.post(url, data, follow=True) if data is not None else client.get(url)
    return str(page.content.decode())


def add(cast: Cast, amendment: Amendment, **more: Any) -> SupportedStaff:
    return asking.add_person(amendment=amendment, by=cast.host_head, facts={**MOSS, **more})


def say_yes(person: SupportedStaff) -> None:
    person.refresh_from_db()
    supported.confirm(person=person, part=stories.part_of(person))


def test_r_6_11_somebody_joins_by_a_change_from_the_pages_to_the_last_signature(
    client: Client, cast: Cast, amendment: Amendment
) -> None:
    placement = amendment.placement
    page = at(client, cast.host_head, "amendment_person_add", amendment.pk, data=SENT)
    assert "Moss Fenwick: has not confirmed yet" in page
    moss = SupportedStaff.objects.get(name="Moss Fenwick")
    assert Message.objects.filter(kind="supported-invited", to_email=MOSS["email"]).exists()
    assert not activation_problems(placement, today())  # the work goes on meanwhile
    assert moss not in placement.supported.taking_part()

    page = at(client, cast.coordinator, "amendment_offer", amendment.pk, data={"overdraw_reason": ""})
    assert "Moss Fenwick has not confirmed yet" in page
    client.logout()
    own = client.get(links.address(moss)).content.decode()
    assert stories.OBJECTIVE["text"] in own
    assert "everybody has signed the changed contract" in own
    say_yes(moss)
    amendment.refresh_from_db()
    deciding.offer(amendment=amendment, by=cast.coordinator)
    amendment.refresh_from_db()
    signed_by(cast, amendment, *stories.PARTIES[:3])
    assert moss not in placement.supported.taking_part()
    signed_by(cast, amendment, stories.PARTIES[3])

    moss.refresh_from_db()
    assert moss in placement.supported.taking_part()
    assert moss in placement.supported.taking_part(today())
    assert moss not in placement.supported.taking_part(today() - timedelta(days=1))
    assert not moss.owes_a_yes
    assert "M.F." in [row[0] for row in stories.in_force(placement).document.facts["staff"]]


def test_r_6_7_a_person_in_a_capability_procedure_is_not_added_and_nothing_is_kept(
    client: Client, cast: Cast, amendment: Amendment
) -> None:
    for situation, words in (("capability", "capability procedure"), ("serious", "serious difficulty")):
        page = at(client, cast.host_head, "amendment_person_add", amendment.pk, data={**SENT, "situation": situation})
        assert words in page
    assert not SupportedStaff.objects.filter(name="Moss Fenwick").exists()
    assert not RequestedStaff.objects.filter(name="Moss Fenwick").exists()


def test_r_6_10_whoever_is_recommended_is_willing_in_both_points(cast: Cast, amendment: Amendment) -> None:
    with pytest.raises(Refused, match="carry on after"):
        add(cast, amendment, selection="head", willing_to_develop=True)
    assert add(cast, amendment, selection="head", willing_to_develop=True, willing_to_continue=True).joining


def test_r_6_10_only_the_head_and_the_office_add_somebody(client: Client, cast: Cast, amendment: Amendment) -> None:
    with pytest.raises(PermissionDenied):
        asking.add_person(amendment=amendment, by=cast.ast, facts=MOSS)
    assert not RequestedStaff.objects.filter(name="Moss Fenwick").exists()
    assert "Add somebody to be supported" not in at(client, cast.ast, "amendment", amendment.pk)
    assert "Add somebody to be supported" in at(client, cast.host_head, "amendment", amendment.pk)


def test_r_6_9_the_co_ordinator_says_why_the_aims_are_realistic_for_somebody_in_difficulty(
    client: Client, cast: Cast, amendment: Amendment
) -> None:
    say_yes(add(cast, amendment, situation="some"))
    page = at(client, cast.coordinator, "amendment_offer", amendment.pk, data={"overdraw_reason": "", "realism": ""})
    assert "Enter why the aims are realistic" in page
    sent = {"overdraw_reason": "", "realism": "One class, and one unit of work."}
    at(client, cast.coordinator, "amendment_offer", amendment.pk, data=sent)
    amendment.refresh_from_db()
    assert amendment.status == "signing"
    assert amendment.placement.request.realism == sent["realism"]


@pytest.mark.parametrize("how", ["withdraw", "refuse"])
def test_r_6_7_a_change_that_is_not_made_takes_back_the_asking_and_forgets_what_was_declared(
    client: Client, cast: Cast, amendment: Amendment, how: str
) -> None:
    moss = add(cast, amendment, situation="some")
    if how == "refuse":
        asking.send(amendment=amendment, by=cast.host_head)
        amendment.refresh_from_db()
    getattr(deciding, how)(amendment=amendment, by=cast.coordinator, reason="There is no time for another.")
    moss.refresh_from_db()
    assert not RequestedStaff.objects.filter(name="Moss Fenwick").exists()
    assert moss not in amendment.placement.supported.taking_part(today())
    assert Message.objects.get(kind="supported-invited", to_email=MOSS["email"]).status == "cancelled"
    assert "You were to join this work" in client.get(links.address(moss)).content.decode()
    assert "Did not join" in at(client, cast.host_head, "supported_people", amendment.placement_id)


def test_r_8_11_a_joiner_says_yes_to_the_objectives_as_they_would_be(cast: Cast, amendment: Amendment) -> None:
    moss = add(cast, amendment)
    say_yes(moss)
    words = {**stories.OBJECTIVE, "text": "Moss plans one unit."}
    asking.save_objective(amendment=amendment, by=cast.host_head, people=[moss], **words)
    moss.refresh_from_db()
    assert moss.owes_a_yes
    with pytest.raises(Refused, match="not said yes"):
        deciding.offer(amendment=amendment, by=cast.coordinator)
    say_yes(moss)
    amendment = deciding.offer(amendment=amendment, by=cast.coordinator)
    assert amendment.version.document.facts["objectives"][1]["concerns"] == ["M.F."]
    signed_by(cast, amendment, *stories.PARTIES)
    moss.refresh_from_db()
    assert not moss.owes_a_yes
    assert list(Placement.objects.get().objectives.get(number=2).people.all()) == [moss]


def test_r_6_12_a_joiner_who_withdraws_before_the_last_signature_does_not_take_part(
    cast: Cast, amendment: Amendment
) -> None:
    moss = add(cast, amendment)
    say_yes(moss)
    amendment = deciding.offer(amendment=amendment, by=cast.coordinator)
    supported.withdraw(person=moss)
    signed_by(cast, amendment, *stories.PARTIES)
    assert moss not in amendment.placement.supported.taking_part()


def test_taken_off_again_before_it_goes_out(client: Client, cast: Cast, amendment: Amendment) -> None:
    moss = add(cast, amendment)
    page = at(client, cast.host_head, "amendment_person_remove", amendment.pk, moss.pk, data={})
    assert "Nothing more is asked of them" in page
    assert "Nothing yet" in page
    assert not RequestedStaff.objects.filter(name="Moss Fenwick").exists()

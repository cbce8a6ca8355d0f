"""A signature is taken back until the next party has signed, or the contract is complete (R-20.13)."""

from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.agreement.actions import contracts
from placements.agreement.models import Signature
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
BUTTON = "Take your signature back"


def read(client: Client, user: Any, placement: Placement) -> str:
    client.force_login(user)
    return client.get(reverse("placements:contract", args=[placement.pk])).content.decode()


def test_r_20_13_the_only_signature_is_taken_back_and_the_contract_waits_as_before(client: Client, cast: Cast) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "host_head")
    told = Message.objects.count()
    assert BUTTON in read(client, cast.host_head, placement)
    assert BUTTON not in read(client, cast.ast, placement)  # who has not signed

    client.force_login(cast.host_head)
    after = client.post(reverse("placements:contract_unsign", args=[placement.pk]), follow=True).content.decode()

    assert "Your signature is taken back. You can sign again." in after
    assert BUTTON not in after
    assert "Still to sign: Host headteacher" in after
    placement.refresh_from_db()
    assert placement.status == "contract_issued"
    kept = Signature.objects.get()
    assert kept.name == "Rowan Oakhanger"
    assert kept.taken_back_at is not None
    assert AuditEvent.objects.filter(verb__endswith="signature as Host headteacher taken back").count() == 1
    assert Message.objects.count() == told  # everybody was asked at once: nobody was told of it
    assert "Rowan Oakhanger, Host headteacher" not in read(client, cast.ast, placement)


def test_r_20_13_who_took_it_back_signs_again_and_all_four_count(client: Client, cast: Cast) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "ast", "host_head")
    contracts.unsign(placement=placement, by=cast.host_head)
    assert placement.status == "awaiting_signatures"  # the AST's stands
    client.force_login(cast.host_head)
    assert "Sign the contract" in client.get(reverse("home")).content.decode()
    stories.sign(cast, placement, "coordinator", "home_head", "host_head")
    version = stories.in_force(placement)
    assert placement.status == "signed"
    assert [s.party for s in version.signatures] == ["ast", "coordinator", "home_head", "host_head"]
    facts = version.signed_document.facts
    assert [row["capacity"] for row in facts["signatures"]].count("Host headteacher") == 1
    assert version.ever_signed.count() == 5


def test_r_20_13_not_once_somebody_has_signed_after_it_nor_twice_nor_when_complete(client: Client, cast: Cast) -> None:
    placement = stories.issued(cast)
    with pytest.raises(Refused, match="no signature of yours"):
        contracts.unsign(placement=placement, by=cast.ast)
    stories.sign(cast, placement, "ast", "host_head")
    assert BUTTON not in read(client, cast.ast, placement)
    with pytest.raises(Refused, match="Somebody has signed after you, so your signature stands"):
        contracts.unsign(placement=placement, by=cast.ast)
    contracts.unsign(placement=placement, by=cast.host_head)
    with pytest.raises(Refused, match="no signature of yours"):
        contracts.unsign(placement=placement, by=cast.host_head)
    contracts.unsign(placement=placement, by=cast.ast)  # nobody stands after it any more
    assert placement.status == "contract_issued"
    stories.sign(cast, placement, "ast", "host_head", "coordinator", "home_head")
    with pytest.raises(Refused):
        contracts.unsign(placement=placement, by=cast.home_head)
    assert placement.status == "signed"
    assert BUTTON not in read(client, cast.home_head, placement)


def test_r_20_13_the_database_keeps_what_was_signed_and_lets_none_come_back(cast: Cast) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "ast")
    contracts.unsign(placement=placement, by=cast.ast)
    rows = Signature.objects.filter(party="ast")
    for change in ({"taken_back_at": None}, {"name": "Somebody Else"}):
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            rows.update(**change)
    stories.sign(cast, placement, "ast")
    again = Signature.objects.standing().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(version=again.version, party="ast", user=cast.ast, name="Twice", sha256="x")


def test_r_20_13_a_stranger_takes_nothing_back(client: Client, cast: Cast) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "ast")
    url = reverse("placements:contract_unsign", args=[placement.pk])
    client.force_login(cast.outsider)
    assert client.post(url).status_code == 404
    client.force_login(cast.host_head)
    page = client.post(url, follow=True).content.decode()
    assert "There is no signature of yours to take back." in page
    assert Signature.objects.standing().count() == 1
    with pytest.raises(Refused, match="no signature of yours"):
        contracts.unsign(placement=placement, by=cast.administrator)

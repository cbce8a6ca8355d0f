"""Another AST joins the meetings only by everybody's yes (R-8.6)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from placements.agreement.actions import peers, protocol
from placements.agreement.reads.protocol import invited_peer, peer_of
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, person
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def other(cast: Cast) -> Post:
    user = person("Linnet Farraday", "linnet@marlshire.example", Role.AST, cast.elsewhere)
    return PostFactory(user=user, home=cast.elsewhere)


def all_but(cast: Cast, placement: Any, *parties: str) -> None:
    for party in set(stories.PARTIES) - set(parties):
        peers.answer(placement=placement, yes=True, by=stories.signer(cast, party))


def test_r_8_6_when_one_party_refuses_a_peer_is_not_invited(cast: Cast, other: Post) -> None:
    placement = stories.opened(cast)
    peers.propose(placement=placement, post=other, by=cast.ast)
    all_but(cast, placement, "home_head")
    with pytest.raises(Refused, match="Still to answer: the home headteacher"):
        peers.invite(placement=placement, by=cast.coordinator)
    peers.answer(placement=placement, yes=False, by=cast.home_head)
    with pytest.raises(Refused, match="The home headteacher said no"):
        peers.invite(placement=placement, by=cast.coordinator)
    assert invited_peer(placement) is None
    protocol.call_meeting(placement=placement, on=date(2026, 10, 9), place="Library", by=cast.coordinator)
    assert not Message.objects.filter(to_email=other.user.email).exists()


def test_r_8_6_by_everybodys_yes_a_peer_is_invited_and_called_to_the_meeting(cast: Cast, other: Post) -> None:
    placement = stories.opened(cast)
    peers.propose(placement=placement, post=other, by=cast.coordinator)
    assert Message.objects.filter(kind="peer-asked").count() == 3
    all_but(cast, placement, "coordinator")
    with pytest.raises(PermissionDenied):
        peers.invite(placement=placement, by=cast.host_head)
    peers.invite(placement=placement, by=cast.coordinator)
    protocol.call_meeting(placement=placement, on=date(2026, 10, 9), place="Library", by=cast.coordinator)
    kinds = set(Message.objects.filter(to_email=other.user.email).values_list("kind", flat=True))
    assert kinds == {"peer-invited", "preliminary-meeting"}
    peers.answer(placement=placement, yes=False, by=cast.host_head)  # whoever no longer agrees stops it
    assert invited_peer(placement) is None


def test_r_8_6_one_at_a_time_not_the_own_ast_and_not_by_strangers(cast: Cast, other: Post) -> None:
    placement = stories.opened(cast)
    with pytest.raises(Refused, match="another AST"):
        peers.propose(placement=placement, post=cast.post, by=cast.ast)
    for stranger in (cast.outsider, cast.home_head):
        with pytest.raises(PermissionDenied):
            peers.propose(placement=placement, post=other, by=stranger)
    peers.propose(placement=placement, post=other, by=cast.host_head)
    with pytest.raises(Refused, match="proposed already"):
        peers.propose(placement=placement, post=other, by=cast.ast)
    with pytest.raises(PermissionDenied):
        peers.answer(placement=placement, yes=True, by=cast.administrator)
    peers.take_back(placement=placement, by=cast.host_head)
    assert peer_of(placement) is None


def test_r_8_6_through_the_pages(client: Client, cast: Cast, other: Post) -> None:
    placement = stories.opened(cast)
    client.force_login(cast.ast)
    page = reverse("placements:peer", args=[placement.pk])
    assert other.user.name in client.post(page, {"post": other.pk}, follow=True).content.decode()
    client.force_login(cast.home_head)
    answered = client.post(reverse("placements:peer_answer", args=[placement.pk]), {"yes": "no"}, follow=True)
    assert "Your answer has been saved" in answered.content.decode()
    client.force_login(cast.coordinator)
    blocked = client.post(reverse("placements:peer_invite", args=[placement.pk]), follow=True).content.decode()
    assert "The home headteacher said no" in blocked
    assert "Invited on" not in blocked

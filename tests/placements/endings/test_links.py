"""Informal links afterwards: noted by one side, wished by both, no days, no duty, no end date (R-8.16, P8)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.endings.actions import links
from placements.endings.models import InformalLink
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements.active import active
from tests.placements.endings import ends

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

NOTE = "The school may ring with questions about the reading scheme."


@pytest.fixture
def over(cast: Cast, clock: Any) -> Placement:
    return ends.completed(cast, clock)


def test_r_8_16_a_note_of_both_sides_leaves_balances_unchanged(cast: Cast, client: Client, over: Placement) -> None:
    before, entries = ledger.balance(cast.post, cast.year), LedgerEntry.objects.count()
    client.force_login(cast.ast)
    client.post(reverse("placements:informal_link_add", args=[over.pk]), {"note": NOTE})
    link = InformalLink.objects.get()
    assert (link.both_willing, link.in_words) == (False, "Waiting for the host school to say yes")
    assert Message.objects.get(kind="informal-link").to_email == cast.host_head.email

    client.force_login(cast.host_head)
    page = client.get(reverse("placements:informal_links", args=[over.pk])).content.decode()
    assert NOTE in page
    assert "We wish it too" in page
    client.post(reverse("placements:informal_link_agree", args=[link.pk]))

    link.refresh_from_db()
    assert (link.both_willing, link.in_words) == (True, "Both sides wish it")
    assert ledger.balance(cast.post, cast.year) == before
    assert LedgerEntry.objects.count() == entries
    over.refresh_from_db()
    assert over.status == "completed"


def test_r_8_16_either_side_ends_it_and_the_office_may_take_it_away(cast: Cast, over: Placement) -> None:
    for person in (cast.ast, cast.host_head, cast.administrator):
        link = links.note_link(placement=over, note=NOTE, by=cast.ast)
        links.end_link(link=link, by=person)
        assert links.end_link(link=link, by=person).in_words == "Ended"
    with pytest.raises(Refused, match="has ended"):
        links.agree_to_link(link=link, by=cast.host_head)
    with pytest.raises(PermissionDenied):
        links.end_link(link=link, by=cast.home_head)


def test_the_same_note_twice_is_one_and_asks_once(cast: Cast, over: Placement) -> None:
    assert links.note_link(placement=over, note=NOTE, by=cast.ast) == links.note_link(
        placement=over, note=f" {NOTE} ", by=cast.ast
    )
    assert Message.objects.filter(kind="informal-link").count() == 1


def test_nobody_but_the_two_sides_notes_one(cast: Cast, over: Placement) -> None:
    for person in (cast.home_head, cast.coordinator, cast.outsider):
        with pytest.raises(PermissionDenied):
            links.note_link(placement=over, note=NOTE, by=person)


def test_while_the_placement_goes_on_or_where_nothing_was_held_there_is_none(cast: Cast) -> None:
    placement = active(cast)
    with pytest.raises(Refused, match="follows the end"):
        links.note_link(placement=placement, note=NOTE, by=cast.ast)
    ends.ended(cast, placement, date(2026, 10, 6))
    with pytest.raises(Refused, match="follows the end"):
        links.note_link(placement=placement, note=NOTE, by=cast.ast)
    assert not InformalLink.objects.exists()

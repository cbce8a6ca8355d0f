"""A yes is taken back until the next party has acted, by each who says one (R-20.13)."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.agreement.actions import protocol
from placements.endings.actions import early
from placements.matching import actions
from placements.matching.models import Match
from placements.placement.models import Placement
from tests.cast import Cast
from tests.factories import RequestFactory
from tests.placements.stories import MEETING

pytestmark = pytest.mark.django_db
PAGE = {"ast": "placements:match_ast", "home_head": "placements:match_home"}


@pytest.fixture
def match(cast: Cast) -> Match:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="under_review")
    return actions.propose(request=asked, post=cast.post, days=Decimal(6), by=cast.coordinator)


def yes(match: Match, cast: Cast, *parties: str) -> None:
    for party in parties:
        actions.answer(match=match, party=party, yes=True, by=getattr(cast, party))


@pytest.mark.parametrize("party", ["ast", "home_head"])
def test_r_20_13_a_yes_is_taken_back_while_nobody_has_answered_after_it(
    cast: Cast, client: Client, match: Match, party: str
) -> None:
    yes(match, cast, party)
    client.force_login(getattr(cast, party))
    page = reverse(PAGE[party], args=[match.pk])
    assert "Take your yes back" in client.get(page).content.decode()

    after = client.post(reverse("placements:match_unsay", args=[match.pk]), follow=True)

    assert after.redirect_chain[-1][0] == page
    assert "You can answer again" in after.content.decode()
    assert not match.answers.filter(party=party).exists()
    assert AuditEvent.objects.filter(verb="match: yes taken back", by=getattr(cast, party)).count() == 1
    actions.answer(match=match, party=party, yes=False, by=getattr(cast, party), reason="I misread the dates")
    match.request.refresh_from_db()
    assert match.request.status == "under_review"


def test_r_20_13_not_once_somebody_has_answered_after_it_nor_twice(cast: Cast, match: Match) -> None:
    match.answers.all().delete()  # the authority has still to say its yes
    yes(match, cast, "ast", "home_head")
    with pytest.raises(Refused, match="Somebody has answered after you"):
        actions.unsay(match=match, party="ast", by=cast.ast)
    actions.unsay(match=match, party="home_head", by=cast.home_head)
    with pytest.raises(Refused, match="no yes to take back"):
        actions.unsay(match=match, party="home_head", by=cast.home_head)
    actions.unsay(match=match, party="ast", by=cast.ast)
    assert not match.answers.exists()


def test_r_20_13_nobody_takes_back_anothers_yes(cast: Cast, match: Match) -> None:
    yes(match, cast, "ast")
    for other in (cast.home_head, cast.host_head, cast.administrator):
        with pytest.raises(PermissionDenied):
            actions.unsay(match=match, party="ast", by=other)


def test_r_20_13_the_last_yes_is_taken_back_until_the_coordinator_has_acted(
    cast: Cast, client: Client, match: Match
) -> None:
    sent = match.request.submitted_at
    yes(match, cast, "ast", "home_head")
    placement = Placement.objects.get(match=match)
    undo = reverse("placements:placement_unsay", args=[placement.pk])
    client.force_login(cast.ast)  # has said yes first: the home headteacher has acted since
    assert client.get(undo).status_code == 403
    client.force_login(cast.home_head)
    assert undo in client.get(reverse("placements:match_home", args=[match.pk])).content.decode()

    client.post(undo, {"reason": "The timetable has changed"})

    placement.refresh_from_db()
    asked = placement.request
    assert (placement.status, asked.status, asked.submitted_at) == ("closed", "under_review", sent)
    told = set(Message.objects.filter(kind="placement-abandoned").values_list("to_email", flat=True))
    assert told >= {cast.host_head.email, cast.ast.email, cast.coordinator.email}
    assert client.get(undo).status_code == 403  # twice


def test_r_20_13_once_the_meeting_is_called_only_the_coordinator_undoes_it(
    cast: Cast, client: Client, match: Match
) -> None:
    yes(match, cast, "ast", "home_head")
    placement = Placement.objects.get(match=match)
    protocol.call_meeting(placement=placement, on=MEETING.replace(day=20), place="The library", by=cast.coordinator)
    client.force_login(cast.home_head)
    undo = reverse("placements:placement_unsay", args=[placement.pk])
    assert client.post(undo, {"reason": "Too late"}).status_code == 403
    assert undo not in client.get(reverse("placements:match_home", args=[match.pk])).content.decode()
    with pytest.raises(PermissionDenied):
        early.unsay(placement=placement, by=cast.home_head, reason="Too late")
    assert early.abandon(placement=placement, by=cast.coordinator, reason="They asked").status == "closed"

"""A request of which a part is a placement already (R-7.8): it can be left at that, and withdrawing keeps it."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.matching import actions as matches
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.requests import rules
from placements.requests.actions import asking as actions
from placements.requests.actions import decisions
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from tests.cast import Cast
from tests.factories import MatchFactory, PlacementFactory, RequestFactory
from tests.placements.matching.matching_stories import another, codes
from tests.placements.requests.asking import errors, url

pytestmark = pytest.mark.django_db

SAID = {"ending": "no_days", "note": "Nobody else has a Tuesday before Easter."}


def part_found(cast: Cast, status: str = "under_review", **facts: Any) -> OutreachRequest:
    """Six days asked for, four agreed and made a placement, two open."""
    asked: OutreachRequest = RequestFactory(host=cast.host, created_by=cast.host_head, status=status, **facts)
    match = MatchFactory(request=asked, post=cast.post, days=Decimal(4), shared=True, status=MatchStatus.AGREED)
    PlacementFactory(match=match, days=Decimal(4))
    return asked


def test_r_7_8_words_for_what_is_found() -> None:
    assert rules.found_words(Decimal(4), Decimal(6)) == "4 of 6 days found"
    assert rules.found_words(Decimal("0.5"), Decimal(1)) == "0.5 of 1 day found"
    for nothing_in_part in ((Decimal(0), Decimal(6)), (Decimal(6), Decimal(6)), (Decimal(6), None)):
        assert rules.found_words(*nothing_in_part) == ""


def test_r_7_8_the_head_sees_how_much_is_found(client: Client, cast: Cast) -> None:
    asked = part_found(cast)
    client.force_login(cast.host_head)
    for page in (url("request_detail", asked.pk), url("requests"), reverse("home")):
        assert "4 of 6 days found" in client.get(page).content.decode(), page
    client.force_login(cast.coordinator)
    assert "4 of 6 days found" in client.get(url("queue")).content.decode()


def test_r_7_8_leaving_it_at_the_days_agreed_closes_the_rest_and_tells_the_head(client: Client, cast: Cast) -> None:
    asked = part_found(cast)
    client.force_login(cast.coordinator)
    page = client.get(url("request_detail", asked.pk)).content.decode()
    assert url("request_settle", asked.pk) in page
    assert url("request_decline", asked.pk) not in page
    assert set(errors(client.post(url("request_settle", asked.pk), {}))) == {"ending", "note"}
    assert client.post(url("request_settle", asked.pk), SAID).status_code == 302
    asked.refresh_from_db()
    assert (asked.status, asked.ending) == (RequestStatus.PLACED, "no_days")
    assert Placement.objects.get().status == PlacementStatus.PLANNED
    assert not OutreachRequest.objects.in_queue().exists()
    message = Message.objects.get(kind="request-settled")
    assert message.to_email == cast.host_head.email
    assert "4 of 6 days found" in message.body
    assert "Nobody else has a Tuesday" in message.body
    client.force_login(cast.host_head)
    told = client.get(url("request_detail", asked.pk)).content.decode()
    assert "4 of 6 days found" in told
    assert "Nobody else has a Tuesday" in told


def test_r_7_8_nothing_agreed_is_nothing_to_leave_it_at(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host)
    client.force_login(cast.coordinator)
    assert url("request_settle", asked.pk) not in client.get(url("request_detail", asked.pk)).content.decode()
    with pytest.raises(Refused, match="No AST has agreed"):
        decisions.settle(request=asked, by=cast.coordinator, **SAID)
    with pytest.raises(PermissionDenied):
        decisions.settle(request=part_found(cast), by=cast.administrator, **SAID)


def test_r_7_8_what_is_found_in_part_is_neither_declined_nor_referred(cast: Cast) -> None:
    asked = part_found(cast)
    with pytest.raises(Refused) as declined:
        decisions.decline(request=asked, by=cast.coordinator, **SAID)
    with pytest.raises(Refused) as referred:
        decisions.refer(request=asked, by=cast.coordinator, where="The consultant")
    assert codes(declined) == codes(referred) == {"part-found"}


@pytest.mark.parametrize("status", ["submitted", "under_review", "waiting", "returned", "proposed"])
def test_r_7_8_withdrawing_keeps_the_placement_and_says_so(client: Client, cast: Cast, status: str) -> None:
    asked = part_found(cast, status)
    if status == "proposed":
        MatchFactory(request=asked, post=another(cast), days=Decimal(2), shared=True)
    client.force_login(cast.host_head)
    page = client.get(url("request_withdraw", asked.pk)).content.decode()
    assert "4 of 6 days found" in page
    assert "Withdraw the days still open" in page
    done = client.post(url("request_withdraw", asked.pk), {"ending": "timing", "note": ""}, follow=True)
    assert "The placement stays" in done.content.decode()
    asked.refresh_from_db()
    assert asked.status == RequestStatus.PLACED
    assert Placement.objects.get().status == PlacementStatus.PLANNED
    assert not Match.objects.awaiting_answer().exists()
    [message] = Message.objects.filter(status="queued")
    assert message.kind == "request-rest-withdrawn-office"
    assert "That placement stays" in message.body


def test_r_7_8_a_withdrawn_rest_leaves_what_the_placement_needs(cast: Cast) -> None:
    asked = part_found(cast)
    asked.staff.update(situation="some")
    actions.withdraw(request=asked, by=cast.host_head, ending="timing")
    assert asked.staff.get().situation == "some"


def test_r_7_8_nobody_is_asked_for_more_than_the_days_still_open(cast: Cast) -> None:
    asked, post = part_found(cast), another(cast)
    with pytest.raises(Refused) as refused:
        matches.propose(request=asked, post=post, days=Decimal(3), by=cast.coordinator)
    assert codes(refused) == {"more-than-asked"}
    assert matches.propose(request=asked, post=post, days=Decimal(2), by=cast.coordinator).days == 2


def test_lists_that_say_how_much_is_found_cost_the_same_at_1_and_at_30_rows(client: Client, cast: Cast) -> None:
    part_found(cast)
    pages = {cast.host_head: (url("requests"), reverse("home")), cast.coordinator: (url("queue"),)}

    def queries() -> list[int]:
        found = []
        for reader, addresses in pages.items():
            client.force_login(reader)
            for address in addresses:
                client.get(address)
                with CaptureQueriesContext(connection) as captured:
                    client.get(address)
                found.append(len(captured))
        return found

    one = queries()
    for _ in range(29):
        asked = RequestFactory(host=cast.host, status="under_review")
        MatchFactory(request=asked, post=cast.post, days=Decimal(4), shared=True, status=MatchStatus.AGREED)
    assert queries() == one


def test_r_7_8_the_days_found_stand_beside_the_candidates_for_the_rest(client: Client, cast: Cast) -> None:
    asked = part_found(cast)
    client.force_login(cast.coordinator)
    page = client.get(url("candidates", asked.pk)).content.decode()
    assert "Found so far" in page
    assert "4 of 6 days found" in page
    assert "Your turn: find an AST" in client.get(url("request_detail", asked.pk)).content.decode()

"""What an upgrade puts right in the rows of an older release."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from astcoord.core import outbox
from astcoord.core.models.history import Transition
from astcoord.core.models.messages import Message
from placements.endings.actions import early
from placements.matching.models import Match
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def migrated(name: str, function: str) -> None:
    getattr(import_module(name), function)(apps, None)


def queued(key: str) -> Message:
    return outbox.queue(key=key, kind="x", to=("Rowan", "rowan@marlshire.example"), subject="Words", body="Words")


def as_before(cast: Cast) -> Placement:
    """A placement closed before it began, by a release that left its request placed."""
    placement = cast.placement(status="planned")
    early.abandon(placement=placement, by=cast.coordinator, reason="The AST has left")
    Match.objects.update(**{"status": "agreed"})
    OutreachRequest.objects.update(**{"status": "placed"})
    return placement


def test_r_20_13_a_request_of_a_placement_abandoned_earlier_has_its_place_in_the_queue_again(cast: Cast) -> None:
    placement = as_before(cast)
    for _ in range(2):
        migrated("placements.migrations.0013_reopened_requests", "reopen")
    placement.request.refresh_from_db()
    placement.match.refresh_from_db()
    assert (placement.request.status, placement.match.status) == ("under_review", "undone")
    moved = Transition.objects.about(placement.request).filter(move="reopen", by=None)
    assert [(t.source, t.target) for t in moved] == [("placed", "under_review")]


def test_r_20_13_one_whose_weeks_have_passed_stays_as_it_is(cast: Cast, clock: Any) -> None:
    placement = as_before(cast)
    clock.move_to("2030-01-08 09:00:00Z")
    migrated("placements.migrations.0013_reopened_requests", "reopen")
    placement.request.refresh_from_db()
    assert placement.request.wanted_until < date(2030, 1, 8)
    assert placement.request.status == "placed"


def test_the_key_of_a_message_whose_reader_was_forgotten_holds_no_address(cast: Cast) -> None:
    forgotten, kept = queued("a:1:juno@marlshire.example"), queued("b:2:rowan@marlshire.example")
    Message.objects.filter(pk=forgotten.pk).update(to_email="")
    for _ in range(2):
        migrated("astcoord.core.migrations.0007_keys_without_addresses", "forget")
    forgotten.refresh_from_db()
    kept.refresh_from_db()
    assert forgotten.key == f"a:1:reader {forgotten.pk}"
    assert kept.key == "b:2:rowan@marlshire.example"

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
from schools.register.models import School
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def migrated(name: str, function: str) -> None:
    getattr(import_module(name), function)(apps, None)


def queued(key: str, to: str = "rowan@marlshire.example") -> Message:
    """As a release stored it whose keys held addresses."""
    message = outbox.queue(key="x", kind="x", to=("Rowan", to), subject="Words", body="Words")
    Message.objects.filter(pk=message.pk).update(key=key)
    return message


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


def test_keys_that_held_an_address_hold_the_readers_key_and_stay_one_of_their_kind(cast: Cast) -> None:
    person = cast.placement().supported.create(name="Juno Pettifer", email="juno@marlshire.example", kind="teacher")
    School.objects.filter(pk=cast.host.pk).update(chair_email="petra.chair@marlshire.example")
    rows = [
        queued("preliminary-meeting:7:12:Rowan@marlshire.example"),
        queued("preliminary-meeting:7:12:juno@marlshire.example", person.email),
        queued("visit-missing:7:gone@marlshire.example", "gone@marlshire.example"),
        queued("extension:7:petra.chair@marlshire.example", "petra.chair@marlshire.example"),
        queued("preliminary-meeting:7:12:rowan@marlshire.example"),
        queued("letter:3"),
    ]
    for _ in range(2):
        migrated("placements.migrations.0020_keys_hold_no_addresses", "translate")
    found = [Message.objects.get(pk=row.pk).key for row in rows]
    assert found == [
        f"preliminary-meeting:7:12:{cast.host_head.pk}",
        f"preliminary-meeting:7:12:supported:{person.pk}",
        f"visit-missing:7:reader {rows[2].pk}",
        f"extension:7:chair:{cast.host.pk}",
        f"preliminary-meeting:7:12:reader {rows[4].pk}",
        "letter:3",
    ]


def test_a_link_to_an_evaluation_is_told_apart_from_a_message_to_an_account(cast: Cast) -> None:
    link, other = queued("evaluation-link-asked:5:due:9"), queued("evaluation-asked:5:due:9")
    Message.objects.filter(pk=link.pk).update(kind="evaluation-link-asked")
    for _ in range(2):
        migrated("placements.migrations.0020_keys_hold_no_addresses", "supported")
    assert Message.objects.get(pk=link.pk).key == "evaluation-link-asked:5:due:supported:9"
    assert Message.objects.get(pk=other.pk).key == "evaluation-asked:5:due:9"

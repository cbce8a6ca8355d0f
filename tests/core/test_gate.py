"""The one gate through which every status changes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from astcoord.core import gate
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.problems import Problem, Refused
from placements.placement.lifecycle import PlacementStatus


def anyone(user, obj):
    return True


def test_a_move_writes_status_transition_and_audit_together(cast):
    placement = cast.placement()
    gate.move(placement, "hold_preliminary", by=cast.coordinator, may=anyone, reason="all present")
    assert placement.status == PlacementStatus.PRELIMINARY_HELD
    row = Transition.objects.about(placement).get()
    assert (row.source, row.target, row.by, row.reason) == (
        "planned",
        "preliminary_held",
        cast.coordinator,
        "all present",
    )
    assert AuditEvent.objects.about(placement).get().after == {"status": "preliminary_held"}


def test_a_move_that_the_table_lacks_is_refused_and_says_where_things_stand(cast):
    placement = cast.placement()
    with pytest.raises(Refused, match="Waiting for the preliminary meeting"):
        gate.move(placement, "issue", by=cast.coordinator, may=anyone)
    assert not Transition.objects.exists()


def test_a_stale_copy_cannot_move_twice(cast):
    mine, yours = cast.placement(), None
    yours = type(mine).objects.get(pk=mine.pk)
    gate.move(mine, "hold_preliminary", by=cast.coordinator, may=anyone)
    with pytest.raises(Refused):
        gate.move(yours, "hold_preliminary", by=cast.coordinator, may=anyone)
    assert Transition.objects.about(mine).count() == 1


def test_who_may_not_is_forbidden_and_nothing_is_written(cast):
    placement = cast.placement()
    with pytest.raises(PermissionDenied):
        gate.move(placement, "hold_preliminary", by=cast.host_head, may=lambda user, obj: False)
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.PLANNED


def test_facts_are_asked_with_the_changes_already_made(cast):
    placement = cast.placement()
    seen = []

    def problems(p):
        seen.append(p.focus)
        return [Problem("Not yet.")]

    with pytest.raises(Refused, match="Not yet"):
        gate.move(placement, "hold_preliminary", by=cast.coordinator, problems=problems, focus="New aims")
    placement.refresh_from_db()
    assert seen == ["New aims"]
    assert placement.focus != "New aims"


def test_a_warning_does_not_stop_a_move(cast):
    placement = cast.placement()
    gate.move(placement, "hold_preliminary", by=None, problems=lambda p: [Problem("Mind the cover.", warning=True)])
    assert placement.status == PlacementStatus.PRELIMINARY_HELD


def test_history_is_append_only(cast):
    placement = cast.placement()
    gate.move(placement, "hold_preliminary", by=cast.coordinator, may=anyone)
    row = Transition.objects.get()
    row.reason = "rewritten"
    with pytest.raises(TypeError, match="append-only"):
        row.save()
    with pytest.raises(TypeError, match="append-only"):
        row.delete()


def test_r_1_6_the_database_refuses_outreach_at_home(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.placement(home=cast.host)

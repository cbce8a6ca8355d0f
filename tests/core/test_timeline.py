"""One thing's history, for the timeline on its page."""

from datetime import timedelta

import pytest

from astcoord.core import audit, gate, timeline
from tests.cast import Cast
from tests.factories import RequestFactory


@pytest.mark.django_db
def test_changes_are_told_newest_first_with_who_and_why(cast: Cast, clock: object) -> None:
    request = RequestFactory(host=cast.host)
    gate.move(request, "review", by=cast.coordinator)
    clock.shift(timedelta(hours=1))
    gate.move(request, "wait", by=None, reason="Nobody is free before spring")
    told = timeline.events(request, reader=cast.coordinator)
    assert [(e["title"], e["by"], e["text"]) for e in told] == [
        ("On the waiting list, co-ordinator looks again", "the system", "Nobody is free before spring"),
        ("Co-ordinator is looking for an AST", "Bryony Quill", ""),
    ]
    assert told[0]["when"] > told[1]["when"]


@pytest.mark.django_db
def test_audit_events_are_told_only_when_named(cast: Cast) -> None:
    request = RequestFactory(host=cast.host)
    audit.record("declarations seen", request, by=cast.coordinator)
    audit.record("realism stated", request, by=cast.coordinator, reason="Six days for two teachers")
    assert timeline.events(request, reader=cast.coordinator) == []
    assert [e["title"] for e in timeline.events(request, reader=cast.coordinator, verbs=["realism stated"])] == [
        "Realism stated"
    ]


@pytest.mark.django_db
def test_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    request = RequestFactory(host=cast.host)
    gate.move(request, "review", by=cast.coordinator)
    timeline.events(request, reader=cast.coordinator)  # the content type is cached from now on
    with django_assert_num_queries(1):
        timeline.events(request, reader=cast.coordinator)


@pytest.mark.django_db
def test_the_trail_tells_dates_in_words_and_leaves_out_codes_of_states(cast: Cast) -> None:
    request = RequestFactory(host=cast.host)
    before, after = {"status": "submitted", "from": "2026-09-07"}, {"status": "waiting", "from": None, "agreed": True}
    audit.record("Dates changed", request, by=cast.coordinator, before=before, after=after)
    told = timeline.trail(request, reader=cast.coordinator)[0]["changes"]
    assert told == [("from", "7 September 2026", ""), ("agreed", "", "yes")]

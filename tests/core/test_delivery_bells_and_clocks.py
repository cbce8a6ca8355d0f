"""A lost bell costs seconds, busy workers are not flooded, and a clock that is put right holds nothing up."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from astcoord.core import delivery, outbox, relay, sweeping
from astcoord.core.delivery import Outcome
from astcoord.core.models.messages import Message, MessageStatus, RelayState

pytestmark = pytest.mark.django_db


def queue(key: str = "k", **changes: object) -> Message:
    given = {"kind": "notice", "to": "head@oakfield.marlshire.example", "subject": "Hello", "body": "Text"}
    return outbox.queue(key=key, **{**given, **changes})


def seconds_later(clock, seconds: float) -> datetime:
    clock.shift(timedelta(seconds=seconds))
    return timezone.now()


@pytest.fixture(autouse=True)
def _clock_stands(clock_stands) -> None:
    """Time moves when it is told to."""


class TestBells:
    def test_a_bell_that_was_lost_is_rung_again_by_the_next_sweep_that_an_idle_worker_hears(self, clock):
        message = queue()
        assert delivery.sweep(timezone.now()) == [message.pk]
        asked_at = seconds_later(clock, 6)
        assert delivery.sweep(asked_at) == [message.pk]

    def test_a_window_of_lost_bells_does_not_hold_up_the_rest(self, clock):
        for number in range(sweeping.WINDOW + 1):
            queue(str(number))
        assert len(delivery.sweep(timezone.now())) == sweeping.WINDOW
        assert len(delivery.sweep(seconds_later(clock, 6))) == sweeping.WINDOW

    def test_busy_workers_are_not_flooded(self, clock):
        """Sweeps that were asked for before the bells stand before them in the queue: they say nothing of them."""
        for number in range(sweeping.WINDOW + 20):
            queue(str(number))
        asked_at = timezone.now()
        assert len(delivery.sweep(asked_at)) == sweeping.WINDOW
        for _ in range(5):
            seconds_later(clock, 5)
            assert delivery.sweep(asked_at) == []

    def test_what_a_worker_has_fetched_and_not_begun_is_not_rung_again_at_once(self, clock):
        queue()
        delivery.sweep(timezone.now())
        assert delivery.sweep(seconds_later(clock, 2)) == []

    def test_a_sweep_of_which_nobody_knows_when_it_was_asked_for_waits_a_minute(self, clock):
        message = queue()
        delivery.sweep()
        seconds_later(clock, 30)
        assert delivery.sweep() == []
        seconds_later(clock, 31)
        assert delivery.sweep() == [message.pk]


class TestTheClockIsPutBack:
    """By an hour, after it was an hour ahead."""

    @pytest.fixture
    def put_back(self, clock):
        return lambda: seconds_later(clock, -3600)

    def test_what_was_queued_goes_at_once(self, put_back):
        message = queue()
        put_back()
        assert delivery.deliver(message.pk) == Outcome.SENT

    def test_a_wish_for_a_later_day_stays(self, put_back, clock):
        message = queue(not_before=timezone.now() + timedelta(hours=2))
        put_back()
        assert delivery.sweep() == []
        assert delivery.deliver(message.pk) == Outcome.NOT_OURS
        seconds_later(clock, 3 * 3600)
        assert delivery.sweep() == [message.pk]

    def test_a_bell_of_the_future_was_not_heard(self, put_back):
        message = queue()
        delivery.sweep()
        put_back()
        assert delivery.sweep() == [message.pk]

    @pytest.mark.parametrize("wire", [False, True])
    def test_a_claim_lasts_no_longer_than_claims_last(self, put_back, clock, wire):
        message, now = queue(), timezone.now()
        lease = {"lease_until": now + sweeping.LEASE, "wire_at": now if wire else None}
        Message.objects.update(status=MessageStatus.SENDING, token="dead", attempts=1, **lease)
        put_back()
        assert delivery.sweep() == [], "its worker may live"
        seconds_later(clock, sweeping.LEASE.total_seconds() + 1)
        assert delivery.sweep() == [message.pk]
        message.refresh_from_db()
        assert message.ambiguous == int(wire)

    def test_a_pause_lasts_no_longer_than_pauses_last(self, put_back, clock):
        message = queue()
        relay.trip(timezone.now())
        put_back()
        assert not relay.paused(relay.state(), timezone.now())
        assert delivery.sweep() == [message.pk]
        relay.trip(timezone.now())
        assert relay.paused(relay.state(), timezone.now()), "the relay can still be left alone"
        assert RelayState.objects.get().failures == 2

    def test_a_wait_lasts_no_longer_than_waits_last(self, put_back):
        message = queue()
        due = timezone.now() + timedelta(seconds=relay.LONGEST_WAIT)
        Message.objects.update(attempts=3, error="451 later", due_at=due)
        put_back()
        assert delivery.deliver(message.pk) == Outcome.SENT

    def test_what_a_person_tried_again_goes(self, put_back, clock):
        message = queue()
        seconds_later(clock, 60)
        Message.objects.update(status=MessageStatus.FAILED, error="550 unknown")
        outbox.retry(message, by=None)
        put_back()
        assert delivery.deliver(message.pk) == Outcome.SENT

    def test_what_is_deferred_afterwards_still_waits(self, put_back):
        message = queue()
        now = put_back()
        Message.objects.update(attempts=1, error="451 later", due_at=now + timedelta(seconds=30))
        assert delivery.sweep() == []
        assert delivery.deliver(message.pk) == Outcome.NOT_OURS


class TestTheClockIsPutForward:
    """By an hour, after it was an hour behind."""

    @pytest.fixture
    def put_forward(self, clock):
        return lambda: seconds_later(clock, 3600)

    def test_bells_pauses_and_waits_are_over(self, put_forward):
        messages = [queue("1"), queue("2")]
        delivery.sweep()
        Message.objects.filter(key="2").update(attempts=1, error="451", due_at=timezone.now() + timedelta(seconds=30))
        relay.trip(timezone.now())
        put_forward()
        assert delivery.sweep() == [message.pk for message in messages]

    def test_a_living_worker_that_is_overtaken_on_the_wire_is_doubt_and_no_loss(self, put_forward, monkeypatch):
        message = queue()
        send = relay.send

        def slow(email):
            put_forward()
            delivery.sweep()
            return send(email)

        monkeypatch.setattr(relay, "send", slow)
        assert delivery.deliver(message.pk) == Outcome.SENT
        message.refresh_from_db()
        assert (message.status, message.ambiguous) == (MessageStatus.SENT, 1)
        assert delivery.sweep() == []

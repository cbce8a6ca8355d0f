"""EMAIL_PER_MINUTE: no more in any minute from all workers together, and nothing is lost by it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from astcoord.core import delivery, outbox, pace
from astcoord.core.delivery import Outcome
from astcoord.core.models.messages import Message, MessageStatus, RelayState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands")]

Wait = Callable[[float], datetime]


@pytest.fixture
def wait(clock) -> Wait:
    def for_seconds(seconds: float) -> datetime:
        clock.shift(timedelta(seconds=seconds))
        return timezone.now()

    return for_seconds


def queue_many(count: int) -> None:
    for number in range(count):
        to = f"head@school-{number}.marlshire.example"
        outbox.queue(key=str(number), kind="n", to=to, subject="S", body="B")


@pytest.mark.parametrize("per_minute", [1, 2, 7, 30, 60, 500])
def test_in_no_minute_more_go_than_are_allowed(settings, wait: Wait, per_minute: int) -> None:
    settings.EMAIL_PER_MINUTE = per_minute
    went: list[datetime] = []
    for _ in range(60):
        now = wait(5)
        while pace.take_turn(now):
            went.append(now)
    for first in went:
        assert sum(first <= at < first + timedelta(minutes=1) for at in went) <= per_minute
    assert len(went) >= int(5 * per_minute * 6 / 7), "over a long time six sevenths go"


def test_a_round_goes_out_piece_by_piece_and_nothing_is_lost(settings, wait: Wait) -> None:
    settings.EMAIL_PER_MINUTE = 30
    queue_many(40)
    looks = 0
    while Message.objects.exclude(status=MessageStatus.SENT).exists():
        delivery.deliver_all()
        wait(5)
        looks += 1
        assert looks < 40
    assert len(mail.outbox) == 40
    assert not Message.objects.exclude(attempts=1).exists(), "waiting costs no attempt"


def test_workers_are_told_of_no_more_than_may_go(settings) -> None:
    settings.EMAIL_PER_MINUTE = 30
    queue_many(40)
    due = delivery.sweep()
    assert len(due) == pace.room(RelayState(), timezone.now())
    assert [delivery.deliver(pk) for pk in due] == [Outcome.SENT] * len(due)
    assert delivery.sweep() == []


def test_a_worker_that_is_told_all_the_same_gives_it_back(settings) -> None:
    settings.EMAIL_PER_MINUTE = 1
    queue_many(2)
    first, second = Message.objects.all()
    assert delivery.deliver(first.pk) == Outcome.SENT
    assert delivery.deliver(second.pk) == Outcome.FULL
    second.refresh_from_db()
    assert (second.status, second.attempts, second.rung_at) == (MessageStatus.QUEUED, 0, None)


def test_two_workers_at_once_take_one_turn(settings, monkeypatch) -> None:
    """The other takes the last turn after this one has looked, and before it speaks to the relay."""
    settings.EMAIL_PER_MINUTE = 1
    queue_many(1)
    message = Message.objects.get()
    make = delivery._email

    def overtaken(claimed: Message):
        assert pace.take_turn(timezone.now())
        return make(claimed)

    monkeypatch.setattr(delivery, "_email", overtaken)
    assert delivery.deliver(message.pk) == Outcome.FULL
    message.refresh_from_db()
    assert (message.status, message.attempts) == (MessageStatus.QUEUED, 0)
    assert mail.outbox == []


def test_what_is_withdrawn_meanwhile_is_not_given_back(settings, monkeypatch) -> None:
    settings.EMAIL_PER_MINUTE = 1
    queue_many(1)

    def overtaken(claimed: Message):
        pace.take_turn(timezone.now())
        outbox.cancel(key="0")

    monkeypatch.setattr(delivery, "_email", overtaken)
    delivery.deliver(Message.objects.get().pk)
    assert Message.objects.get().status == MessageStatus.CANCELLED


def test_a_clock_that_is_put_back_holds_nothing_up(settings, wait: Wait) -> None:
    settings.EMAIL_PER_MINUTE = 1
    assert pace.take_turn(timezone.now())
    assert not pace.take_turn(timezone.now())
    now = wait(-3600)
    assert pace.room(RelayState.objects.get(), now) == 1
    assert pace.take_turn(now)
    assert not pace.take_turn(now)


def test_without_a_limit_nobody_is_asked(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert pace.take_turn(timezone.now())
        assert pace.room(RelayState(), timezone.now()) is None

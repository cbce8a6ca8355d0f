"""Cancelled means cancelled, and a new address is the address: also for what a worker has in hand at that moment."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from astcoord.core import delivery, outbox, relay, sweeping
from astcoord.core.delivery import Outcome
from astcoord.core.models.messages import Message, MessageStatus
from tests import smtp

pytestmark = pytest.mark.django_db

Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def post(settings) -> Iterator[smtp.Relay]:
    with smtp.running() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 5
        yield running
        relay.hang_up()


@pytest.fixture
def message(post) -> Message:
    to = ("Ms Old", "old@oakfield.marlshire.example")
    return outbox.queue(key="k", kind="notice", to=to, subject="Hello", body="Dear Ms Old\n\nText")


@pytest.fixture
def while_printed(monkeypatch) -> Meanwhile:
    """Something happens while a worker puts the message together."""
    make = delivery._email

    def set_up(happens: Callable[[], object]) -> None:
        def printed(claimed: Message):
            email = make(claimed)
            happens()
            return email

        monkeypatch.setattr(delivery, "_email", printed)

    return set_up


@pytest.fixture
def while_on_the_wire(monkeypatch) -> Meanwhile:
    """Something happens between the last look and the relay's answer."""
    send = relay.send

    def set_up(happens: Callable[[], object]) -> None:
        def sent(email):
            happens()
            return send(email)

        monkeypatch.setattr(relay, "send", sent)

    return set_up


def withdraw() -> None:
    assert outbox.cancel(key="k") == 0, "what is on its way is not counted as taken back"


def change_hands() -> None:
    outbox.readdress(Message.objects.all(), name="Mr New", email="new@oakfield.marlshire.example")


def nothing_goes_any_more(message: Message, post: smtp.Relay, clock) -> None:
    """Not now, not later, and not if somebody asks for it."""
    message.refresh_from_db()
    assert message.status == MessageStatus.CANCELLED
    already = len(post.taken)
    post.answers.clear()
    for _ in range(3):
        clock.shift(timedelta(minutes=15))
        assert delivery.sweep() == []
    assert delivery.deliver(message.pk) == Outcome.NOT_OURS
    assert not outbox.retry(message, by=None)
    assert len(post.taken) == already


def test_what_is_withdrawn_while_it_is_printed_stops_before_the_wire(message, post, while_printed, clock):
    while_printed(withdraw)
    assert delivery.deliver(message.pk) == Outcome.CANCELLED
    assert post.taken == []
    nothing_goes_any_more(message, post, clock)


@pytest.mark.parametrize(
    "answers",
    [
        {"RCPT": "451 later"},
        {"DATA": "451 later"},
        {"RCPT": "550 no such mailbox"},
        {"MAIL": "530 sign in first"},
        {"DATA": "hang up"},
        {"DATA": "then hang up"},
    ],
    ids=["deferred", "deferred after the text", "refused", "our own fault", "the line breaks", "perhaps taken"],
)
def test_what_is_withdrawn_on_the_wire_and_not_taken_never_goes_again(message, post, while_on_the_wire, clock, answers):
    while_on_the_wire(withdraw)
    post.answers.update(answers)
    delivery.deliver(message.pk)
    nothing_goes_any_more(message, post, clock)


def test_what_the_relay_took_all_the_same_is_written_down_as_sent(message, post, while_on_the_wire):
    while_on_the_wire(withdraw)
    assert delivery.deliver(message.pk) == Outcome.SENT
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    assert message.cancelled_at is not None


@pytest.mark.parametrize("on_the_wire", [False, True])
def test_what_is_withdrawn_while_a_dead_worker_holds_it_never_goes_again(message, post, clock, on_the_wire):
    now = timezone.now()
    wire = now if on_the_wire else None
    Message.objects.update(status=MessageStatus.SENDING, token="dead", lease_until=now + delivery.LEASE, wire_at=wire)
    withdraw()
    clock.shift(timedelta(seconds=200))
    delivery.sweep()
    nothing_goes_any_more(message, post, clock)
    assert message.ambiguous == int(on_the_wire), "that it may have gone is not forgotten"


def test_what_is_withdrawn_while_it_kills_its_last_worker_is_no_failure(message, post, clock):
    lease = timezone.now() + delivery.LEASE
    deaths = sweeping.MOST_DEATHS - 1
    Message.objects.update(status=MessageStatus.SENDING, token="dead", lease_until=lease, deaths=deaths)
    withdraw()
    clock.shift(timedelta(seconds=200))
    delivery.sweep()
    nothing_goes_any_more(message, post, clock)


def test_what_is_withdrawn_and_cannot_be_put_together_is_no_failure(message, post, monkeypatch, clock):
    def broken(claimed: Message):
        withdraw()
        raise RuntimeError("no fonts")

    monkeypatch.setattr(delivery, "_email", broken)
    delivery.deliver(message.pk)
    monkeypatch.undo()
    nothing_goes_any_more(message, post, clock)


def test_what_is_withdrawn_while_the_database_goes_away_is_not_given_back(message, post, monkeypatch, clock):
    def away(claimed: Message):
        withdraw()
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(delivery, "_email", away)
        with pytest.raises(OperationalError):
            delivery.deliver(message.pk)
    nothing_goes_any_more(message, post, clock)


def test_a_worker_that_comes_by_between_the_flag_and_the_status_claims_nothing(message, post):
    Message.objects.update(cancelled_at=timezone.now())
    assert delivery.deliver(message.pk) == Outcome.NOT_OURS
    assert post.taken == []


def test_a_failed_one_that_was_withdrawn_is_not_tried_again(message):
    Message.objects.update(status=MessageStatus.FAILED)
    assert outbox.cancel(key="k") == 1
    assert not outbox.retry(message, by=None)


def test_a_new_address_while_it_is_printed_is_where_it_goes(message, post, while_printed, monkeypatch):
    while_printed(change_hands)
    assert delivery.deliver(message.pk) == Outcome.NOT_OURS
    assert post.taken == []
    monkeypatch.undo()
    assert delivery.sweep() == [message.pk]


def test_a_new_address_comes_with_its_greeting(message, post):
    change_hands()
    assert delivery.deliver(message.pk) == Outcome.SENT
    assert post.recipients == ["Mr New <new@oakfield.marlshire.example>"]
    assert "Dear Mr New" in post.taken[0].get_payload(0).get_payload()


def test_a_new_address_comes_too_late_for_what_is_on_the_wire_and_the_row_says_where_it_went(
    message, post, while_on_the_wire
):
    while_on_the_wire(change_hands)
    assert delivery.deliver(message.pk) == Outcome.SENT
    message.refresh_from_db()
    assert (message.to_name, message.to_email) == ("Ms Old", "old@oakfield.marlshire.example")
    assert message.body.startswith("Dear Ms Old")
    assert post.recipients == ["Ms Old <old@oakfield.marlshire.example>"]


def test_what_the_relay_defers_goes_to_the_new_address(message, post, while_on_the_wire, monkeypatch, clock):
    while_on_the_wire(change_hands)
    post.answers["RCPT"] = "451 later"
    assert delivery.deliver(message.pk) == Outcome.LATER
    post.answers.clear()
    monkeypatch.undo()
    clock.shift(timedelta(minutes=1))
    assert delivery.deliver(message.pk) == Outcome.SENT
    assert post.recipients == ["Mr New <new@oakfield.marlshire.example>"]

"""Delivery, fault by fault. The relay is a real one, on this machine, that answers as it is told."""

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from astcoord.core import delivery, documents, outbox, relay, sweeping, tasks
from astcoord.core.delivery import Outcome
from astcoord.core.models.messages import Message, MessageStatus, RelayState
from tests import smtp

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings) -> Iterator[smtp.Relay]:
    with smtp.running() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 5
        yield running
        relay.hang_up()


def queue(key: str = "k", **changes: object) -> Message:
    given = {"kind": "notice", "to": "head@oakfield.marlshire.example", "subject": "Hello", "body": "Text"}
    return outbox.queue(key=key, **{**given, **changes})


def later(clock, **by: float) -> None:
    clock.shift(timedelta(**by))


def fresh(message: Message) -> Message:
    message.refresh_from_db()
    return message


def test_a_message_arrives_with_its_identity_date_and_papers(post, template):
    template("letter", '{% extends "documents/base.html" %}{% block content %}<h1>Hello</h1>{% endblock %}')
    document = documents.freeze("letter", title="Letter", facts={})
    message = queue(
        to=("Head of Oakfield", "head@oakfield.marlshire.example"),
        attachments=[document],
        reply_to="ast@marlshire.example",
    )
    assert delivery.deliver(message.pk) == Outcome.SENT
    (arrived,) = post.taken
    assert arrived["Message-ID"] == message.message_id
    assert arrived["To"] == "Head of Oakfield <head@oakfield.marlshire.example>"
    assert arrived["Reply-To"] == "ast@marlshire.example"
    assert arrived["Date"] == f"{message.queued_at:%a, %d %b %Y %H:%M:%S +0000}"
    (paper,) = [part for part in arrived.walk() if part.get_content_type() == "application/pdf"]
    assert paper.get_payload(decode=True) == documents.pdf(document)
    assert fresh(message).status == MessageStatus.SENT
    assert message.sent_at is not None
    assert message.lease_until is None


def test_a_round_goes_over_one_line(post):
    for number in range(5):
        queue(str(number), to=f"head@school-{number}.marlshire.example")
    assert delivery.deliver_all() == {Outcome.SENT: 5}
    assert sorted(post.recipients) == [f"head@school-{number}.marlshire.example" for number in range(5)]


def test_r_5_3_delivering_twice_sends_once(post):
    message = queue()
    assert delivery.deliver(message.pk) == Outcome.SENT
    assert delivery.deliver(message.pk) == Outcome.NOT_OURS
    assert len(post.taken) == 1


def test_r_16_4_running_a_task_twice_changes_nothing(post):
    message = queue()
    assert tasks.deliver_message(message.pk) == "sent"
    assert tasks.deliver_message(message.pk) != "sent"
    assert tasks.sweep_outbox() == 0
    assert len(post.taken) == 1


def test_not_before_its_time(post, clock):
    message = queue(not_before=timezone.now() + timedelta(hours=1))
    assert delivery.deliver(message.pk) == Outcome.NOT_OURS
    assert delivery.sweep() == []
    later(clock, hours=2)
    assert delivery.deliver(message.pk) == Outcome.SENT


def test_a_cancelled_message_is_not_sent(post):
    message = queue()
    outbox.cancel(key=message.key)
    assert delivery.deliver(message.pk) == Outcome.NOT_OURS
    assert post.taken == []


class TestTheRelayIsAway:
    @pytest.fixture(autouse=True)
    def nobody_listens(self, settings):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            settings.EMAIL_PORT = unused.getsockname()[1]
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"

    def test_it_costs_no_attempt_and_no_printing(self, template):
        document = documents.freeze("never-printed", title="x", facts={})
        message = queue(attachments=[document])
        assert delivery.deliver(message.pk) == Outcome.PAUSED
        assert fresh(message).status == MessageStatus.QUEUED
        assert message.attempts == 0

    def test_everybody_leaves_it_alone_for_a_while(self, clock):
        first, second = queue("1"), queue("2")
        delivery.deliver(first.pk)
        assert RelayState.objects.get().failures == 1
        assert delivery.deliver(second.pk) == Outcome.PAUSED
        assert RelayState.objects.get().failures == 1
        assert delivery.sweep() == []
        later(clock, minutes=relay.LONGEST_PAUSE)
        assert delivery.sweep() == [first.pk, second.pk]

    def test_the_pauses_grow_to_a_few_minutes(self, clock):
        message = queue()
        for _ in range(12):
            delivery.deliver(message.pk)
            later(clock, seconds=relay.LONGEST_PAUSE)
        delivery.deliver(message.pk)
        pause = RelayState.objects.get().paused_until - timezone.now()
        assert timedelta(seconds=relay.LONGEST_PAUSE / 3) < pause <= timedelta(seconds=relay.LONGEST_PAUSE)

    def test_it_is_well_again(self, clock, settings):
        message = queue()
        delivery.deliver(message.pk)
        later(clock, seconds=relay.LONGEST_PAUSE)
        with smtp.running() as back:
            settings.EMAIL_PORT = back.port
            assert delivery.deliver(message.pk) == Outcome.SENT
        assert RelayState.objects.get().paused_until is None

    def test_it_is_well_again_though_nothing_waits_to_go(self, clock, settings):
        relay.trip(timezone.now())
        later(clock, seconds=relay.LONGEST_PAUSE)
        assert delivery.sweep() == []
        assert RelayState.objects.get().failures == 2
        later(clock, seconds=relay.LONGEST_PAUSE)
        with smtp.running() as back:
            settings.EMAIL_PORT = back.port
            assert delivery.sweep() == []
            relay.hang_up()
        assert RelayState.objects.get().away_since is None

    def test_it_is_not_well_while_it_answers_and_refuses_our_sender(self, clock, settings):
        relay.trip(timezone.now())
        later(clock, seconds=relay.LONGEST_PAUSE)
        with smtp.running() as back:
            settings.EMAIL_PORT = back.port
            back.answers["MAIL"] = "550 not from you"
            assert delivery.sweep() == []
            told = RelayState.objects.get()
            assert told.failures == 2
            assert told.reason == "it does not accept e-mail from the service’s address (it answered 550)"
            back.answers.clear()
            later(clock, seconds=relay.LONGEST_PAUSE)
            assert delivery.sweep() == []
            assert back.taken == [], "asking sends nothing"
            relay.hang_up()
        assert RelayState.objects.get().away_since is None

    def test_while_a_message_waits_for_its_next_try_that_try_tells(self, clock, settings):
        message = queue()
        relay.trip(timezone.now())
        Message.objects.update(attempts=1, due_at=timezone.now() + timedelta(seconds=500))
        later(clock, seconds=relay.LONGEST_PAUSE)
        with smtp.running() as back:
            settings.EMAIL_PORT = back.port
            assert delivery.sweep() == []
            assert RelayState.objects.get().away_since is not None
            later(clock, seconds=500)
            assert delivery.deliver(message.pk) == Outcome.SENT
        assert RelayState.objects.get().away_since is None

    def test_after_three_days_a_person_is_told(self, clock):
        message = queue()
        delivery.deliver(message.pk)
        later(clock, hours=71)
        delivery.sweep()
        assert fresh(message).status == MessageStatus.QUEUED
        later(clock, hours=2)
        delivery.sweep()
        assert fresh(message).status == MessageStatus.FAILED
        assert message.error.startswith("Given up after three days.")


def test_a_name_that_no_header_takes_fails_before_the_wire(post):
    message = queue(to=("=?utf-8?q?=0A?=", "head@oakfield.marlshire.example"))
    assert delivery.deliver(message.pk) == Outcome.FAILED
    assert fresh(message).error == delivery.NOT_PUT_TOGETHER
    assert message.wire_at is None
    assert post.taken == []


@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
def test_deferred_by_the_relay_is_tried_again(post, clock, verb):
    message = queue()
    post.answers[verb] = "451 4.3.0 try later"
    assert delivery.deliver(message.pk) == Outcome.LATER
    assert fresh(message).status == MessageStatus.QUEUED
    assert message.due_at > timezone.now()
    assert "451" in message.error
    assert message.ambiguous == 0
    post.answers.clear()
    later(clock, seconds=10)
    assert delivery.deliver(message.pk) == Outcome.SENT
    assert fresh(message).error == ""


@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
def test_refused_by_the_relay_is_failed_and_others_go_on(post, verb):
    message, other = queue("1"), queue("2", to="head@beech.marlshire.example")
    post.answers[verb] = "550 5.1.1 nobody of that name"
    assert delivery.deliver(message.pk) == Outcome.FAILED
    assert fresh(message).status == MessageStatus.FAILED
    assert "nobody of that name" in message.error
    post.answers.clear()
    assert delivery.deliver(other.pk) == Outcome.SENT
    assert not RelayState.objects.filter(failures__gt=0).exists()


def test_a_sender_that_the_relay_refuses_is_our_fault_and_costs_no_letter(post):
    message = queue()
    post.answers["MAIL"] = "530 sign in first"
    assert delivery.deliver(message.pk) == Outcome.LATER
    assert fresh(message).status == MessageStatus.QUEUED
    assert RelayState.objects.get().failures == 1


@pytest.mark.parametrize("answer", ["552 message size exceeds fixed limit", "523 5.3.4 too big for us"])
def test_a_message_that_is_too_large_is_told_with_the_sender_and_pauses_nobody(post, answer):
    post.answers["MAIL"] = answer
    first, second = queue("1"), queue("2")
    assert delivery.deliver(first.pk) == Outcome.FAILED
    assert answer in fresh(first).error
    post.answers.clear()
    assert delivery.deliver(second.pk) == Outcome.SENT


def test_a_line_that_breaks_after_the_message_leaves_doubt_and_one_identity(post, clock):
    message = queue()
    post.answers["DATA"] = "then hang up"
    assert delivery.deliver(message.pk) == Outcome.LATER
    assert fresh(message).ambiguous == 1
    post.answers.clear()
    later(clock, seconds=relay.LONGEST_PAUSE)
    assert delivery.deliver(message.pk) == Outcome.SENT
    assert {str(arrived["Message-ID"]) for arrived in post.taken} == {message.message_id}


def test_a_line_that_went_dead_between_messages_is_opened_again(post):
    assert delivery.deliver(queue("1").pk) == Outcome.SENT
    post.answers["NOOP"] = "hang up"
    assert delivery.deliver(queue("2").pk) == Outcome.SENT


class TestAWorkerDied:
    @pytest.fixture
    def held(self, post, clock) -> Message:
        message = queue()
        Message.objects.update(
            status=MessageStatus.SENDING, token="dead", attempts=1, lease_until=timezone.now() + delivery.LEASE
        )
        return message

    def test_its_claim_stands_until_the_lease_runs_out(self, held, clock):
        assert delivery.sweep() == []
        assert delivery.deliver(held.pk) == Outcome.NOT_OURS
        later(clock, seconds=200)
        assert delivery.sweep() == [held.pk]

    def test_before_the_wire_there_is_no_doubt(self, held, clock):
        later(clock, seconds=200)
        delivery.sweep()
        assert fresh(held).status == MessageStatus.QUEUED
        assert (held.deaths, held.ambiguous) == (1, 0)

    def test_after_the_wire_there_is(self, held, clock, post):
        Message.objects.update(wire_at=timezone.now())
        later(clock, seconds=200)
        delivery.sweep()
        assert (fresh(held).deaths, held.ambiguous) == (1, 1)
        assert delivery.deliver(held.pk) == Outcome.SENT
        assert post.taken[0]["Message-ID"] == held.message_id

    def test_one_that_kills_every_worker_is_not_tried_for_ever(self, held, clock):
        for _ in range(sweeping.MOST_DEATHS):
            later(clock, seconds=200)
            delivery.sweep()
            Message.objects.filter(status=MessageStatus.QUEUED).update(
                status=MessageStatus.SENDING, lease_until=timezone.now()
            )
        assert fresh(held).status == MessageStatus.FAILED
        assert "workers died" in held.error


def test_a_claim_lost_while_printing_is_not_sent(post, monkeypatch):
    message = queue()
    make = delivery._email

    def overtaken(claimed: Message):
        Message.objects.update(token="somebody else")
        return make(claimed)

    monkeypatch.setattr(delivery, "_email", overtaken)
    assert delivery.deliver(message.pk) == Outcome.NOT_OURS
    assert post.taken == []


def test_sent_is_recorded_even_if_the_lease_ran_out_meanwhile(post, monkeypatch, clock):
    message = queue()
    send = relay.send

    def slow(email):
        answer = send(email)
        later(clock, seconds=200)
        delivery.sweep()
        return answer

    monkeypatch.setattr(relay, "send", slow)
    assert delivery.deliver(message.pk) == Outcome.SENT
    assert fresh(message).status == MessageStatus.SENT
    assert delivery.sweep() == []


def test_an_unprintable_paper_fails_its_message_only(post, template):
    template("broken", "<html><body></body></html>")
    message = queue(attachments=[documents.freeze("broken", title="x", facts={})])
    other = queue("2")
    assert delivery.deliver_all() == {Outcome.FAILED: 1, Outcome.SENT: 1}
    assert "could not be put together" in fresh(message).error
    assert fresh(other).status == MessageStatus.SENT


def test_a_database_that_goes_away_before_the_wire_gives_the_message_back(post, monkeypatch):
    message = queue()

    def away(claimed: Message):
        raise OperationalError("gone")

    monkeypatch.setattr(delivery, "_email", away)
    with pytest.raises(OperationalError):
        delivery.deliver(message.pk)
    assert fresh(message).status == MessageStatus.QUEUED
    assert post.taken == []


def test_the_broker_is_never_given_more_than_a_window(settings):
    for number in range(sweeping.WINDOW + 20):
        queue(str(number))
    assert len(delivery.sweep()) == sweeping.WINDOW
    assert delivery.sweep() == []


def test_a_notification_that_nobody_heard_is_given_again(clock):
    message = queue()
    assert delivery.sweep() == [message.pk]
    assert delivery.sweep() == []
    later(clock, seconds=61)
    assert delivery.sweep() == [message.pk]


def test_a_sweep_asks_the_same_few_questions_however_long_the_queue(django_assert_max_num_queries):
    for number in range(30):
        queue(str(number))
    with django_assert_max_num_queries(8):
        delivery.sweep()

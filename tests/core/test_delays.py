"""What the office is told when e-mail does not go; and that it is told nothing when it does."""

import smtplib
import socket
import ssl
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from astcoord.core import delays, delivery, heartbeat, outbox, relay
from astcoord.core.models.messages import Message, RelayState
from tests import smtp
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands")]

HELD_UP = "E-mail is held up"


def queue(key: str = "1", **options: Any) -> Message:
    return outbox.queue(key=key, kind="n", to="head@oakfield.marlshire.example", subject="S", body="B", **options)


def home(client: Client, user: Any) -> str:
    client.force_login(user)
    return " ".join(
        client.get("/").content.decode().replace('<span class="app-nowrap">', "").replace("</span>", "").split()
    )


def local(at: datetime) -> str:
    return f"{timezone.localtime(at):%-I:%M}"


@pytest.fixture
def elsewhere(settings):
    """A port at which nobody answers."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = unused.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"


def test_nothing_is_said_when_all_is_well(cast: Cast, client: Client) -> None:
    assert HELD_UP not in home(client, cast.coordinator)
    heartbeat.note(worker="celery@office", pid=1)
    queue()
    assert HELD_UP not in home(client, cast.coordinator)


@pytest.mark.parametrize("name", ["coordinator", "administrator"])
def test_the_office_reads_that_the_worker_has_not_looked(cast: Cast, client: Client, clock: Any, name: str) -> None:
    heartbeat.note(worker="celery@office", pid=1)
    last = timezone.now()
    clock.shift(timedelta(minutes=3))
    page = home(client, getattr(cast, name))
    assert HELD_UP in page
    assert f"The worker has not looked since 6 October 2026, {local(last)}" in page
    assert "Tell whoever runs the service" in page


@pytest.mark.parametrize("name", ["consultant", "officer", "host_head", "ast", "chair"])
def test_nobody_else_does(cast: Cast, client: Client, clock: Any, name: str) -> None:
    heartbeat.note(worker="celery@office", pid=1)
    queue()
    relay.trip(timezone.now(), "it cannot be reached")
    clock.shift(timedelta(minutes=30))
    assert HELD_UP not in home(client, getattr(cast, name))


def test_the_office_reads_since_when_the_mail_server_takes_nothing_and_why(
    cast: Cast, client: Client, clock: Any, settings: Any, elsewhere: None
) -> None:
    message = queue()
    first = timezone.now()
    for _ in range(3):
        delivery.deliver(message.pk)
        clock.shift(timedelta(minutes=5))
    page = home(client, cast.coordinator)
    assert f"The mail server has taken no e-mail since 6 October 2026, {local(first)}" in page
    assert "no mail server answers at its address" in page
    assert f"1 e-mail is waiting since 6 October 2026, {local(first)}" in page
    with smtp.running() as back:
        settings.EMAIL_PORT = back.port
        assert delivery.deliver(message.pk) == delivery.Outcome.SENT
    assert HELD_UP not in home(client, cast.coordinator)


def test_a_server_that_takes_others_is_not_away(settings: Any, clock: Any) -> None:
    """What it defers or refuses is one message's matter: it answers."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    for answer in ("451 later", "550 nobody"):
        relay.trip(timezone.now(), "it does not answer")
        clock.shift(timedelta(minutes=5))
        with smtp.running() as back:
            settings.EMAIL_PORT = back.port
            back.answers["RCPT"] = answer
            delivery.deliver(queue(answer).pk)
        assert (RelayState.objects.get().away_since, RelayState.objects.get().reason) == (None, "")


def test_what_waits_is_counted_from_when_it_should_have_gone(cast: Cast, client: Client, clock: Any) -> None:
    queue("tomorrow", not_before=timezone.now() + timedelta(days=1))
    clock.shift(timedelta(minutes=1))
    first = timezone.now()
    message = queue("first")
    clock.shift(timedelta(minutes=3))
    queue("second")
    clock.shift(timedelta(minutes=3))
    Message.objects.filter(pk=message.pk).update(attempts=3, due_at=timezone.now() + timedelta(minutes=5))  # put off
    told = delays.told(cast.coordinator, timezone.now())
    assert told
    assert (told.waiting, told.waiting_since) == (1, first)
    clock.shift(timedelta(minutes=3))
    assert "2 e-mails are waiting, the oldest since 6 October 2026" in home(client, cast.coordinator)


def test_it_costs_three_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    cast.coordinator.has_role("coordinator")
    with django_assert_num_queries(3):
        delays.told(cast.coordinator, timezone.now())


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (smtplib.SMTPAuthenticationError(535, b"rowan@x.example unknown"), "user name and password (it answered 535)"),
        (smtplib.SMTPSenderRefused(530, b"sign in", "a@x.example"), "from the service’s address (it answered 530)"),
        (smtplib.SMTPConnectError(421, b"busy"), "not ready to take e-mail (it answered 421)"),
        (smtplib.SMTPServerDisconnected("x"), "ended the connection in the middle"),
        (smtplib.SMTPNotSupportedError("STARTTLS"), "does not offer the encryption"),
        (ssl.SSLCertVerificationError("self-signed"), "its certificate or its encryption"),
        (socket.gaierror(-2, "Name or service not known"), "no machine of its name"),
        (TimeoutError("timed out"), "it does not answer"),
        (ConnectionRefusedError(111, "x"), "no mail server answers"),
        (BrokenPipeError(32, "x"), "ended the connection in the middle"),
        (OSError(113, "No route to host"), "it cannot be reached"),
    ],
)
def test_the_reason_is_in_plain_words_and_none_of_the_servers_own(error: Exception, words: str) -> None:
    assert words in relay.reason(error)
    assert "@" not in relay.reason(error)


def test_a_limit_of_the_mail_server_is_named_where_e_mails_wait(
    cast: Cast, client: Client, clock: Any, settings: Any
) -> None:
    settings.EMAIL_PER_MINUTE = 30
    queue()
    clock.shift(timedelta(minutes=6))
    assert "The mail server is given no more than 30 a minute." in home(client, cast.coordinator)

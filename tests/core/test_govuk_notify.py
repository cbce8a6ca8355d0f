"""E-mail by GOV.UK Notify: a client that stands in, no network."""

import base64
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives

from astcoord.settings.mail import email

pytest.importorskip("django_gov_notify", reason="installed with the packages for development: make setup")

from notifications_python_client.errors import HTTPError, TokenError

from astcoord.core import relay
from astcoord.core.relay import Answer

PLAIN, PAPER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
KEY = f"live-{PLAIN}-{PAPER}"
URL = f"govuk-notify://:{KEY}@{PLAIN}/{PAPER}"


class Client:
    """Takes down what it is given, and answers what the test says."""

    def __init__(self, error: Exception | None = None) -> None:
        self.taken: list[dict[str, Any]] = []
        self.error = error

    def send_email_notification(self, **facts: Any) -> None:
        if self.error:
            raise self.error
        self.taken.append(facts)


@pytest.fixture
def client(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    for name, value in email(URL).items():
        setattr(settings, name, value)
    stand_in = Client()
    monkeypatch.setattr("django_gov_notify.backends.NotificationsAPIClient", lambda key: stand_in)
    relay.hang_up()
    yield stand_in
    relay.hang_up()


def letter(*papers: bytes) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        "Support", "Dear head,\n\n- one\n", "ast@marlshire.example", ["Ms Kestrel <head@oak.marlshire.example>"],
        reply_to=["office@marlshire.example"], headers={"Message-ID": "<1@ast>"},
    )  # fmt: skip
    message.attach_alternative("<p>Dear head</p>", "text/html")
    for data in papers:
        message.attach("letter.pdf", data, "application/pdf")
    return message


def failed(status: int) -> HTTPError:
    return HTTPError(SimpleNamespace(status_code=status, content=b"{}", json=lambda: {"message": "Ms Kestrel"}))


def test_a_message_goes_by_the_plain_template(client: Client) -> None:
    assert relay.send(letter()) == (Answer.TAKEN, "")
    assert client.taken == [
        {
            "email_address": "head@oak.marlshire.example",
            "template_id": PLAIN,
            "personalisation": {"subject": "Support", "body": "Dear head,\n\n- one\n"},
        }
    ]


def test_a_paper_goes_as_a_link_by_the_other_template(client: Client) -> None:
    assert relay.send(letter(b"%PDF-1.7"))[0] is Answer.TAKEN
    (taken,) = client.taken
    assert taken["template_id"] == PAPER
    assert base64.b64decode(taken["personalisation"]["paper"]["file"]) == b"%PDF-1.7"


@pytest.mark.parametrize("papers", [(b"%PDF", b"%PDF"), (b"x" * (2 * 1024 * 1024 + 1),)])
def test_what_cannot_go_is_refused_with_words_and_not_sent_without_its_paper(client: Client, papers: Any) -> None:
    said, words = relay.send(letter(*papers))
    assert said is Answer.REFUSED
    assert "paper" in words
    assert client.taken == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (failed(400), Answer.REFUSED),
        (failed(403), Answer.AWAY),
        (failed(429), Answer.LATER),
        (failed(500), Answer.LATER),
        (HTTPError(None), Answer.UNKNOWN),
        (TokenError("bad"), Answer.AWAY),
    ],
)
def test_answers_of_notify_are_those_of_a_relay_and_name_nobody(
    client: Client, error: Exception, expected: Answer
) -> None:
    client.error = error
    said, words = relay.send(letter())
    assert said is expected
    assert "Kestrel" not in words


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"govuk-notify://@{PLAIN}/{PAPER}", "the key is missing"),
        (f"govuk-notify://:{KEY[:-1]}@{PLAIN}/{PAPER}", "or cut off"),
        (f"govuk-notify://:{KEY}@{PLAIN}", "two templates"),
        (f"govuk-notify://:{KEY}@plain/{PAPER}", "two templates"),
    ],
)
def test_half_a_configuration_is_refused_at_the_start(url: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        email(url)


def test_without_its_package_the_start_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("astcoord.settings.mail.find_spec", lambda _: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements-notify\.txt"):
        email(URL)


def test_a_relay_is_read_as_before() -> None:
    assert email("smtp+tls://user:pw@relay.example:587")["EMAIL_USE_TLS"] is True

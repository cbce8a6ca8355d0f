"""E-mails that may have gone twice are shown until a person has said what arrived."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astcoord.core import delivery, doubt, outbox
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import REMOVED, Arrived, Message, MessageStatus
from tests.cast import Cast

pytestmark = pytest.mark.django_db

SENT = {"status": MessageStatus.SENT, "ambiguous": 1, "sent_at": timezone.now()}


@pytest.fixture(autouse=True)
def _page(client: Client, cast: Cast) -> None:
    client.force_login(cast.administrator)


def doubtful(key: str, **changes: object) -> Message:
    message = outbox.queue(key=key, kind="notice", to="a@marlshire.example", subject=f"About {key}", body="Words")
    Message.objects.filter(pk=message.pk).update(**{**SENT, **changes})
    return message


def say(client: Client, arrived: Arrived, *messages: Message) -> str:
    pks = [message.pk for message in messages]
    return client.post(
        reverse("staff:doubtful_mail"), {"emails": pks, "arrived": arrived}, follow=True
    ).content.decode()


def test_the_first_page_and_the_list_show_them_only_until_they_are_settled(client: Client) -> None:
    message = doubtful("one")
    assert "E-mails that may have gone twice" in client.get("/tasks/").content.decode()
    page = client.get(reverse("staff:doubtful_mail")).content.decode()
    assert "About one, to a@marlshire.example" in page
    assert "May have arrived twice" in page
    say(client, Arrived.TWICE, message)
    assert "E-mails that may have gone twice" not in client.get("/tasks/").content.decode()
    assert "no e-mail of which anybody would have to ask" in client.get(reverse("staff:doubtful_mail")).content.decode()


def test_several_are_settled_at_once_and_each_stands_in_the_audit_trail(client: Client, cast: Cast) -> None:
    one, two, three = (doubtful(key) for key in ("one", "two", "three"))
    assert "Written down of 2 e-mails" in say(client, Arrived.ONCE, one, two)
    assert list(doubt.doubtful()) == [three]
    events = AuditEvent.objects.filter(verb="message: It arrived once")
    assert {event.about_id for event in events} == {one.pk, two.pk}
    assert {event.by for event in events} == {cast.administrator}
    assert Message.objects.filter(status=MessageStatus.SENT).count() == 3


def test_what_did_not_arrive_goes_again_under_the_same_identity(client: Client) -> None:
    message = doubtful("one")
    say(client, Arrived.NOT, message)
    assert delivery.deliver_all().total() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == message.message_id
    assert not doubt.doubtful().exists()


def test_a_new_doubt_is_asked_again(client: Client) -> None:
    message = doubtful("one")
    say(client, Arrived.NOT, message)
    held = {"status": MessageStatus.SENDING, "token": "dead", "lease_until": timezone.now(), "wire_at": timezone.now()}
    Message.objects.update(**held)
    delivery.sweep()
    Message.objects.update(status=MessageStatus.SENT, sent_at=timezone.now())
    assert list(doubt.doubtful()) == [message]


def test_what_was_withdrawn_is_not_sent_again(client: Client) -> None:
    message = doubtful("one", status=MessageStatus.CANCELLED, sent_at=None, cancelled_at=timezone.now())
    say(client, Arrived.NOT, message)
    message.refresh_from_db()
    assert message.status == MessageStatus.CANCELLED


def test_of_what_has_no_text_any_more_nobody_is_asked(cast: Cast) -> None:
    message = doubtful("one", body=REMOVED, to_email="")
    assert not doubt.doubtful().exists()
    assert message in Message.objects.filter(ambiguous=1, reconciled="")
    assert doubt.reconcile(pks=[message.pk], arrived=Arrived.NOT, by=cast.administrator) == 0
    assert outbox.queue_again(Message.objects.filter(pk=message.pk)) == 0


def test_what_still_goes_by_itself_is_not_asked_yet(client: Client) -> None:
    doubtful("one", status=MessageStatus.QUEUED, sent_at=None)
    assert not doubt.doubtful().exists()


def test_two_people_at_once_settle_it_once(cast: Cast) -> None:
    message = doubtful("one")
    assert doubt.reconcile(pks=[message.pk], arrived=Arrived.NOT, by=cast.administrator) == 1
    assert doubt.reconcile(pks=[message.pk], arrived=Arrived.NOT, by=cast.coordinator) == 0


def test_one_that_failed_is_marked_among_those_that_failed(client: Client) -> None:
    doubtful("one", status=MessageStatus.FAILED, sent_at=None, error="Given up after three days.")
    page = client.get(reverse("staff:failed_mail")).content.decode()
    assert "May have arrived.</strong> Given up" in page
    assert "1 e-mail may have gone twice" in page


def test_nothing_ticked_is_told(client: Client) -> None:
    doubtful("one")
    assert "Select the e-mails" in say(client, Arrived.ONCE)


def test_a_head_may_not(cast: Cast, client: Client) -> None:
    client.force_login(cast.host_head)
    assert client.get(reverse("staff:doubtful_mail")).status_code == 403


def test_the_page_takes_as_many_queries_for_sixty(client: Client, django_assert_max_num_queries) -> None:
    for number in range(60):
        doubtful(str(number))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("staff:doubtful_mail")).content.decode()
    assert "These are the first 40 of 60" in page

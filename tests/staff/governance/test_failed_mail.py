"""The office sees which e-mails failed and why, and can try again."""

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core import outbox
from astcoord.core.models.messages import REMOVED, Message, MessageStatus
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def fail(key: str) -> Message:
    message = outbox.queue(key=key, kind="notice", to="a@marlshire.example", subject=f"About {key}", body="Words")
    Message.objects.filter(pk=message.pk).update(status=MessageStatus.FAILED, error="550 no such mailbox")
    return message


def test_what_failed_stands_on_the_first_page_with_its_reason(cast: Cast, client: Client) -> None:
    fail("one")
    client.force_login(cast.administrator)
    assert b"E-mails that could not be sent" in client.get("/").content
    page = client.get(reverse("staff:failed_mail")).content.decode()
    assert "550 no such mailbox" in page
    assert "About one" in page


def test_trying_again_queues_it_once(cast: Cast, client: Client) -> None:
    message = fail("one")
    client.force_login(cast.coordinator)
    for _ in range(2):
        client.post(reverse("staff:failed_mail_again", args=[message.pk]))
    message.refresh_from_db()
    assert message.status == MessageStatus.QUEUED
    assert client.get(reverse("staff:failed_mail_again", args=[message.pk])).status_code == 405


def test_what_has_no_text_any_more_is_not_sent_again_and_nobody_is_asked_to(cast: Cast, client: Client) -> None:
    message = fail("one")
    Message.objects.update(body=REMOVED, to_email="", error="")
    client.force_login(cast.coordinator)
    page = client.get(reverse("staff:failed_mail")).content.decode()
    assert "About one" in page
    assert "Try again" not in page
    answer = client.post(reverse("staff:failed_mail_again", args=[message.pk]), follow=True)
    assert "cannot be sent again" in answer.content.decode()
    message.refresh_from_db()
    assert message.status == MessageStatus.FAILED


def test_a_head_may_not(cast: Cast, client: Client) -> None:
    client.force_login(cast.host_head)
    assert client.get(reverse("staff:failed_mail")).status_code == 403


def test_the_list_takes_as_many_queries_for_thirty(cast: Cast, client: Client, django_assert_max_num_queries) -> None:
    for number in range(30):
        fail(str(number))
    client.force_login(cast.coordinator)
    with django_assert_max_num_queries(12):
        client.get(reverse("staff:failed_mail"))

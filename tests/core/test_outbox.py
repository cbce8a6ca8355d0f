"""Queueing: once for each key, in the caller's transaction, one notification for each commit."""

import pytest
from django.db import transaction
from django.utils import timezone

from astcoord.core import documents, outbox
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message, MessageStatus

pytestmark = pytest.mark.django_db


def queue(key: str = "k", **changes: object) -> Message:
    given = {"kind": "notice", "to": "head@oakfield.marlshire.example", "subject": "Hello", "body": "Text"}
    return outbox.queue(key=key, **{**given, **changes})


@pytest.fixture
def notified(monkeypatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(outbox.queued, "receivers", [lambda: told.append("look")])
    return told


def test_r_5_3_a_key_is_queued_once():
    first = queue("letters:autumn-2026:100001", subject="First")
    second = queue("letters:autumn-2026:100001", subject="Second")
    assert second == first
    assert Message.objects.get().subject == "First"


def test_nothing_is_queued_when_the_decision_is_undone():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_each_message_has_an_identity_for_life():
    one, two = queue("1"), queue("2")
    assert one.message_id != two.message_id
    assert one.message_id.endswith("@ast.marlshire.example>")


def test_names_and_subjects_stay_on_one_line():
    message = queue(to=("Head\r\nBcc: x@y.example", "head@oakfield.marlshire.example"), subject="A\nB")
    assert message.subject == "A B"
    assert "\n" not in message.to_name


def test_replies_go_to_the_office(policy_in_force):
    assert queue().reply_to == "ast@marlshire.example"
    assert queue("2", reply_to="").reply_to == ""


def test_an_empty_address_is_the_callers_mistake():
    with pytest.raises(ValueError, match="no address"):
        queue(to="")


def test_attachments_are_named():
    document = documents.freeze("letter", title="Help at St Anne’s", facts={})
    other = documents.freeze("letter", title="Other", facts={})
    message = queue(attachments=[document, (other, "contract.pdf")])
    names = list(message.messageattachment_set.order_by("pk").values_list("filename", flat=True))
    assert names == ["help-at-st-annes.pdf", "contract.pdf"]


def test_one_notification_for_each_commit(notified, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        for number in range(30):
            queue(str(number))
    assert notified == ["look"]


def test_no_notification_for_what_was_queued_before(notified, django_capture_on_commit_callbacks):
    queue()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        queue()
    assert len(callbacks) == 0


def test_the_notification_survives_an_inner_rollback(notified, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            queue("undone")
            transaction.set_rollback(True)
        queue("done")
    assert notified == ["look"]


def test_a_broker_that_is_away_hurts_nobody(monkeypatch, django_capture_on_commit_callbacks):
    def broken() -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(outbox.queued, "receivers", [broken])
    with django_capture_on_commit_callbacks(execute=True):
        queue()
    assert Message.objects.get().status == MessageStatus.QUEUED


def test_what_is_not_yet_sent_can_be_taken_back():
    document = documents.freeze("letter", title="About this", facts={})
    queue("a", about=document)
    queue("b", about=document, kind="reminder")
    queue("c")
    assert outbox.cancel_about(document, "reminder") == 1
    assert outbox.cancel_about(document) == 1
    assert outbox.cancel(key="c") == 1
    assert set(Message.objects.values_list("status", flat=True)) == {MessageStatus.CANCELLED}


def test_what_is_sent_or_on_its_way_cannot():
    queue("sent")
    Message.objects.filter(key="sent").update(status=MessageStatus.SENT, sent_at=timezone.now())
    queue("sending")
    Message.objects.filter(key="sending").update(status=MessageStatus.SENDING)
    assert outbox.cancel(key="sent") == outbox.cancel(key="sending") == 0


def test_r_5_3_a_failed_message_is_tried_again_by_a_person(clock):
    message = queue()
    Message.objects.update(status=MessageStatus.FAILED, error="550 unknown", give_up_at=timezone.now())
    assert outbox.retry(message, by=None)
    assert message.status == MessageStatus.QUEUED
    assert message.give_up_at > timezone.now() + outbox.LIFE / 2
    assert AuditEvent.objects.get().before == {"error": "550 unknown"}
    assert not outbox.retry(message, by=None)


def test_what_is_undone_does_not_silence_the_next(notified, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        queue("undone")
    with django_capture_on_commit_callbacks(execute=True):
        queue("done")
    assert notified == ["look"]

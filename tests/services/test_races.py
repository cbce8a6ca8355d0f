"""What only a database with many writers can show: of those who race, one wins, and nobody fails."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from astcoord.core import delivery, documents, outbox
from astcoord.core.delivery import Outcome
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(number: int, work: Callable[[], Any]) -> list[Any]:
    """Run `work` in so many threads that start together; what each returned or raised."""
    start, results = threading.Barrier(number), []

    def run() -> None:
        start.wait()
        try:
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def queue(key: str) -> Message:
    return outbox.queue(key=key, kind="n", to="head@oakfield.marlshire.example", subject="S", body="B")


def test_r_5_3_one_key_queued_by_many_at_once_is_one_message():
    results = at_once(8, lambda: queue("round:1:school:1").pk)
    assert len(results) == 8
    assert len(set(results)) == 1
    assert Message.objects.count() == 1


def test_r_5_3_one_message_delivered_by_many_at_once_is_sent_once():
    pk = queue("k").pk
    outcomes = Counter(at_once(8, lambda: delivery.deliver(pk)))
    assert outcomes == {Outcome.SENT: 1, Outcome.NOT_OURS: 7}
    assert len(mail.outbox) == 1


def test_many_sweeps_at_once_lose_no_message():
    for number in range(20):
        queue(str(number))
    due = at_once(4, delivery.sweep)
    assert {pk for found in due for pk in found} == set(Message.objects.values_list("pk", flat=True))


def test_a_document_printed_by_many_at_once_has_one_print(monkeypatch):
    prints = iter(f"%PDF {n}" for n in range(100))
    monkeypatch.setattr(documents, "preview", lambda *a, **k: next(prints).encode())
    pk = documents.freeze("letter", title="x", facts={}).pk
    results = at_once(6, lambda: documents.pdf(Document.objects.get(pk=pk)))
    assert len(results) == 6
    assert len(set(results)) == 1

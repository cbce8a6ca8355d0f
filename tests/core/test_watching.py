"""What a program that watches the service sees: is it alive, is it ready, what are its numbers. Nothing of anybody."""

from typing import Any

import pytest
from django.db import OperationalError, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from astcoord.core import outbox, readiness, records
from astcoord.core.models.messages import Message
from tests.cast import Cast

TOKEN = "a-token-of-the-tests-only"


@pytest.fixture
def fresh() -> Any:
    readiness._migrated.cache_clear()
    yield
    readiness._migrated.cache_clear()


def numbers(client: Client) -> dict[str, float]:
    from prometheus_client.parser import text_string_to_metric_families  # noqa: PLC0415 (as core.metrics does)

    answer = client.get("/metrics/", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(answer.content.decode())
    samples = [sample for family in families for sample in family.samples]
    return {f"{s.name}{''.join(sorted(s.labels.values()))}": s.value for s in samples}


def test_alive_asks_the_database_nothing(client: Client) -> None:
    """Without the mark of the database: a query would be an error."""
    answer = client.get("/live/")
    assert (answer.status_code, answer.content) == (200, b"alive")


@pytest.mark.django_db
def test_ready_says_so_to_anyone_also_under_its_old_name(client: Client, fresh: None) -> None:
    for path in ("/ready/", "/healthy/"):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (200, b"ready")


@pytest.mark.django_db
def test_not_ready_before_the_tables_are_those_of_this_release(client: Client, fresh: None) -> None:
    MigrationRecorder(connections["default"]).migration_qs.filter(app="core").latest("name").delete()
    for _ in range(2):
        answer = client.get("/ready/")
        assert (answer.status_code, answer.content) == (503, b"the database is not migrated to this release")


@pytest.mark.django_db
def test_not_ready_without_the_database_and_no_word_of_why(client: Client, monkeypatch: Any) -> None:
    def away(*_: Any) -> None:
        raise OperationalError("connection to server at 10.0.0.7, user astcoord_app failed")

    monkeypatch.setattr(connections["default"], "cursor", away)
    answer = client.get("/ready/")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer")


@pytest.mark.django_db
def test_numbers_are_for_whoever_knows_the_token(client: Client, settings: Any) -> None:
    assert client.get("/metrics/").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics/").status_code == 401
    assert client.get("/metrics/", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get(f"/metrics/?token={TOKEN}").status_code == 401


@pytest.mark.django_db
def test_numbers_are_those_of_the_database_and_name_nobody(
    cast: Cast, client: Client, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.METRICS_TOKEN = TOKEN
    Message.objects.all().delete()
    outbox.queue(key="k", kind="n", to=("Ms Kestrel", "kestrel@marlshire.example"), subject="S", body="B")
    records.go_on(anew=True)
    with django_assert_max_num_queries(6):
        found = numbers(client)
    assert found["astcoord_messagesqueued"] == 1
    assert found["astcoord_messagesfailed"] == 0
    assert found["astcoord_message_oldest_waiting_seconds"] >= 0
    assert found["astcoord_worker_looked_seconds"] == 0
    assert found["astcoord_record_mismatches"] == 0
    assert found["astcoord_record_check_finished_seconds"] > 0
    text = client.get("/metrics/", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    assert "estrel" not in text

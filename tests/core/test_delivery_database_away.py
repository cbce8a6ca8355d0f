"""The database goes away while a message is on the wire: it is not sent twice, however long that lasts."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import InternalError, OperationalError, ProgrammingError
from django.db.models import QuerySet
from django.utils import timezone

from astcoord.core import delivery, outbox, relay, unwritten
from astcoord.core.delivery import Outcome
from astcoord.core.models.messages import Message, MessageStatus


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.UNWRITTEN_DIR = tmp_path / "unwritten"
    return settings.UNWRITTEN_DIR


@pytest.fixture
def away_for(monkeypatch, clock):
    """The database goes when the relay has the message, and is back after so many seconds, which pass in sleep."""
    send, update = relay.send, QuerySet.update
    monkeypatch.setattr(delivery.time, "sleep", lambda seconds: clock.shift(timedelta(seconds=seconds)))

    def set_up(seconds: float, error: type[Exception] = OperationalError) -> None:
        back: list[datetime] = []

        def sent(email):
            answer = send(email)
            back.append(timezone.now() + timedelta(seconds=seconds))
            return answer

        def updated(rows, **changes):
            if back and timezone.now() < back[0]:
                raise error("the database is away")
            return update(rows, **changes)

        monkeypatch.setattr(relay, "send", sent)
        monkeypatch.setattr(QuerySet, "update", updated)

    return set_up


def queue() -> Message:
    to = "head@oakfield.marlshire.example"
    return outbox.queue(key="k", kind="notice", to=to, subject="Hello", body="Text")


def require_sent_once(message: Message) -> None:
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    assert message.ambiguous == 0
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_short_while_is_waited_for(away_for, folder):
    message = queue()
    away_for(20)
    assert delivery.deliver(message.pk) == Outcome.SENT
    require_sent_once(message)
    assert list(folder.iterdir()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seconds", [90, 3600])
def test_r_5_3_longer_than_the_worker_or_the_claim_lasts_sends_nothing_twice(away_for, clock, folder, seconds):
    message = queue()
    away_for(seconds)
    with pytest.raises(OperationalError):
        delivery.deliver(message.pk)
    clock.shift(timedelta(seconds=seconds))
    assert delivery.sweep() == []
    require_sent_once(message)
    assert delivery.deliver_all() == {}
    assert list(folder.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_while_the_database_is_away_sends_nothing_twice(away_for, clock, monkeypatch):
    message = queue()
    away_for(90)

    def killed(seconds: float) -> None:
        raise SystemExit

    monkeypatch.setattr(delivery.time, "sleep", killed)
    with pytest.raises(SystemExit):
        delivery.deliver(message.pk)
    clock.shift(timedelta(seconds=200))
    assert delivery.sweep() == []
    require_sent_once(message)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [InternalError, ProgrammingError])  # read-only after a fail-over; rights lost
def test_r_5_3_a_database_that_takes_no_writing_sends_nothing_twice(away_for, clock, error):
    message = queue()
    away_for(90, error)
    with pytest.raises(error):
        delivery.deliver(message.pk)
    clock.shift(timedelta(seconds=200))
    assert delivery.sweep() == []
    require_sent_once(message)


@pytest.mark.django_db
def test_a_note_is_read_as_often_as_one_likes_and_names_nobody(folder):
    message = queue()
    Message.objects.update(status=MessageStatus.SENDING, token="t", lease_until=timezone.now())
    for _ in range(2):
        assert unwritten.keep(message.pk, "t")
        assert [each.name for each in folder.iterdir()] == [f"{message.pk}-t"]
        assert unwritten.write_down() == 1
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT


@pytest.mark.django_db
def test_what_else_lies_in_the_folder_hurts_no_sweep(folder):
    folder.mkdir()
    (folder / "lost-and-found").touch()
    assert delivery.sweep() == []


@pytest.mark.django_db
def test_a_note_that_has_just_gone_or_cannot_be_removed_stops_no_sweep(folder, monkeypatch, caplog):
    message = queue()
    Message.objects.update(status=MessageStatus.SENDING, token="t", lease_until=timezone.now())
    unwritten.keep(message.pk, "t")
    (folder / "0-gone").symlink_to(folder / "nowhere")  # as if another sweep had been quicker

    def refused(place: Path, missing_ok: bool = False) -> None:
        raise PermissionError("not ours")

    monkeypatch.setattr(Path, "unlink", refused)
    assert delivery.sweep() == []
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    assert "PermissionError" in caplog.text


@pytest.mark.django_db
def test_a_note_of_a_claim_that_somebody_else_has_by_now_changes_nothing():
    message = queue()
    Message.objects.update(status=MessageStatus.SENDING, token="another", lease_until=timezone.now())
    unwritten.keep(message.pk, "t")
    unwritten.write_down()
    message.refresh_from_db()
    assert message.status == MessageStatus.SENDING


@pytest.mark.django_db
def test_a_disk_that_takes_no_note_is_no_error(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.UNWRITTEN_DIR = tmp_path / "file" / "below"
    assert not unwritten.keep(1, "t")
    assert unwritten.write_down() == 0


@pytest.mark.django_db
def test_the_health_check_writes_it_down_before_it_ends_a_worker(folder):
    message = queue()
    Message.objects.update(status=MessageStatus.SENDING, token="t", lease_until=timezone.now())
    unwritten.keep(message.pk, "t")
    with pytest.raises(CommandError, match="Nothing was ever heard"):
        call_command("worker_alive", worker="celery@office", end=True)
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    assert list(folder.iterdir()) == []

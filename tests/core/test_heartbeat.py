"""Workers note that they work, and others listen: the row, who reads it, and the command for health checks."""

import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from astcoord.core import heartbeat
from astcoord.core.management.commands import serve
from astcoord.core.models.heartbeat import Heartbeat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands")]

NAME = "celery@office"


@pytest.fixture(params=[OperationalError, InterfaceError])
def no_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What its error is called."""

    def away(*args: Any, **kwargs: Any) -> None:
        raise request.param("attempt to write a readonly database")

    monkeypatch.setattr(connection, "cursor", away)
    return str(request.param.__name__)


@pytest.fixture(autouse=True)
def connection_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The listener lets go of connections that are old; the tests' own is inside a transaction."""
    monkeypatch.setattr(heartbeat, "close_old_connections", lambda: None)


def alive(*options: str) -> str:
    out = StringIO()
    call_command("worker_alive", f"--worker={NAME}", *options, stdout=out, stderr=out)
    return out.getvalue()


class TestTheNote:
    def test_is_one_row_a_worker_written_over(self, django_assert_max_num_queries):
        heartbeat.note(worker=NAME, pid=1)
        with django_assert_max_num_queries(1):
            heartbeat.note(worker=NAME, pid=2)
        heartbeat.note(worker="celery@other", pid=3)
        assert set(Heartbeat.objects.values_list("worker", "pid")) == {(NAME, 2), ("celery@other", 3)}
        assert set(Heartbeat.objects.values_list("release", flat=True)) == {heartbeat.release()}
        assert heartbeat.release()

    def test_machines_that_are_gone_are_forgotten(self, clock):
        heartbeat.note(worker="celery@gone", pid=1)
        clock.shift(timedelta(days=2))
        heartbeat.note(worker=NAME, pid=1)
        assert list(Heartbeat.objects.values_list("worker", flat=True)) == [NAME]

    def test_a_database_that_takes_nothing_stops_nobody(self, no_database, caplog):
        heartbeat.note(worker=NAME, pid=1)
        assert no_database in caplog.text


class TestThePulse:
    def test_says_nothing_while_nothing_is_done(self):
        pulse = heartbeat.Pulse(worker=NAME, pid=1)
        assert not pulse.beat()
        assert not Heartbeat.objects.exists()

    def test_says_once_that_a_task_was_done(self):
        pulse = heartbeat.Pulse(worker=NAME, pid=1)
        pulse.begins(120)
        pulse.ends()
        assert pulse.beat()
        assert not pulse.beat()
        assert Heartbeat.objects.get().worker == NAME

    def test_goes_on_during_a_long_task_as_long_as_it_may_take(self):
        pulse = heartbeat.Pulse(worker=NAME, pid=1)
        pulse.begins(120)
        assert pulse.beat()
        assert pulse.beat()
        pulse.begins(0)
        assert not pulse.beat()


class TestSilence:
    def test_is_told_after_a_minute_and_of_all_workers_together(self, clock):
        assert heartbeat.silent_since(timezone.now()) is None
        heartbeat.note(worker=NAME, pid=1)
        last = timezone.now()
        clock.shift(timedelta(seconds=59))
        assert heartbeat.silent_since(timezone.now()) is None
        clock.shift(timedelta(seconds=2))
        assert heartbeat.silent_since(timezone.now()) == last
        heartbeat.note(worker="celery@other", pid=1)
        assert heartbeat.silent_since(timezone.now()) is None

    def test_of_a_worker_heard_of_in_the_future_began_at_the_latest_now(self, clock):
        clock.shift(timedelta(days=1))
        heartbeat.note(worker=NAME, pid=1)
        clock.shift(-timedelta(days=1))
        assert heartbeat.silent_since(timezone.now()) == timezone.now()

    def test_whoever_listens_counts_by_its_own_clock(self, clock, monkeypatch):
        own = [100.0]
        monkeypatch.setattr(heartbeat.time, "monotonic", lambda: own[0])
        heartbeat.note(worker=NAME, pid=1)
        listener = heartbeat.Listener(NAME)
        assert listener.silence() == 0
        own[0] += 70
        clock.shift(-timedelta(days=1))  # which says nothing of the worker
        assert listener.silence() == 70
        heartbeat.note(worker=NAME, pid=1)
        assert listener.silence() == 0

    def test_a_database_that_is_away_is_not_the_workers_silence(self, no_database, monkeypatch):
        own = [100.0]
        monkeypatch.setattr(heartbeat.time, "monotonic", lambda: own[0])
        listener = heartbeat.Listener(NAME)
        own[0] += 70
        assert listener.silence() == 0


class TestThePatienceOfServe:
    def test_a_worker_that_starts_and_does_nothing_is_waited_for_ever_longer(self, clock, monkeypatch):
        own = [100.0]
        monkeypatch.setattr(heartbeat.time, "monotonic", lambda: own[0])
        patience = serve.Patience(60)

        def heard() -> None:
            own[0] += heartbeat.EVERY
            clock.shift(timedelta(seconds=heartbeat.EVERY))
            heartbeat.note(worker=serve.WORKER, pid=1)
            assert not patience.is_over()

        heard()
        for longer in (120, 240):
            own[0] += patience.seconds + 1
            assert patience.is_over()
            patience.begin_again()
            heard()  # that it has started
            assert patience.seconds == longer
        heard()  # that it has worked
        assert patience.seconds == 60


class TestTheCommand:
    def test_says_that_a_worker_works(self):
        heartbeat.note(worker=NAME, pid=1)
        assert f"{NAME} works" in alive()

    def test_ends_with_an_error_when_it_is_silent_or_was_never_heard_of(self, clock):
        with pytest.raises(CommandError, match="Nothing was ever heard of"):
            alive()
        heartbeat.note(worker=NAME, pid=1)
        clock.shift(timedelta(minutes=2))
        with pytest.raises(CommandError, match="Nothing was heard of"):
            alive()

    def test_does_not_blame_the_worker_for_the_database(self, no_database):
        assert "does not answer" in alive("--end")

    @pytest.mark.parametrize(("called", "ended"), [("celery", True), ("postgres", False)])
    def test_ends_a_silent_worker_and_nobody_who_has_its_number_since(self, clock, called, ended):
        command = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(30)", called]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout.readline()
            heartbeat.note(worker=NAME, pid=process.pid)
            alive("--end")
            assert process.poll() is None
            clock.shift(timedelta(minutes=2))
            with pytest.raises(CommandError):
                alive("--end")
            assert process.poll() is None  # it may be starting still: what is in the row is an earlier one's
            with pytest.raises(CommandError):
                alive("--end", "--grace=0")
            if not ended:
                assert process.poll() is None
                process.terminate()
            assert process.wait(10) == (-signal.SIGKILL if ended else -signal.SIGTERM)

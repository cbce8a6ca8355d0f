"""The clock goes on when the machine's is put right."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery.beat import PersistentScheduler

from astcoord.celery import app
from astcoord.core.beat import Scheduler
from astcoord.settings import worker

EVERY = 5


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    sent: list[str] = []
    monkeypatch.setattr(PersistentScheduler, "apply_entry", lambda self, entry, producer=None: sent.append(entry.name))
    monkeypatch.setattr(PersistentScheduler, "producer", None)
    before, app.conf.beat_schedule = app.conf.beat_schedule, {"sweep": {"task": "sweep", "schedule": EVERY}}
    yield sent
    app.conf.beat_schedule = before


def scheduler(folder: Path) -> Scheduler:
    return Scheduler(app=app, schedule_filename=str(folder / "beat"))


def seconds_pass(clock: Any, beat: Scheduler, seconds: float) -> None:
    clock.shift(timedelta(seconds=seconds))
    for _ in range(3):
        beat.tick()


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(days=400)])
def test_a_clock_that_was_ahead_and_is_put_right_holds_nothing_up(tmp_path, clock, clock_stands, jobs, off):
    beat = scheduler(tmp_path)
    seconds_pass(clock, beat, EVERY)
    clock.shift(off)
    seconds_pass(clock, beat, EVERY)
    clock.shift(-off)
    jobs.clear()
    seconds_pass(clock, beat, 0)
    seconds_pass(clock, beat, EVERY)
    assert jobs.count("sweep") == 1


def test_nor_does_what_it_wrote_down_when_it_is_started_again(tmp_path, clock, clock_stands, jobs):
    clock.shift(timedelta(days=1))
    beat = scheduler(tmp_path)
    seconds_pass(clock, beat, EVERY)
    beat.close()
    clock.shift(-timedelta(days=1))
    jobs.clear()
    again = scheduler(tmp_path)
    seconds_pass(clock, again, 0)
    seconds_pass(clock, again, EVERY)
    assert jobs.count("sweep") == 1


def test_it_is_the_clock_in_use():
    assert f"{Scheduler.__module__}:{Scheduler.__name__}" == worker.CELERY_BEAT_SCHEDULER

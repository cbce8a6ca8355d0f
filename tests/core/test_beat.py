"""The clock goes on when the machine's is put right."""

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
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sent: list[str] = []
    monkeypatch.setattr(PersistentScheduler, "apply_entry", lambda self, entry, producer=None: sent.append(entry.name))
    monkeypatch.setattr(PersistentScheduler, "producer", None)
    return sent


def scheduler(folder: Path) -> Scheduler:
    made = Scheduler(app=app, schedule_filename=str(folder / "beat"))
    made.update_from_dict({"sweep": {"task": "sweep", "schedule": EVERY}})
    return made


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
    before = len(jobs)
    seconds_pass(clock, beat, 0)
    seconds_pass(clock, beat, EVERY)
    assert len(jobs) == before + 1


def test_nor_does_what_it_wrote_down_when_it_is_started_again(tmp_path, clock, clock_stands, jobs):
    clock.shift(timedelta(days=1))
    beat = scheduler(tmp_path)
    seconds_pass(clock, beat, EVERY)
    beat.close()
    clock.shift(-timedelta(days=1))
    before = len(jobs)
    again = scheduler(tmp_path)
    seconds_pass(clock, again, 0)
    seconds_pass(clock, again, EVERY)
    assert len(jobs) == before + 1


def test_it_is_the_clock_in_use():
    assert f"{Scheduler.__module__}:{Scheduler.__name__}" == worker.CELERY_BEAT_SCHEDULER

"""`serve`: web, worker and clock in one terminal, started, stopped and killed from outside."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.sites import Site, eventually, parent_of, processor_time, unused_port

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to see which processes live"),
    pytest.mark.skipif("SERVICES_REDIS_URL" in os.environ, reason="one machine without services, tried without them"),
]

PATIENCE = 12
"""Seconds: longer than between two notes of a worker at rest, and shorter than a test should take."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = Site(tmp_path_factory.mktemp("site"))
    result = made.manage("migrate", "--verbosity=0")
    assert result.returncode == 0, result.stderr
    return made


@pytest.fixture
def running(site: Site) -> Iterator[subprocess.Popen[str]]:
    process = site.serve(unused_port())
    assert eventually(site.answers)
    assert eventually(lambda: len(site.processes("worker@")) >= 2)  # Celery's parent and its child
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()
    eventually(lambda: not site.processes("celery"))


def test_it_serves_delivers_outlives_a_killed_worker_and_stops_cleanly(site, running):
    assert site.arrives("first")

    second = site.manage("serve", f"--port={site.port}")
    assert second.returncode == 1
    assert f"Port {site.port} is in use already" in second.stderr
    assert "--port" in second.stderr

    before = site.processes("worker@")
    os.kill(before[0], signal.SIGKILL)
    assert eventually(lambda: len(site.processes("worker@")) >= 2 and not set(site.processes("worker@")) & set(before))
    assert site.arrives("after")

    running.send_signal(signal.SIGINT)
    output, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert f"http://localhost:{site.port}/" in output
    assert "The worker ended (-9)" in output
    assert output.endswith("Stopped.\n")
    assert site.processes("celery") == []


def test_a_child_killed_while_it_waits_is_replaced_by_one_that_gets_work(site, running):
    assert site.arrives("before the kill")  # it has come up, and waits for work
    [child] = site.children()
    [parent] = set(site.processes("worker@")) - {child}
    # What prints was imported by the parent: else most of a child's start would be this.
    assert processor_time(child) * 4 < processor_time(parent)
    os.kill(child, signal.SIGKILL)
    assert eventually(lambda: site.children() not in ([], [child]))
    assert site.arrives("after the kill")


def test_who_is_killed_without_warning_takes_the_children_along(site, running):
    """A child that took the place of a killed one, too: it used to wait for ever, and noticed nothing."""
    assert eventually(site.children)
    first = site.children()
    os.kill(first[0], signal.SIGKILL)
    assert eventually(lambda: site.children() not in ([], first))
    [child] = site.children()
    running.send_signal(signal.SIGSTOP)  # serve cannot clear it away
    os.kill(*(set(site.processes("worker@")) - {child}), signal.SIGKILL)
    gone = eventually(lambda: child not in site.processes("worker@"), seconds=20)
    running.send_signal(signal.SIGCONT)
    assert gone

    assert eventually(site.children)
    running.kill()
    assert eventually(lambda: not site.processes("celery"))


def test_a_worker_that_lives_and_does_nothing_is_replaced(site):
    process = site.serve(unused_port(), f"--patience={PATIENCE}")
    try:
        # On a busy machine the first may not come up within so short a patience, and be replaced before it is at work.
        assert site.arrives("before the silence")
        [child] = eventually(site.children)
        parent = parent_of(child)
        os.kill(parent, signal.SIGSTOP)
        assert eventually(lambda: parent not in site.processes("worker@"))
        assert site.arrives("after the silence")
    finally:
        process.terminate()
        output, _ = process.communicate()
    assert "Nothing was heard of the worker." in output
    assert site.processes("celery") == []


def test_an_old_database_is_said_plainly(tmp_path):
    result = Site(tmp_path).manage("serve", "--port=0")
    assert result.returncode == 1
    assert "manage.py migrate" in result.stderr

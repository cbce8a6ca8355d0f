"""What every test shares: one school year, one policy, a named cast, and a clock that stands in October 2026."""

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from astcoord.core import database_roles, documents
from tests.cast import Cast, make_cast
from tests.worlds import kept, stand_in

# Playwright's sync API keeps a loop running in the main thread; Django's ORM would otherwise refuse to work there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytest_plugins = ["tests.browser"]

NOW = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)
"""A Tuesday in the first half of the autumn term."""


LONGEST = (
    "tests/access/test_fields.py",
    "tests/access/",
    "tests/demo/",
    "tests/upgrades/",
    "tests/journeys/",
    "tests/services/",
    "tests/faults/",
    "tests/crawl/",
    "tests/staff/governance/test_every_setting.py",
)
"""Begun first, in this order: no worker is left with one of them while the other has nothing to do, and a world that a
folder shares is built once in a worker."""


def begun_at(item: pytest.Item) -> int:
    """The place in LONGEST, or behind all of them."""
    return next((at for at, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for the database is marked: only these can end differently on another one, so they run on both.

    What needs a worker's whole patience comes first; within that all stays as it was collected.
    """
    items.sort(key=begun_at)
    for item in items:
        asked_for = {"db", "transactional_db"}.intersection(getattr(item, "fixturenames", ()))
        if asked_for or item.get_closest_marker("django_db"):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: looking through it for rubbish costs a twentieth of the run."""
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[ExitStack]:
    """The tests' database is made, and taken away, by whoever owns it: `SERVICES_ROLES=2 .ci/services …`."""
    owner = ExitStack()
    owner.enter_context(database_roles.as_owner())
    yield owner
    owner.close()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: ExitStack, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """In between the application works as itself."""
    if not settings.DATABASES["default"]["TEST"]["MIGRATE"]:
        with django_db_blocker.unblock():
            count_as_migrated()
    django_db_modify_db_settings.close()
    yield
    django_db_modify_db_settings.enter_context(database_roles.as_owner())


def count_as_migrated() -> None:
    """Tables that were made from the models are those of this release, and `/ready/` is to say so."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    folders = [(app.label, Path(app.path) / "migrations") for app in apps.get_app_configs()]
    files = [(label, file.stem) for label, folder in folders for file in folder.glob("[0-9]*.py")]
    recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in files)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Time starts at NOW and runs on; `clock.move_to(...)` goes elsewhere."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def clock_stands(clock: time_machine.Traveller) -> None:
    """Where a moment too late is another answer, as with an app's codes of half a minute: time moves when told to."""
    clock.move_to(NOW, tick=False)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Rate limits live in the cache."""
    cache.clear()


@pytest.fixture
def quick_print(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the paper itself is not the point.

    In a file that prints like this, a test marked `paper` gets the real one.
    """
    if request.node.get_closest_marker("paper"):
        return
    monkeypatch.setattr(documents, "_print", stand_in)


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and schools of most stories (see tests/cast.py)."""
    return kept(make_cast, NOW)

import os
from datetime import UTC

import pytest
import time_machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs PostgreSQL and Redis: `.ci/services` brings both."""
    there = os.environ.get("SERVICES_DATABASE_URL") and os.environ.get("SERVICES_REDIS_URL")
    for item in items:
        if "tests/services" in str(item.path):
            item.add_marker(pytest.mark.services)
            if not there:
                item.add_marker(pytest.mark.skip(reason="run with .ci/services: needs PostgreSQL and Redis"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """RACES=50: every race of this folder fifty times, since who is quicker is luck (`make races`)."""
    times = int(os.environ.get("RACES", "1"))
    if times > 1 and "races" in metafunc.module.__name__:
        metafunc.fixturenames.append("turn")
        metafunc.parametrize("turn", range(times))


@pytest.fixture(autouse=True)
def real_time(clock: time_machine.Traveller) -> None:
    """Workers in other processes live in the present, so these tests do too."""
    clock.move_to(time_machine.escape_hatch.datetime.datetime.now(UTC), tick=True)

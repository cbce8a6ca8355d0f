"""Houses for the tests of this folder, made from a template: migrating takes longer than a round of letters."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest

from tests import smtp
from tests.faults.houses import House, ServeHouse, ServicesHouse
from tests.faults.servers import Postgres, programs_missing

ROUND = 60
"""Letters of a short round."""
LONG_ROUND = 500
KINDS = ("services", "serve")

Opened = Callable[[str, int], House]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if "tests/faults" in str(item.path)]
    why = "" if os.environ.get("FAULTS") else "takes twenty minutes: make faults"
    for item in here:
        item.add_marker("faults")
        if why and not item.get_closest_marker("short"):
            item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture(autouse=True)
def clock() -> None:
    """Real time: processes of their own live in the present, and only `House.put_clock` moves their clocks."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    if missing := programs_missing():
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    # Not in pytest's own folders: PostgreSQL is another user, who may not look into them.
    with TemporaryDirectory(prefix="astcoord-faults-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        made = Postgres(Path(folder))
        made.start()
        yield made
        made.stop_hard()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int, Any], Any]:
    """The database of an authority with so many schools, made once for each kind of house."""
    made: dict[tuple[str, int], Any] = {}

    def get(kind: str, schools: int, postgres: Postgres | None) -> Any:
        if (kind, schools) not in made:
            with smtp.running() as relay:
                folder = tmp_path_factory.mktemp(f"template_{kind}_{schools}_", numbered=True)
                house = _empty(kind, folder, relay, postgres)
                house.make_database()
                house.manage("migrate", "--verbosity=0")
                house.office(f"seed({schools})")
                made[kind, schools] = house.template()
                house.stop()
        return made[kind, schools]

    return get


@pytest.fixture
def open_house(
    request: pytest.FixtureRequest, tmp_path: Path, template: Callable[[str, int, Any], Any]
) -> Iterator[Opened]:
    """`open_house("serve", 60)`: a house that runs, with sixty schools; closed, and its log shown, afterwards."""
    with ExitStack() as stack:

        def opened(kind: str, schools: int = ROUND) -> House:
            postgres = request.getfixturevalue("postgres") if kind == "services" else None
            if postgres is not None:
                postgres.start()
            relay = stack.enter_context(smtp.running())
            disk = stack.enter_context(small_disk(tmp_path / f"{kind}_{uuid4().hex[:12]}"))
            house = _empty(kind, disk, relay, postgres)
            stack.callback(lambda: print(house.log()))
            stack.callback(house.stop)
            house.make_database(template(kind, schools, postgres))
            house.start()
            return house

        yield opened


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A folder on a disk of its own that a test may fill, where we may make one; else a plain folder."""
    folder.mkdir()
    own = (
        os.getuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=160m,mode=755", "none", str(folder)], check=False, capture_output=True
        ).returncode
    )
    try:
        yield folder
    finally:
        if own:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)


def _empty(kind: str, folder: Path, relay: smtp.Relay, postgres: Postgres | None) -> House:
    return ServeHouse(folder, relay) if postgres is None or kind == "serve" else ServicesHouse(folder, relay, postgres)

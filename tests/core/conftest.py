from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from astcoord.core import relay
from astcoord.core.models.policy import Policy


@pytest.fixture
def template(tmp_path: Path, settings: Any) -> Callable[[str, str], None]:
    """Write a document template for this test only: `template("letter", "<html …")`."""
    folder = tmp_path / "documents"
    folder.mkdir()
    settings.TEMPLATES = [
        {
            **settings.TEMPLATES[0],
            "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]],
            "OPTIONS": {**settings.TEMPLATES[0]["OPTIONS"], "debug": True},
        }
    ]

    def write(kind: str, source: str) -> None:
        (folder / f"{kind}.html").write_text(source)
        from django.template import engines  # noqa: PLC0415

        for engine in engines.all():
            for loader in engine.engine.template_loaders:
                loader.reset()

    return write


@pytest.fixture
def policy_in_force(db: None) -> Policy:
    return Policy.objects.create(
        valid_from=date(2020, 9, 1),
        authority_name="Marlshire County Council",
        authority_word="LA",
        department_word="DCSF",
        office_address="County Hall\nMarlton",
        office_email="ast@marlshire.example",
    )


@pytest.fixture(autouse=True)
def fresh_line() -> Any:
    """No test inherits another's connection to the relay."""
    relay.hang_up()
    yield
    relay.hang_up()

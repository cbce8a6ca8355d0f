"""The page on threats names tests: each must be there."""

import re

from django.conf import settings


def test_every_test_that_the_threat_model_names_is_there() -> None:
    page = (settings.BASE_DIR / "docs" / "threat-model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    defined = {
        name
        for file in (settings.BASE_DIR / "tests").rglob("test_*.py")
        for name in re.findall(r"^ *def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(named) > 30
    assert named <= defined, sorted(named - defined)

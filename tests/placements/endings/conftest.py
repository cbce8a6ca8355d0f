"""What rooms above want at the end of a placement is tested there: here the lists are empty, or a test fills them."""

import pytest

from placements.endings.actions import hooks


@pytest.fixture(autouse=True)
def no_hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("on_final_evaluation", "on_ended_early", "on_taken_back", "on_completed"):
        monkeypatch.setattr(hooks, name, [])
    monkeypatch.setattr(hooks, "before_completed", [])
    monkeypatch.setattr(hooks, "before_closed", [])

from datetime import UTC, datetime
from typing import Any

import pytest

from evaluation.diary import actions as diary
from evaluation.diary.models import DiaryEntry
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.stories import write_up

JANUARY = datetime(2027, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def entry(cast: Cast, placement: Placement, clock: Any) -> DiaryEntry:
    """Of 24 November, a whole day; the autumn term is over."""
    found = write_up(cast, placement)
    clock.move_to(JANUARY)
    diary.lock_entries(JANUARY.date())
    found.refresh_from_db()
    return found

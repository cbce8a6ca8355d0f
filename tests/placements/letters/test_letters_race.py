"""Two clocks and two co-ordinators at the same moment: needs a database that really runs two transactions at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.letters import actions
from placements.letters.models import Letter, LetterRound
from schools.calendar.models import Term
from tests.cast import make_cast

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]


def at_once(work: Callable[[], Any], times: int = 2) -> list[Any]:
    """Run `work` in several threads that start together; what each gave, or the refusal."""
    gate = Barrier(times)

    def run() -> Any:
        gate.wait()
        try:
            return work()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return [future.result() for future in [threads.submit(run) for _ in range(times)]]


def test_r_5_3_two_clocks_at_once_build_one_round_with_one_letter_each() -> None:
    make_cast()
    term = Term.objects.get(slug="autumn-2026")
    built = at_once(lambda: actions.build_round(term=term, by=None), times=4)
    assert len({each.pk for each in built}) == 1
    assert LetterRound.objects.count() == 1
    assert Letter.objects.count() == 3


def test_r_5_3_two_approvals_at_once_queue_one_message_each() -> None:
    cast = make_cast()
    built = actions.build_round(term=Term.objects.get(slug="autumn-2026"), by=None)
    results = at_once(
        lambda: actions.approve_round(letter_round=LetterRound.objects.get(pk=built.pk), by=cast.coordinator)
    )
    assert [isinstance(each, Refused) for each in results].count(True) == 1
    assert Message.objects.filter(kind="availability-letter").count() == 3


def test_r_5_2_two_clicks_at_once_make_one_early_issue() -> None:
    cast = make_cast()
    term = Term.objects.get(slug="autumn-2026")
    results = at_once(lambda: actions.issue_early(term=term, by=cast.coordinator))
    assert [isinstance(each, Refused) for each in results].count(True) == 1
    assert LetterRound.objects.count() == 1

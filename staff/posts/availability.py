"""Which ASTs still have days left this year.

The ledger of days lives on the floor above, and imports run down only. So that floor hands its answer down once, at
start-up, through `answer_with`; until it has, everybody counts as available.
"""

from collections.abc import Callable, Collection
from datetime import date

Answer = Callable[[Collection[int], date], set[int]]

_answers: dict[str, Answer] = {}


def answer_with(answer: Answer) -> None:
    """Register the function that gives, of some posts' ids and for a day, the ids of those with days left."""
    _answers["days"] = answer


def with_days_left(post_ids: Collection[int], on: date) -> set[int]:
    """The ids of those posts that can still take something on in the year that holds `on`."""
    answer = _answers.get("days")
    return answer(post_ids, on) if answer else set(post_ids)

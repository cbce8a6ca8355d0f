"""What later rooms do, or still want, when a placement ends: lists that they fill in when the software starts.

Every function is called in the transaction of the move that it follows, and may be called again for the same
placement (an end can be taken back and come again), so it must not mind.
"""

from collections.abc import Callable, Sequence

from astcoord.core.problems import Problem
from placements.endings.emails import Asked
from placements.placement.models import Placement

Follow = Callable[[Placement], Sequence[Asked] | None]
"""What follows; and of whom something is asked by it, which the one message about the end then says."""
Facts = Callable[[Placement], list[Problem]]

on_final_evaluation: list[Follow] = []
"""The final evaluation is due: the last fortnight has begun, or the co-ordinator has opened it (N19)."""
on_ended_early: list[Follow] = []
"""Ended before its time; the evaluation is asked for all the same (R-8.14)."""
on_undone: list[Follow] = []
"""Undone before its start: nothing of it will be."""
on_taken_back: list[Follow] = []
"""An early end or a completion was a mistake, and has been taken back."""
on_completed: list[Follow] = []
"""Completed; whoever wants a return visit says so by `completing.await_return`."""
before_completed: list[Facts] = []
"""What must be done before it counts as completed: the final evaluation (R-11.3, R-11.5).

A problem's `field` names whose turn it is (`HOST`, `HOME`, `AST`, `CO` or `STAFF` of `placements.placement.reads`; none
is the co-ordinator's): the placement's page, its list and the reminders say so.
"""
before_closed: list[Facts] = []
"""What may still come, so that it is not closed yet by itself: an evaluation that is waited for. `field` as above."""


def follow(hooks: list[Follow], *, placement: Placement) -> list[Asked]:
    """Call each, in the caller's transaction; of whom something is asked by them."""
    return [asked for each in hooks for asked in each(placement) or ()]


def missing(hooks: list[Facts], *, placement: Placement) -> list[Problem]:
    """What all of them still want."""
    return [problem for each in hooks for problem in each(placement)]

"""Moving days together (R-20.5). Pure."""

from collections.abc import Collection

from astcoord.core.problems import Problem


def nothing_moves(moving: Collection[object]) -> list[Problem]:
    """A preview in which every day clashes leads nowhere."""
    if moving:
        return []
    return [Problem("None of these days can be moved there. Choose another weekday or week.", "weekday", "R-20.5")]


def gone_meanwhile(wanted: Collection[int], found: Collection[int]) -> list[Problem]:
    """Of two people at once, the second is told."""
    if set(wanted) <= set(found):
        return []
    words = "One of these days has been moved, called off or written up meanwhile. Look again."
    return [Problem(words, "days", "R-20.5", "gone")]

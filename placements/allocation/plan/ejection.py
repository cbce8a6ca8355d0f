"""Ejection chains: whether one request more finds a place when a few others move over, and nobody loses any need."""

from collections.abc import Iterator

from placements.allocation.plan.greedy import Taken

LONGEST = 2
"""A change that makes more placements move is no small one."""


def insert(taken: Taken, request: int, longest: int = LONGEST) -> bool:
    """Take the request, moving so many others at most to other ASTs; as it was where that cannot be done.

    Pinned requests stay where they are. Only requests that one AST takes whole are moved, or moved for.
    """
    pinned = {taken.form.offers[n].request for group in taken.form.pinned for n in group}
    return _chain(taken, request, longest, pinned)


def _chain(taken: Taken, request: int, length: int, staying: set[int]) -> bool:
    if any(taken.take(choice) for choice in _choices(taken, request)):
        return True
    if not length:
        return False
    offers = taken.form.offers
    for n in [n for n, o in enumerate(offers) if o.request == request and not o.half]:
        mine = taken.mine.get(offers[n].post, ())
        for other in [offers[m].request for m in mine if not offers[m].half and offers[m].request not in staying]:
            before = taken.drop(other)
            if taken.take((n,)):
                if _chain(taken, other, length - 1, staying | {request}):
                    return True
                taken.drop(request)
            taken.take(before)
    return False


def _choices(taken: Taken, request: int) -> Iterator[tuple[int, ...]]:
    """Every way to meet a request: whole by one AST, or in halves by two."""
    numbers = [n for n, o in enumerate(taken.form.offers) if o.request == request]
    yield from ((n,) for n in numbers if not taken.form.offers[n].half)
    halves = [n for n in numbers if taken.form.offers[n].half]
    yield from ((n, m) for n in halves for m in halves if n < m)

"""Taking offers one by one: a first solution for the solver to start from, and the simple rules it is compared with."""

from collections.abc import Iterable, Sequence

from placements.allocation.plan.bundles import Bundles
from placements.allocation.plan.eligibility import Offer
from placements.allocation.plan.form import Dates, Form


class Taken:
    """Offers taken so far, and whether one more would still keep to every rule."""

    def __init__(self, form: Form, dates: Dates | None) -> None:
        self.form = form
        self.dates = dates
        self.bundles = {one.post: one for one in form.bundles}
        self.sets = {one.post: set(one.sets) for one in form.bundles if one.sets is not None}
        self.mine: dict[int, tuple[int, ...]] = {}
        self.known: dict[tuple[int, tuple[int, ...]], bool] = {}
        self.met: set[int] = set()

    def take(self, numbers: Sequence[int]) -> bool:
        """Take these offers of one request (one whole, or two halves) if all rules allow it."""
        offers = [self.form.offers[n] for n in numbers]
        if offers[0].request in self.met or len({o.post for o in offers}) < len(offers):
            return False
        grown = {o.post: tuple(sorted((*self.mine.get(o.post, ()), n))) for n, o in zip(numbers, offers, strict=True)}
        if not all(self._holds(self.bundles[post], chosen) for post, chosen in grown.items()):
            return False
        if not self._suits_twins(offers):
            return False
        self.mine |= grown
        self.met.add(offers[0].request)
        return True

    def hold(self, numbers: Sequence[int]) -> None:
        """Begin with these, which are known to keep to every rule together."""
        for n in numbers:
            offer = self.form.offers[n]
            self.mine[offer.post] = tuple(sorted((*self.mine.get(offer.post, ()), n)))
            self.met.add(offer.request)

    def drop(self, request: int) -> tuple[int, ...]:
        """Give a request up again; the offers that met it."""
        gone = tuple(n for n in self.chosen if self.form.offers[n].request == request)
        self.mine = {post: tuple(n for n in mine if n not in gone) for post, mine in self.mine.items()}
        self.met.discard(request)
        return gone

    @property
    def chosen(self) -> tuple[int, ...]:
        return tuple(sorted(n for numbers in self.mine.values() for n in numbers))

    def _holds(self, one: Bundles, chosen: tuple[int, ...]) -> bool:
        if one.sets is not None:
            return chosen in self.sets[one.post]
        key = one.post, chosen
        if key not in self.known:
            over = any(limit.over(chosen) for limit in one.limits)
            self.known[key] = not over and (self.dates is None or self.dates.fits(one.post, chosen))
        return self.known[key]

    def _suits_twins(self, offers: Sequence[Offer]) -> bool:
        for group in self.form.twins:
            if offers[0].request in group:
                held = [o for n in self.chosen if (o := self.form.offers[n]).request in group]
                if len({o.post for o in (*held, *offers)}) > (2 if any(o.half for o in (*held, *offers)) else 1):
                    return False
        return True


def first_solution(form: Form, dates: Dates | None, before: Sequence[int] = ()) -> tuple[int, ...] | None:
    """A solution to start from: pins first, then what an earlier plan had, then the best score first.

    None where taking one by one cannot honour every pin; the solver then has to find its own start.
    """
    taken = Taken(form, dates)
    pinned = {n for group in form.pinned for n in group}
    halves = _halves(form)
    for group in form.pinned:
        wholes = [n for n in group if not form.offers[n].half]
        pairs = [(n, m) for n in group if form.offers[n].half for m in halves.get(form.offers[n].request, ()) if m != n]
        pairs.sort(key=lambda pair: pair[1] not in pinned)
        if form.offers[group[0]].request not in taken.met and not any(
            taken.take(choice) for choice in [*((n,) for n in wholes), *pairs]
        ):
            return None
    _take_again(taken, [n for n in before if form.offers[n].request in form.must])
    ordered = best_first(form)
    for request in sorted(form.must):
        if request not in taken.met and not _take_any(taken, request, ordered, halves):
            return None
    _take_again(taken, before)
    for n in ordered:
        taken.take((n,))
    for request, numbers in sorted(halves.items()):
        if request not in taken.met:
            any(taken.take((n, m)) for n in numbers for m in numbers if n < m)
    chosen = set(taken.chosen)
    return taken.chosen if all(chosen & set(group) for group in form.pinned) else None


def _take_again(taken: Taken, before: Sequence[int]) -> None:
    """Take what an earlier plan had, request by request, as far as it still goes."""
    by_request: dict[int, list[int]] = {}
    for n in before:
        by_request.setdefault(taken.form.offers[n].request, []).append(n)
    for numbers in by_request.values():
        if len(numbers) == (2 if taken.form.offers[numbers[0]].half else 1):
            taken.take(numbers)


def _take_any(taken: Taken, request: int, ordered: Sequence[int], halves: dict[int, list[int]]) -> bool:
    wholes = [n for n in ordered if taken.form.offers[n].request == request]
    pairs = [(n, m) for n in halves.get(request, ()) for m in halves[request] if n < m]
    return any(taken.take(choice) for choice in [*((n,) for n in wholes), *pairs])


def _halves(form: Form) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for n, offer in enumerate(form.offers):
        if offer.half:
            found.setdefault(offer.request, []).append(n)
    return found


def best_first(form: Form) -> list[int]:
    """Whole offers by class, weight and score: what a careful person with a sorted list would take first."""
    wants = {w.request: w for w in form.wants}

    def key(n: int) -> tuple[int, int, float, int, int]:
        offer = form.offers[n]
        want = wants[offer.request]
        return want.priority, -want.weight, -offer.points / offer.quarters, offer.request, offer.post

    return sorted((n for n, o in enumerate(form.offers) if not o.half), key=key)


def in_order(form: Form, dates: Dates | None, order: Iterable[int]) -> tuple[int, ...]:
    """Take whole offers in a given order as long as the rules allow."""
    taken = Taken(form, dates)
    for n in order:
        taken.take((n,))
    return taken.chosen

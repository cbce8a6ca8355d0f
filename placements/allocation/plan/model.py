"""The integer model of a form: columns, rows and objectives, in whole numbers. No solver here.

One binary for every set that an AST could hold; one set at most for each AST; each request met once, whole or in two
halves. ASTs with too many sets get a binary for each offer, limits, and a cut whenever a solution cannot be dated.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from placements.allocation.plan.bundles import Limit
from placements.allocation.plan.form import Dates, Form, tie

INFINITE = float("inf")
Row = tuple[dict[int, int], float, float]


@dataclass(slots=True)
class Model:
    """Columns and rows. `columns` holds the offers of each column; further variables come after them."""

    form: Form
    dates: Dates | None = None
    columns: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    size: int = 0
    met: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    shared: dict[int, int] = field(default_factory=dict)
    schools: dict[int, int] = field(default_factory=dict)
    pairs: dict[tuple[int, int], int] = field(default_factory=dict)
    holding: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, form: Form, dates: Dates | None = None) -> "Model":
        """Lay out all columns and rows."""
        model = cls(form, dates)
        model.lay_bundles()
        model.lay_requests()
        model.lay_pins()
        model.lay_twins()
        model.lay_schools()
        return model

    def variable(self) -> int:
        """One binary more."""
        self.size += 1
        return self.size - 1

    def lay_bundles(self) -> None:
        """One set at most for each AST, or limits where sets are not enumerated."""
        self.holding = {n: [] for n in range(len(self.form.offers))}
        for one in self.form.bundles:
            mine = []
            for chosen in one.sets if one.sets is not None else [(n,) for n in one.offers]:
                column = self.variable()
                self.columns.append((one.post, chosen))
                mine.append(column)
                for n in chosen:
                    self.holding[n].append(column)
            if one.sets is not None:
                self.rows.append((dict.fromkeys(mine, 1), -INFINITE, 1))
                continue
            for limit in one.limits:
                self.add_limit(limit)
            by_request: dict[int, list[int]] = {}
            for n in one.offers:
                by_request.setdefault(self.form.offers[n].request, []).append(self.holding[n][0])
            self.rows += [(dict.fromkeys(c, 1), -INFINITE, 1) for c in by_request.values() if len(c) > 1]

    def add_limit(self, limit: Limit) -> None:
        """Σ quarters ≤ most, over the offers of an AST without enumerated sets."""
        pairs = zip(limit.offers, limit.quarters, strict=True)
        self.rows.append(({self.holding[n][0]: q for n, q in pairs}, -INFINITE, limit.most))

    def lay_requests(self) -> None:
        """Each request is met once: by one whole offer, or by two halves."""
        by_request: dict[int, list[int]] = {}
        for n, offer in enumerate(self.form.offers):
            by_request.setdefault(offer.request, []).append(n)
        for request, numbers in by_request.items():
            shares = {c: 1 if self.form.offers[n].half else 2 for n in numbers for c in self.holding[n]}
            low = 1 if request in self.form.must else -INFINITE
            if all(share == 2 for share in shares.values()):
                self.met[request] = [(column, 1) for column in shares]
                self.rows.append((dict.fromkeys(shares, 1), low, 1))
            else:
                done = self.shared[request] = self.variable()
                self.met[request] = [(done, 1)]
                self.rows.append(({**shares, done: -2}, 0, 0))
                self.lay_halves(numbers, done)
                if request in self.form.must:
                    self.rows.append(({done: 1}, 1, 1))

    def lay_halves(self, numbers: Sequence[int], done: int) -> None:
        """Half by one AST is worth nothing without the other half: implied, but the bound comes close to the truth."""
        whole = {c: 1 for n in numbers if not self.form.offers[n].half for c in self.holding[n]}
        for n in numbers:
            if self.form.offers[n].half:
                self.rows.append(({**whole, **dict.fromkeys(self.holding[n], 1), done: -1}, -INFINITE, 0))

    def lay_pins(self) -> None:
        """One of each pinned group is taken."""
        for group in self.form.pinned:
            self.rows.append(({c: 1 for n in group for c in self.holding[n]}, 1, INFINITE))

    def lay_twins(self) -> None:
        """A school's requests in one subject share one AST, or the two who share one of them in halves."""
        for place, group in enumerate(self.form.twins):
            seats: list[int] = []
            halves: dict[int, int] = {}
            for one in self.form.bundles:
                touching = {c for n in one.offers if self.form.offers[n].request in group for c in self.holding[n]}
                if not touching:
                    continue
                seat = self.pairs[place, one.post] = self.variable()
                seats.append(seat)
                groups = [touching] if one.sets is not None else [{c} for c in touching]
                self.rows += [({**dict.fromkeys(sorted(b), 1), seat: -1}, -INFINITE, 0) for b in groups]
            for n, offer in enumerate(self.form.offers):
                for column in self.holding[n] if offer.half and offer.request in group else ():
                    halves[column] = halves.get(column, 0) - 1
            self.rows.append((dict.fromkeys(seats, 1), -INFINITE, 2 if halves else 1))
            if halves:
                self.rows.append(({**dict.fromkeys(seats, 2), **halves}, -INFINITE, 2))

    def lay_schools(self) -> None:
        """A school counts as helped once, however many of its requests are met."""
        by_host: dict[int, list[int]] = {}
        for want in self.form.wants:
            if want.request in self.met:
                by_host.setdefault(want.host, []).append(want.request)
        for host, requests in by_host.items():
            if len(requests) > 1:
                helped = self.schools[host] = self.variable()
                row = {helped: 1}
                for request in requests:
                    for column, share in self.met[request]:
                        row[column] = row.get(column, 0) - share
                self.rows.append((row, -INFINITE, 0))

    def need(self, priority: int) -> dict[int, int]:
        """Objective: need met in one class."""
        found: dict[int, int] = {}
        for want in self.form.wants:
            if want.priority == priority:
                for column, share in self.met.get(want.request, ()):
                    found[column] = found.get(column, 0) + share * want.weight
        return found

    def place(self) -> dict[int, int]:
        """Objective: the placement score."""
        found = {c: sum(self.form.offers[n].points for n in chosen) for c, (_, chosen) in enumerate(self.columns)}
        school = self.form.school
        for want in self.form.wants:
            if want.host in self.schools:
                found[self.schools[want.host]] = school
            else:
                for column, share in self.met.get(want.request, ()):
                    found[column] = found.get(column, 0) + share * school
        return found

    def ties(self) -> dict[int, int]:
        """Objective: which of equal plans to take."""
        return {c: sum(tie(self.form.offers[n]) for n in chosen) for c, (_, chosen) in enumerate(self.columns)}

    def start(self, chosen: Sequence[int]) -> list[float] | None:
        """A full solution from offers; None where some AST could not hold them."""
        taken, values = set(chosen), [0.0] * self.size
        for one in self.form.bundles:
            mine = tuple(n for n in one.offers if n in taken)
            wanted = [] if not mine else [mine] if one.sets is not None else [(n,) for n in mine]
            for group in wanted:
                column = next((c for c in self.holding[group[0]] if self.columns[c][1] == group), None)
                if column is None:
                    return None
                values[column] = 1.0
        met = {self.form.offers[n].request for n in chosen}
        for request, done in self.shared.items():
            values[done] = float(request in met)
        for want in self.form.wants:
            if want.request in met and want.host in self.schools:
                values[self.schools[want.host]] = 1.0
        for (place, post), seat in self.pairs.items():
            twins = self.form.twins[place]
            offers = (self.form.offers[n] for n in chosen)
            values[seat] = float(any(o.post == post and o.request in twins for o in offers))
        return values

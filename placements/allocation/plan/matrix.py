"""The rows of a model as arrays: what a solution makes of each row, and what duals prove of each variable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from placements.allocation.plan.model import Row

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int32]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

SLIP = 1e-3
"""How far sums of a few thousand products of floats may be off: far more than they are, far less than one."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Σ values·x between low and high, row by row; entries in the order of rows."""

    size: int
    row: Places
    column: Places
    value: Numbers
    low: Numbers
    high: Numbers

    @classmethod
    def of(cls, size: int, rows: Sequence[Row]) -> "Matrix":
        """`size` variables, and these rows."""
        lengths = [len(terms) for terms, _, _ in rows]
        return cls(
            size,
            np.repeat(np.arange(len(rows), dtype=np.int32), lengths),
            np.fromiter((c for terms, _, _ in rows for c in terms), np.int32, sum(lengths)),
            np.fromiter((v for terms, _, _ in rows for v in terms.values()), np.float64, sum(lengths)),
            np.array([low for _, low, _ in rows], np.float64),
            np.array([high for _, _, high in rows], np.float64),
        )

    def kept(self, solution: Numbers) -> bool:
        """Whether a solution in whole numbers keeps every row; exact, for the sums are far below 2**53."""
        sums = np.bincount(self.row, self.value * solution[self.column], len(self.low))
        return bool(((self.low <= sums) & (sums <= self.high)).all())

    def priced(self, costs: Numbers, duals: Numbers) -> tuple[float, Numbers]:
        """(bound, reduced costs): no solution is worth more than the bound, nor one that uses variable n more than
        the bound plus its reduced cost, where that is negative.

        True of any numbers for duals whatever, so nothing is taken on trust from the solver.
        """
        limits = np.where(duals > 0, self.high, self.low)
        sure = np.where(np.isfinite(limits), duals, 0.0)
        reduced = costs - np.bincount(self.column, self.value * sure[self.row], self.size)
        worth = np.where(sure == 0, 0.0, sure * np.where(np.isfinite(limits), limits, 0.0)).sum()
        return float(worth + np.maximum(reduced, 0).sum()), reduced

    def only(self, alive: Mask) -> "Matrix":
        """The same rows over some of the variables, renumbered; the others are nought."""
        place = np.cumsum(alive, dtype=np.int32) - 1
        stays = alive[self.column]
        return Matrix(
            int(alive.sum()), self.row[stays], place[self.column[stays]], self.value[stays], self.low, self.high
        )

    @property
    def starts(self) -> Places:
        """Where each row's entries begin, and where the last ends."""
        return np.searchsorted(self.row, np.arange(len(self.low) + 1)).astype(np.int32)


def vector(size: int, terms: Mapping[int, int]) -> Numbers:
    """One number for every variable."""
    found = np.zeros(size)
    found[list(terms)] = list(terms.values())
    return found

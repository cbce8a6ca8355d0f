"""Nothing that is kept back can be worked out: each small table, against every table that could look the same (G)."""

from collections.abc import Iterator
from itertools import product

import pytest

from staff.figures.reads.sheets import NOT_SHOWN, Table
from staff.figures.rules import At, hidden

Grid = list[list[int]]
FEW = "fewer than 3"


def grids(rows: int, columns: int, most: int) -> Iterator[Grid]:
    """Every table of so many parts, with their sum in the first column and below."""
    for cells in product(range(most + 1), repeat=rows * columns):
        lines = [list(cells[n * columns : (n + 1) * columns]) for n in range(rows)]
        summed = [[sum(line), *line] for line in lines]
        yield [*summed, [sum(column) for column in zip(*summed, strict=True)]]


def bounds(grid: Grid) -> dict[At, tuple[int, int]]:
    """What somebody who knows our rules reads of every number that is kept back."""
    kept = hidden(grid, totalled=True, sums=[range(len(grid[0]))])
    rows, columns = range(len(grid)), range(len(grid[0]))
    lines = [[(y, x) for x in columns] for y in rows] + [[(y, x) for y in (rows[-1], *rows[:-1])] for x in columns]
    small = {at for at in kept if 0 < grid[at[0]][at[1]] < 3}
    parts = {at for whole, *others in lines if whole in small for at in others}
    nothing_told = not any(kept.values()) and all((y, x) in kept for y in rows for x in columns if grid[y][x])
    found = {}
    for at, told_small in kept.items():
        least, most = (1, 2) if told_small else (0, 2) if at in parts else (3, 99)
        found[at] = (0, 99) if nothing_told else (least, most)
    return found


def looks_like(other: Grid, grid: Grid, known: dict[At, tuple[int, int]]) -> bool:
    return all(
        known[y, x][0] <= count <= known[y, x][1] if (y, x) in known else count == grid[y][x]
        for y, line in enumerate(other)
        for x, count in enumerate(line)
    )


SIZES = [(1, 2, 5, 9), (1, 3, 3, 6), (3, 1, 3, 6), (2, 2, 3, 5)]
"""Rows, columns, the largest part of a table, and the largest that a reader reckons with."""


@pytest.mark.parametrize(("rows", "columns", "most", "could_be"), SIZES)
def test_g_no_small_number_can_be_worked_out(rows: int, columns: int, most: int, could_be: int) -> None:
    every = list(grids(rows, columns, could_be))
    for grid in grids(rows, columns, most):
        known = bounds(grid)
        small = {(y, x) for y, line in enumerate(grid) for x, count in enumerate(line) if 0 < count < 3}
        assert small <= known.keys()
        alike = [other for other in every if looks_like(other, grid, known)] if small else []
        for y, x in small:
            assert len({other[y][x] for other in alike}) > 1, (grid, known, (y, x))


Row = tuple[int | str, ...]


def shown(*rows: Row) -> tuple[Row, ...]:
    table = Table("csv", "By phase", ("Answer", "Primary", "Secondary", "All"), rows)
    return table.for_officers(sums=[(3, 1, 2)]).rows


def test_g_of_a_sum_of_one_or_two_no_part_is_shown() -> None:
    for parts in ((1, 1), (2, 0), (0, 2)):
        assert shown(("Yes", *parts, 2), ("No", 5, 4, 9))[0] == ("Yes", NOT_SHOWN, NOT_SHOWN, FEW)


def test_g_numbers_that_tell_of_nobody_stay() -> None:
    assert shown(("Yes", 1, 8, 9), ("No", 5, 4, 9)) == (("Yes", FEW, NOT_SHOWN, 9), ("No", 5, 4, 9))

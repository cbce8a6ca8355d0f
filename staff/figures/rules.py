"""What figures may say, and how they stand to advice and aims (R-14.3, R-14.4, section G). Pure."""

from collections.abc import Iterable, Sequence

from astcoord.core.suppression import SMALLEST_GROUP

LEAST, MOST = 3, 5
"""Per cent of a school's teachers who are ASTs, as advised."""
UNKNOWN = "Number of teachers not known"

At = tuple[int, int]
ANY = 10**9
"""More than anything that is counted here."""


def share_words(asts: int, teachers: int) -> str:
    """The share and how it stands to the advice, which binds nobody; judged as it is shown, to a tenth (R-14.3).

    >>> share_words(4, 100)
    '4%, within'
    >>> share_words(16, 595)
    '2.7%, below'
    """
    if not teachers:
        return UNKNOWN
    share = round(100 * asts / teachers, 1)
    where = "below" if share < LEAST else "above" if share > MOST else "within"
    return f"{share:g}%, {where}"


def gap(target: int, active: int) -> int:
    """How many ASTs are wanting; never below nought (R-14.4).

    >>> gap(50, 16), gap(16, 17)
    (34, 0)
    """
    return max(0, target - active)


def hidden(grid: Sequence[Sequence[int]], *, totalled: bool, sums: Iterable[Sequence[int]] = ()) -> set[At]:
    """The places in a table, (row, column), that are kept from officers: small groups, and what gives one away (G).

    Where it is `totalled` the last row is the sum of those above it. `sums` are columns of which one is the sum of the
    others. While a hidden number could be worked out from these, the smallest beside it is hidden, too: one alone, and
    two of which the rest leaves one value each. Nobody is nobody: nought is shown.

    >>> sorted(hidden([[1, 5], [4, 4], [5, 9]], totalled=True))
    [(0, 0), (1, 0)]
    >>> sorted(hidden([[2], [2], [9], [13]], totalled=True))
    [(0, 0), (1, 0), (2, 0)]
    """
    found = {(y, x) for y, line in enumerate(grid) for x, count in enumerate(line) if 0 < count < SMALLEST_GROUP}
    rows, columns = range(len(grid)), range(len(grid[0]) if grid else 0)
    lines = [[(y, x) for y in rows] for x in columns] if totalled else []
    lines += [[(y, x) for x in those] for those in sums for y in rows]
    more = True
    while more:
        more = False
        for line in lines:
            shown = [at for at in line if at not in found and grid[at[0]][at[1]]]
            if shown and _given_away([(grid[y][x], (y, x) in found) for y, x in line]):
                found.add(min(shown, key=lambda at: grid[at[0]][at[1]]))
                more = True
    return found


def _given_away(line: Sequence[tuple[int, bool]]) -> bool:
    """Whether a line of (number, is hidden), the largest of which is the sum of the others, leaves one value for one
    that is hidden. Of a small group people read that it is one or two, of any other hidden number that it is more.

    >>> _given_away([(2, True), (2, True), (4, False)]), _given_away([(1, True), (2, True), (3, False)])
    (True, False)
    """
    whole, *parts = sorted(line, reverse=True)
    (least, most), bounds = _bounds(*whole), [_bounds(*part) for part in parts]
    low, high = sum(at_least for at_least, _ in bounds), sum(at_most for _, at_most in bounds)
    if whole[1] and max(least, low) == min(most, high):
        return True
    return any(
        is_hidden and max(at_least, least - (high - at_most)) == min(at_most, most - (low - at_least))
        for (_, is_hidden), (at_least, at_most) in zip(parts, bounds, strict=True)
    )


def _bounds(count: int, is_hidden: bool) -> tuple[int, int]:
    if not is_hidden:
        return count, count
    return (1, SMALLEST_GROUP - 1) if count < SMALLEST_GROUP else (SMALLEST_GROUP, ANY)

"""What figures may say, and how they stand to advice and aims (R-14.3, R-14.4, section G). Pure."""

from collections.abc import Iterable, Sequence

from astcoord.core.suppression import SMALLEST_GROUP

LEAST, MOST = 3, 5
"""Per cent of a school's teachers who are ASTs, as advised."""
UNKNOWN = "Number of teachers not known"

At = tuple[int, int]
Bounds = tuple[int, int]
"""The least and the most."""
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


def hidden(grid: Sequence[Sequence[int]], *, totalled: bool, sums: Iterable[Sequence[int]] = ()) -> dict[At, bool]:
    """The places in a table, (row, column), that are kept from officers: small groups, and what gives one away (G).

    True where it may be told that it is one or two. Where the table is `totalled` the last row is the sum of those
    above it. `sums` are columns, the first of which is the sum of the others. While a hidden number could be worked out
    from these, the smallest beside it is hidden, too: one alone, and two of which the rest leaves one value each.
    Nobody is nobody and is shown, but for the parts of a small sum: two of them and nothing else would be one each.

    >>> sorted(hidden([[1, 5], [4, 4], [5, 9]], totalled=True))
    [(0, 0), (1, 0)]
    >>> sorted(hidden([[2], [2], [9], [13]], totalled=True))
    [(0, 0), (1, 0), (2, 0)]
    >>> hidden([[2, 1, 1], [9, 5, 4]], totalled=False, sums=[(0, 1, 2)])
    {(0, 0): True, (0, 1): False, (0, 2): False}
    """
    rows, columns = range(len(grid)), range(len(grid[0]) if grid else 0)
    lines = [[(y, x) for y in (rows[-1], *rows[:-1])] for x in columns] if totalled else []
    lines += [[(y, x) for x in those] for those in sums for y in rows]
    small = {(y, x) for y in rows for x in columns if 0 < grid[y][x] < SMALLEST_GROUP}
    veiled = {part for whole, *parts in lines if whole in small for part in parts}
    found = {at: at not in veiled for at in sorted(small | veiled)}
    while small & (given := found.keys() & _worked_out(_known(grid, found, veiled), lines)):
        shown = [(y, x) for y in rows for x in columns if grid[y][x] and (y, x) not in found]
        if not shown:  # the words alone give it away: then of no number is told that it is small
            return dict.fromkeys(found, False)
        near = {at for line in lines if not given.isdisjoint(line) for at in line}
        found[min(shown, key=lambda at: (at not in near, grid[at[0]][at[1]]))] = False
    for at in sorted(found.keys() - small - veiled, key=lambda at: -grid[at[0]][at[1]]):  # what need not be hidden
        fewer = {other: told for other, told in found.items() if other != at}
        if small.isdisjoint(_worked_out(_known(grid, fewer, veiled), lines)):
            found = fewer
    return found


def _known(grid: Sequence[Sequence[int]], found: dict[At, bool], veiled: set[At]) -> dict[At, Bounds]:
    """What people know of each number before they reckon: of a part of a small sum that it is no more than that."""
    known = {(y, x): (count, count) for y, line in enumerate(grid) for x, count in enumerate(line)}
    for at, told_small in found.items():
        no_more = told_small or at in veiled
        known[at] = (int(told_small) if no_more else SMALLEST_GROUP, SMALLEST_GROUP - 1 if no_more else ANY)
    return known


def _worked_out(known: dict[At, Bounds], lines: Sequence[Sequence[At]]) -> set[At]:
    """Those of which one value is left, when each line, a sum and its parts, is reckoned through again and again.

    Lines that do not add up, because somebody counts in several parts, tell nothing of them.

    >>> total, one, two = (2, 0), (0, 0), (1, 0)
    >>> sorted(_worked_out({total: (4, 4), one: (1, 2), two: (1, 2)}, [(total, one, two)]))
    [(0, 0), (1, 0), (2, 0)]
    >>> sorted(_worked_out({total: (3, 3), one: (1, 2), two: (1, 2)}, [(total, one, two)]))
    [(2, 0)]
    """
    known = dict(known)
    for _ in range(len(known)):
        before = dict(known)
        for whole, *parts in lines:
            low, high = sum(known[at][0] for at in parts), sum(known[at][1] for at in parts)
            least, most = max(known[whole][0], low), min(known[whole][1], high)
            new = {whole: (least, most)}
            for at in parts:
                at_least, at_most = known[at]
                new[at] = max(at_least, least - (high - at_most)), min(at_most, most - (low - at_least))
            if all(fewest <= highest for fewest, highest in new.values()):
                known |= new
        if before == known:
            break
    return {at for at, (least, most) in known.items() if least == most}

"""A report as page, file and paper show it: all three are made from the same tables (R-15.15)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from astcoord.core.suppression import count_words
from staff.figures.rules import hidden

Cell = int | str
NOT_SHOWN = "not shown"
"""Instead of a number from which one of the hidden ones could be worked out."""


@dataclass(frozen=True)
class Table:
    """Lines of a label and what is counted. Its file is asked for by `code`."""

    code: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    links: tuple[str, ...] = ()
    """Where the label of each row leads, if anywhere."""
    note: str = ""
    folded: bool = False
    unfolded: bool = False
    """Can be folded, and is open."""
    printed: bool = True
    words: int = 1
    """How many columns hold words; numbers follow."""
    most: int = 0
    """Rows on the page at most, all for 0; its file has every one."""
    beyond: int = 0
    """Rows that were not even made, because the page does not show them; the file is made with all."""

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """With the total."""
        return (*self.rows, self.total) if self.total else self.rows

    @property
    def linked(self) -> list[tuple[str, Cell, tuple[Cell, ...]]]:
        """Each row of the page as its link, its label, and the rest."""
        links = self.links or ("",) * len(self.rows)
        pairs = list(zip(links, self.rows, strict=True))
        return [(link, row[0], row[1:]) for link, row in (pairs[: self.most] if self.most else pairs)]

    @property
    def in_file(self) -> int:
        """How many rows the file has."""
        return len(self.rows) + self.beyond

    @property
    def on_page(self) -> int:
        """How many of them the page has."""
        return min(len(self.rows), self.most or len(self.rows))

    def for_officers(self, columns: Collection[int] = (), sums: Sequence[Sequence[int]] = ()) -> "Table":
        """With the small groups of these columns kept back, of all if none are named; `sums` as in `rules.hidden`."""
        counted = sorted(columns or range(1, len(self.header)))
        grid = [[int(line[x]) for x in counted] for line in self.lines]
        within = [[counted.index(x) for x in those] for those in sums]
        found = hidden(grid, totalled=bool(self.total), sums=within)
        kept = {(y, counted[x]): small for (y, x), small in found.items()}
        words = {True: count_words(1), False: NOT_SHOWN, None: ""}
        return self._mapped(lambda y, x, cell: words[kept.get((y, x))] or cell)

    def with_column(self, at: int, title: str, of: Callable[[tuple[Cell, ...]], Cell]) -> "Table":
        """With one more column, made from each line."""
        header = (*self.header[:at], title, *self.header[at:])
        lines = [(*line[:at], of(line), *line[at:]) for line in self.lines]
        return self._of(lines, header)

    def _mapped(self, change: Callable[[int, int, Cell], Cell]) -> "Table":
        lines = [tuple(change(y, x, cell) for x, cell in enumerate(line)) for y, line in enumerate(self.lines)]
        return self._of(lines, self.header)

    def _of(self, lines: list[tuple[Cell, ...]], header: tuple[str, ...]) -> "Table":
        rows = tuple(lines[: len(self.rows)])
        return replace(self, header=header, rows=rows, total=lines[-1] if self.total else ())


@dataclass(frozen=True)
class Sheet:
    """One report. `name` is its file's; `chosen` says in words what it is narrowed to; `lead` stands above."""

    name: str
    title: str
    tables: tuple[Table, ...]
    chosen: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    notes: tuple[str, ...] = ()
    empty: str = "There is nothing to count yet."

    @property
    def words(self) -> str:
        """What it is narrowed to, as one line."""
        return "; ".join(f"{label}: {value}" for label, value in self.chosen)

"""A chain of steps as a drawing: geometry only. Its template draws the SVG; the page has the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from unicodedata import east_asian_width

WIDTH, GAP = 220, 40
"""Of a box, and between two columns, in pixels."""
LETTERS = 26
"""In one line of a box."""
LINE, PADDING, BETWEEN = 19, 12, 16


@dataclass(frozen=True)
class Link:
    """One step: its number, its heading, its words, and the number of the step that it leads to, if any."""

    number: int
    title: str
    text: str
    leads_to: int | None = None


@dataclass(frozen=True)
class Words:
    """One line of words in a box."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    height: int
    title: Words
    lines: Sequence[Words]
    width: int = WIDTH

    @property
    def middle(self) -> int:
        """Where arrows come in and go out."""
        return self.y + self.height // 2


@dataclass(frozen=True)
class Arrow:
    """From a box to the next one on its right."""

    x1: int
    y1: int
    x2: int
    y2: int

    @property
    def head(self) -> str:
        """The points of its head."""
        return f"{self.x2},{self.y2} {self.x2 - 9},{self.y2 - 5} {self.x2 - 9},{self.y2 + 5}"


@dataclass(frozen=True)
class Chain:
    width: int
    height: int
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    left_out: Sequence[int]
    """Steps that lead round in a circle, which has no end to draw it from."""


class _Drawing:
    """Each step stands one column to the left of what it leads to, beside it or below its siblings."""

    def __init__(self, links: Sequence[Link]) -> None:
        self.before: dict[int | None, list[Link]] = {}
        known = {link.number for link in links}
        for link in links:
            self.before.setdefault(link.leads_to if link.leads_to in known else None, []).append(link)
        self.places: list[tuple[Link, int, int]] = []
        self.arrows: list[tuple[int, int]] = []

    def place(self, link: Link, depth: int, top: int) -> int:
        """The step and all before it, from `top` down; where the next one may begin."""
        self.places.append((link, depth, top))
        below = top
        for each in self.before.get(link.number, []):
            self.arrows.append((each.number, link.number))
            below = self.place(each, depth + 1, below)
        return max(below, top + _height(link) + BETWEEN)


def _lines(link: Link) -> list[str]:
    """The words as lines of a box; of scripts whose letters are twice as wide, half as many to a line."""
    wide = any(east_asian_width(letter) in "WF" for letter in link.text)
    return wrap(link.text, LETTERS // 2 if wide else LETTERS) or [""]


def _height(link: Link) -> int:
    return 2 * PADDING + LINE * (1 + len(_lines(link)))


def draw(links: Sequence[Link]) -> Chain:
    """Ends on the right, beginnings on the left."""
    drawing, below = _Drawing(links), 0
    for link in drawing.before.get(None, []):
        below = drawing.place(link, 0, below)
    deepest = max((depth for _, depth, _ in drawing.places), default=0)
    boxes = {link.number: _box(link, (deepest - depth) * (WIDTH + GAP), top) for link, depth, top in drawing.places}
    arrows = [Arrow(boxes[a].x + WIDTH, boxes[a].middle, boxes[b].x, boxes[b].middle) for a, b in drawing.arrows]
    left_out = [link.number for link in links if link.number not in boxes]
    width = (deepest + 1) * (WIDTH + GAP) - GAP if boxes else 0
    return Chain(width, max(below - BETWEEN, 0), list(boxes.values()), arrows, left_out)


def _box(link: Link, x: int, y: int) -> Box:
    first = y + PADDING + 13
    lines = [Words(x + PADDING, first + LINE * (n + 1), words) for n, words in enumerate(_lines(link))]
    return Box(x, y, _height(link), Words(x + PADDING, first, link.title), lines)

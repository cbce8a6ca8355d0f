"""Pictures of numbers people compare: geometry only. Templates draw the SVG, always with its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from astcoord.core.wording import number

Number = Decimal | int | float


def plain(value: Number | None) -> str:
    """2.50 → "2.5", 3.00 → "3", None → "–"."""
    return "–" if value is None else number(Decimal(str(value)))


@dataclass(frozen=True)
class Event:
    """One line of a history: what, by whom, when, and what changed as `(what, before, after)`."""

    title: str
    when: datetime | None = None
    by: str = ""
    text: str = ""
    changes: Sequence[tuple[str, Any, Any]] = ()

    @classmethod
    def of(cls, source: Any) -> "Event":
        """From a dict or any object with these attributes."""
        if isinstance(source, cls):
            return source
        names = [each.name for each in fields(cls)]
        if isinstance(source, Mapping):
            return cls(**{name: source[name] for name in names if name in source})
        return cls(**{name: getattr(source, name) for name in names if hasattr(source, name)})


@dataclass(frozen=True)
class Block:
    """One half-term: days planned (not yet delivered) and days delivered."""

    label: str
    planned: Number
    delivered: Number
    current: bool = False

    @property
    def total(self) -> Decimal:
        return Decimal(str(self.planned)) + Decimal(str(self.delivered))


@dataclass(frozen=True)
class Strip:
    """A year's budget in days, half-term by half-term; `before` are days used without a date, which none shows."""

    title: str
    budget: Number
    blocks: Sequence[Block] = field(default_factory=list)
    before: Number = Decimal(0)

    @property
    def planned(self) -> Number:
        return sum((b.planned for b in self.blocks), Decimal(0))

    @property
    def delivered(self) -> Number:
        return sum((b.delivered for b in self.blocks), Decimal(0))

    @property
    def left(self) -> Decimal:
        used = Decimal(str(self.delivered)) + Decimal(str(self.before))
        return Decimal(str(self.budget)) - Decimal(str(self.planned)) - used


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    kind: str = ""
    text: str = ""
    note: str = ""

    @property
    def short(self) -> str:
        """The words as they fit beside a bar; the table that follows has them whole."""
        return self.text if len(self.text) <= BAR_LETTERS else f"{self.text[: BAR_LETTERS - 1].rstrip()}…"

    @property
    def text_y(self) -> float:
        """Where the words of a bar stand."""
        return self.y + 16


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    rects: list[Rect]
    ident: str


def _ident(title: str) -> str:
    return "chart-" + "".join(c if c.isalnum() else "-" for c in title.lower())


STRIP_WIDTH = 720
STRIP_HEIGHT = 150
STRIP_BASE = 110


def draw_strip(strip: Strip) -> Drawing:
    """Columns of one width, delivered below and planned above; the tallest fills the height."""
    step = STRIP_WIDTH / max(len(strip.blocks), 1)
    tallest = max((float(b.planned) + float(b.delivered) for b in strip.blocks), default=0) or 1
    scale = (STRIP_BASE - 20) / tallest
    rects = []
    for index, block in enumerate(strip.blocks):
        x, width = round(index * step + 3, 1), round(step - 6, 1)
        done = round(float(block.delivered) * scale, 1)
        plan = round(float(block.planned) * scale, 1)
        kind = "current" if block.current else "back"
        rects.append(Rect(x, 0, width, STRIP_BASE, kind, block.label, plain(block.total)))
        if done:
            rects.append(Rect(x, round(STRIP_BASE - done, 1), width, done, "delivered"))
        if plan:
            rects.append(Rect(x, round(STRIP_BASE - done - plan, 1), width, plan, "planned"))
    return Drawing(STRIP_WIDTH, STRIP_HEIGHT, rects, _ident(strip.title))


BAR_ROW = 34
BAR_LEFT = 220
BAR_LETTERS = 26
BAR_WIDTH = 370


def draw_bars(title: str, rows: Sequence[tuple[str, Number]]) -> Drawing:
    """Horizontal bars from zero."""
    top = max((float(value) for _, value in rows), default=0) or 1
    rects = []
    for index, (label, value) in enumerate(rows):
        width = round(BAR_WIDTH * max(float(value), 0) / top, 1)
        rects.append(Rect(BAR_LEFT, index * BAR_ROW + 6, width, 22, "", str(label), plain(value)))
    return Drawing(BAR_LEFT + BAR_WIDTH + 90, BAR_ROW * len(rows) + 4, rects, _ident(title))


@dataclass(frozen=True)
class Change:
    label: str
    before: Number | None
    after: Number | None
    y: float = 0
    x_before: float = 0
    x_after: float = 0

    @property
    def difference(self) -> Decimal | None:
        if self.before is None or self.after is None:
            return None
        return Decimal(str(self.after)) - Decimal(str(self.before))

    @property
    def words(self) -> str:
        """+9.1, −3.0 (a real minus), 0 or a dash."""
        if self.difference is None:
            return "–"
        sign = "+" if self.difference > 0 else "−" if self.difference < 0 else ""
        return f"{sign}{abs(self.difference)}"


@dataclass(frozen=True)
class Changes:
    width: int
    height: int
    rows: list[Change]
    ident: str


def draw_changes(title: str, rows: Sequence[tuple[str, Number | None, Number | None]]) -> Changes:
    """Before and after as two dots on one line, all lines on one scale."""
    values = [float(v) for _, b, a in rows for v in (b, a) if v is not None]
    low, high = min(values, default=0), max(values, default=1)
    spread = (high - low) or 1

    def x(value: Number | None) -> float:
        return round(BAR_LEFT + 20 + (BAR_WIDTH - 40) * ((float(low if value is None else value) - low) / spread), 1)

    drawn = [Change(label, b, a, i * BAR_ROW + 18, x(b), x(a)) for i, (label, b, a) in enumerate(rows)]
    return Changes(BAR_LEFT + BAR_WIDTH + 90, BAR_ROW * len(rows) + 6, drawn, _ident(title))


@dataclass(frozen=True)
class Point:
    """A place on the map; `kind` is "school", "base" or "support"; `links` are the labels it is joined to."""

    label: str
    easting: int | None
    northing: int | None
    kind: str = "school"
    size: Number = 1
    note: str = ""
    links: Sequence[str] = ()


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    r: float
    kind: str
    label: str
    note: str

    @property
    def left(self) -> float:
        """A base is a square of about the same area, so that colour is not its only mark."""
        return round(self.x - self.r * 0.9, 1)

    @property
    def top(self) -> float:
        return round(self.y - self.r * 0.9, 1)

    @property
    def side(self) -> float:
        return round(self.r * 1.8, 1)


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    dots: list[Dot]
    lines: list[Line]
    ident: str
    scale_px: float
    scale_miles: int


MAP_WIDTH = 640
MAP_MARGIN = 24
METRES_PER_MILE = 1609.344


def draw_map(title: str, points: Sequence[Point]) -> Map:
    """The National Grid scaled to fit, north up, one scale both ways. Unknown places are left out."""
    known = [(p, p.easting, p.northing) for p in points if p.easting is not None and p.northing is not None]
    if not known:
        return Map(MAP_WIDTH, 40, [], [], _ident(title), 0, 0)
    west, south = min(e for _, e, _ in known), min(n for _, _, n in known)
    east, north = max(e for _, e, _ in known), max(n for _, _, n in known)
    span = max(east - west, 1)
    height = min(max((MAP_WIDTH - 2 * MAP_MARGIN) * (north - south) / span, 80), 640)
    scale = min((MAP_WIDTH - 2 * MAP_MARGIN) / span, height / max(north - south, 1))
    dots = [
        Dot(
            round(MAP_MARGIN + (e - west) * scale, 1),
            round(MAP_MARGIN + (north - n) * scale, 1),
            round(3 + 2.2 * float(p.size) ** 0.5, 1),
            p.kind,
            p.label,
            p.note,
        )
        for p, e, n in known
    ]
    place = {d.label: d for d in dots}
    lines = [
        Line(place[p.label].x, place[p.label].y, place[other].x, place[other].y)
        for p, _, _ in known
        for other in p.links
        if other in place
    ]
    miles = next((m for m in (20, 10, 5, 2, 1) if m * METRES_PER_MILE * scale < MAP_WIDTH / 3), 1)
    return Map(
        MAP_WIDTH,
        round(height + 2 * MAP_MARGIN + 20),
        sorted(dots, key=lambda d: d.kind != "school"),
        lines,
        _ident(title),
        round(miles * METRES_PER_MILE * scale, 1),
        miles,
    )

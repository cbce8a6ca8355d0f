"""One bar of parts beside one another, from zero: geometry only. No words in the picture: they stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from astcoord.ui.charts import Number, Rect

STACK_WIDTH = 720
STACK_HEIGHT = 24


@dataclass(frozen=True)
class Stack:
    """The bar of `label`, its parts in the order given; empty where there is nothing."""

    label: str
    rects: list[Rect]
    width: int = STACK_WIDTH
    height: int = STACK_HEIGHT


def draw_stack(label: str, parts: Sequence[tuple[str, Number]], widest: Number) -> Stack:
    """`parts` are (kind, amount), none below nought; `widest` is what fills the width, for all bars of a picture."""
    scale = (STACK_WIDTH - 2) / (float(widest) or 1)
    rects, x = [], 1.0
    for kind, amount in parts:
        width = round(max(float(amount), 0) * scale, 1)
        if width:
            rects.append(Rect(round(x, 1), 1, width, STACK_HEIGHT - 2, kind))
        x += width
    return Stack(label, rects)

"""Obstacles in words, for one AST and one request."""

from astcoord.core.wording import plural
from placements.allocation.plan.funnel import Obstacle
from placements.allocation.ranking import Bar
from placements.allocation.words import BARS

OBSTACLES: dict[Obstacle, str] = {
    **{Obstacle(bar.value): text for bar, text in BARS.items() if bar != Bar.FULL},
    Obstacle.KEY_STAGE: "Does not teach pupils of this age",
    Obstacle.AST_BARRED: "Policy keeps this AST at the home school",
    Obstacle.TOO_FAR: "Too far away",
    Obstacle.CATEGORY: "No days left in this part of the budget",
    Obstacle.BLOCK: "The dates asked for hold no whole half-term, and placements here fill whole half-terms",
    Obstacle.SHORT: "Not enough free days in the weeks asked for",
    Obstacle.FORBIDDEN: "Ruled out by the co-ordinator",
}


def request_words(*requests: int) -> str:
    """“request R00012”, “requests R00012, R00013”."""
    references = ", ".join(f"R{request:05d}" for request in requests)
    return f"{plural(len(requests), 'request')} {references}"

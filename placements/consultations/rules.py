"""What an initial consultation form needs (R-8.18). Pure."""

from collections.abc import Mapping

from astcoord.core.problems import Problem
from placements.consultations.lifecycle import ANSWERS

MISSING = {
    "situation": "Say what the situation is now",
    "strengths": "Say what works already",
    "tried": "Say what has been tried, or that nothing has",
    "wanted": "Say what you would like to be different",
    "ways": "Say how you could work together",
    "time": "Say when it would be, and whose time it is",
    "success": "Say how you will see that it works",
}


def part_problems(side: str, answers: Mapping[str, str]) -> list[Problem]:
    """Every question of a part is answered."""
    return [Problem(MISSING[n], n, "R-8.18") for n in ANSWERS[side] if not answers.get(n, "").strip()]

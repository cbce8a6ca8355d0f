"""What somebody who leaves may say for the board of former ASTs: pure functions (R-3.17)."""

from collections.abc import Collection, Mapping

from astcoord.core.problems import Problem

TEXTS = {
    "reach": "Enter how you can be reached",
    "now": "Enter what you do now",
    "offers": "Enter what you offer",
}
"""What is typed, and what is said where it was ticked and left empty. The name needs no text."""


def wish_problems(*, wish: bool, shows: Collection[str], texts: Mapping[str, str]) -> list[Problem]:
    """R-3.17: whoever wishes to stand there ticks what may be shown, and says it. Nothing is asked of others."""
    if not wish:
        return []
    if not shows:
        return [Problem("Select what may stand on the board, or answer no", "shows", "R-3.17", "nothing")]
    empty = [name for name in TEXTS if name in shows and not texts.get(name, "").strip()]
    return [Problem(TEXTS[name], name, "R-3.17", "empty") for name in empty]

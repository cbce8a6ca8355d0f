"""What an AST's “I could do this” needs: pure functions (R-7.9)."""

from astcoord.core.problems import Problem
from astcoord.core.words import say_later

LAPSED = say_later(
    "The co-ordinator no longer looks for an AST for this request. Look at the other schools on the list."
)


def offer_problems(*, may_offer: bool, still_listed: bool) -> list[Problem]:
    """R-7.9: by an AST who is in post, for a request that is on the AST's list."""
    if not may_offer:
        return [Problem("You can say this once you are in post", "", "R-7.9", "post")]
    return [] if still_listed else [Problem(LAPSED, "", "R-7.9", "lapsed")]

"""Another AST joins the meetings only if all parties agree (R-8.6). Pure."""

from collections.abc import Iterable, Mapping

from astcoord.core.policy_choices import Party
from astcoord.core.problems import Problem
from astcoord.core.wording import listed
from astcoord.core.words import say


def propose_problems(*, is_own: bool, another: bool) -> list[Problem]:
    """Not the placement's own AST, and one at a time."""
    if is_own:
        return [Problem(say("Choose another AST than the one of this placement."), "post", "R-8.6", "own")]
    if another:
        return [Problem("Somebody is proposed already. Take that back first.", "post", "R-8.6", "another")]
    return []


def invite_problems(parties: Iterable[str], answers: Mapping[str, bool]) -> list[Problem]:
    """Everybody's yes: a no stops it, and so does silence."""
    asked = list(parties)
    if against := [_name(party) for party in asked if answers.get(party) is False]:
        words = f"{_upper(listed(against))} said no, so no {say('other AST')} comes to the meetings."
        return [Problem(words, rule="R-8.6", code="refused")]
    if silent := [_name(party) for party in asked if party not in answers]:
        return [Problem(f"Everybody has to say yes first. Still to answer: {listed(silent)}.", rule="R-8.6")]
    return []


def _name(party: str) -> str:
    return f"the {Party(party).label.lower()}" if party != Party.AST else say("the AST")


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]

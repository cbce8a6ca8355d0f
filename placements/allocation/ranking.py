"""Rank the ASTs for one request, and say of each who is left out why (R-7.1, R-7.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from placements.allocation.capacity import Diary
from placements.allocation.problem import AstFacts, Horizon, Need, Standing
from placements.allocation.scoring import Score, Weights, score, usable


class Bar(StrEnum):
    """Why an AST may not be chosen, the most lasting reason first."""

    POLICY = "policy"
    OWN_SCHOOL = "own_school"
    NO_EXPERTISE = "no_expertise"
    NOT_ASSESSED = "not_assessed"
    NOT_IN_POST = "not_in_post"
    INDUCTION = "induction"
    ASKED_ALREADY = "asked_already"
    NO_PATTERN = "no_pattern"
    NO_DAYS = "no_days"
    WEEKDAYS = "weekdays"
    FULL = "full"


class Exclusion(NamedTuple):
    """One AST who may not be chosen."""

    ast: AstFacts
    bar: Bar


class Candidate(NamedTuple):
    """One AST who may be chosen: `free` quarters fit into the wanted weeks, `usable` of them into the year too."""

    ast: AstFacts
    score: Score
    free: int

    @property
    def usable(self) -> int:
        return usable(self.ast, self.free)


@dataclass(frozen=True, slots=True)
class Ranked:
    """All candidates, best first, and everybody else with the reason."""

    candidates: tuple[Candidate, ...]
    excluded: tuple[Exclusion, ...]

    def rank_of(self, post: int) -> int:
        """Place of a post in the ranking, from 1; 0 where it is not in it."""
        return next((n for n, c in enumerate(self.candidates, 1) if c.ast.post == post), 0)

    def bar_of(self, post: int) -> Bar | None:
        """Why a post is left out; None where it is not among the excluded."""
        return next((e.bar for e in self.excluded if e.ast.post == post), None)


def rank(need: Need, asts: Iterable[AstFacts], horizon: Horizon, weights: Weights) -> Ranked:
    """Rank by score; equals by the shorter journey (unknown last), then by the older post.

    The result does not depend on the order in which the ASTs come.
    """
    diary = Diary(horizon, need)
    chosen, left_out = [], []
    for ast in asts:
        bar, free = _look_at(need, ast, diary)
        if bar is None:
            chosen.append(Candidate(ast, score(need, ast, free, weights), free))
        else:
            left_out.append(Exclusion(ast, bar))
    chosen.sort(key=_order)
    left_out.sort(key=lambda e: (e.ast.name, e.ast.post))
    return Ranked(tuple(chosen), tuple(left_out))


def _order(candidate: Candidate) -> tuple[float, bool, float, int]:
    km = candidate.score.km
    return -candidate.score.total, km is None, km or 0.0, candidate.ast.post


def _look_at(need: Need, ast: AstFacts, diary: Diary) -> tuple[Bar | None, int]:
    """What forbids this AST, or else the free quarters. The diary, the dearest question, comes last."""
    bar = standing_bar(need, ast)
    if bar is not None:
        return bar, 0
    free = diary.free(ast)
    if free:
        return None, free
    return (Bar.FULL if diary.suits(ast) else Bar.WEEKDAYS), 0


def standing_bar(need: Need, ast: AstFacts) -> Bar | None:
    """The hard rules that need no diary (R-7.2, R-4.10), in the order of `Bar`."""
    return _first_bar(
        (
            bool(need.blocked),
            ast.home == need.host,
            ast.level == 0,
            ast.standing is Standing.NOT_ASSESSED,
            ast.standing is Standing.NOT_IN_POST,
            not ast.inducted,
            ast.asked_already,
            not ast.slots,
            ast.left <= 0,
        )
    )


STANDING_BARS = tuple(Bar)[:9]


@lru_cache(maxsize=512)
def _first_bar(holds: tuple[bool, ...]) -> Bar | None:
    """Few different answers for thousands of ASTs: each is looked up once."""
    return next((bar for bar, true in zip(STANDING_BARS, holds, strict=True) if true), None)

"""Rank the ASTs for one request, and say of each who is left out why (R-7.1, R-7.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from placements.allocation.capacity import Diary
from placements.allocation.exclusions import Exclusion
from placements.allocation.problem import AstFacts, Horizon, Need, Standing
from placements.allocation.scoring import Score, Weights, score, usable


class Excluded(NamedTuple):
    """One AST who may not be chosen, and why."""

    ast: AstFacts
    why: Exclusion


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
    excluded: tuple[Excluded, ...]

    def rank_of(self, post: int) -> int:
        """Place of a post in the ranking, from 1; 0 where it is not in it."""
        return next((n for n, c in enumerate(self.candidates, 1) if c.ast.post == post), 0)

    def why_not(self, post: int) -> Exclusion | None:
        """Why a post is left out; None where it is not among the excluded."""
        return next((e.why for e in self.excluded if e.ast.post == post), None)


def rank(need: Need, asts: Iterable[AstFacts], horizon: Horizon, weights: Weights) -> Ranked:
    """Rank by score; equals by the shorter journey (unknown last), then by the older post.

    The result does not depend on the order in which the ASTs come.
    """
    diary = Diary(horizon, need)
    chosen, left_out = [], []
    for ast in asts:
        why, free = _examine(need, ast, diary)
        if why is None:
            chosen.append(Candidate(ast, score(need, ast, free, weights), free))
        else:
            left_out.append(Excluded(ast, why))
    chosen.sort(key=_order)
    left_out.sort(key=lambda e: (e.ast.name, e.ast.post))
    return Ranked(tuple(chosen), tuple(left_out))


def _order(candidate: Candidate) -> tuple[float, bool, float, int]:
    km = candidate.score.km
    return -candidate.score.total, km is None, km or 0.0, candidate.ast.post


def _examine(need: Need, ast: AstFacts, diary: Diary) -> tuple[Exclusion | None, int]:
    """What excludes this AST, or else the free quarters. The diary, the dearest question, comes last."""
    why = exclusion(need, ast)
    if why is not None:
        return why, 0
    free = diary.free(ast)
    if free:
        return None, free
    return (Exclusion.FULL if diary.suits(ast) else Exclusion.WEEKDAYS), 0


def exclusion(need: Need, ast: AstFacts) -> Exclusion | None:
    """The hard rules that need no diary (R-7.2, R-4.10), in the order of `ASKED`."""
    return _first(
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


TIME = (Exclusion.NO_PATTERN, Exclusion.NO_DAYS)
ASKED = (
    Exclusion.POLICY,
    Exclusion.OWN_SCHOOL,
    Exclusion.NO_EXPERTISE,
    Exclusion.NOT_ASSESSED,
    Exclusion.NOT_IN_POST,
    Exclusion.INDUCTION,
    Exclusion.ASKED_ALREADY,
    *TIME,
)


@lru_cache(maxsize=512)
def _first(holds: tuple[bool, ...]) -> Exclusion | None:
    """Few different answers for thousands of ASTs: each is looked up once."""
    return next((why for why, true in zip(ASKED, holds, strict=True) if true), None)

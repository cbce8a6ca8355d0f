"""Tiny problems of every flavour from a seed, for comparison with brute force; and parts to build one by hand."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from placements.allocation.plan.problem import Demand, HalfTerm, Pair, PlanProblem, PlanWeights, Rules, Supply
from placements.allocation.problem import AstFacts, Horizon, Need, Slot, Spot, Standing, UndatedDays, Week

MONDAY = date(2026, 11, 2)


def calendar(half_terms: int = 2, weeks: int = 3) -> tuple[Horizon, tuple[HalfTerm, ...]]:
    terms, mondays = [], []
    for n in range(half_terms):
        first = MONDAY + timedelta(weeks=n * (weeks + 1))
        terms.append(HalfTerm(f"h{n}", first, first + timedelta(weeks=weeks, days=-3), weeks))
        mondays += [first + timedelta(weeks=w) for w in range(weeks)]
    return Horizon(tuple(Week(m, tuple(m + timedelta(days=d) for d in range(5))) for m in mondays)), tuple(terms)


def demand(request: int = 1, days: float = 3, **facts: Any) -> Demand:
    own = {name: facts.pop(name) for name in ("priority", "waiting", "halves", "category", "closed") if name in facts}
    fields: dict[str, Any] = {
        "request": request,
        "host": 900 + request,
        "spot": Spot(430000, 330000),
        "subject": "maths",
        "key_stages": ("ks2",),
        "work_types": (),
        "pupil_groups": (),
        "quarters": int(days * 4),
        "first": MONDAY,
        "last": MONDAY + timedelta(weeks=7, days=-3),
    }
    return Demand(Need(**{**fields, **facts}), **own)


def supply(post: int = 1, days: float = 30, weekdays: tuple[int, ...] = (1,), share: int = 4, **facts: Any) -> Supply:
    names = ("expertise", "been_to", "linked", "declined", "rooms", "away", "leaves", "barred")
    own = {name: facts.pop(name) for name in names if name in facts}
    fields: dict[str, Any] = {
        "post": post,
        "name": f"AST {post}",
        "home": post,
        "home_name": "",
        "spot": Spot(433000, 334000),
        "standing": Standing.IN_POST,
        "inducted": True,
        "level": 0,
        "key_stages": frozenset({"ks2"}),
        "work_types": frozenset(),
        "pupil_groups": frozenset({"all"}),
        "slots": tuple(Slot(day, share, date(2026, 9, 1)) for day in weekdays),
        "budget": int(days * 4),
        "committed": 0,
    }
    return Supply(AstFacts(**{**fields, **facts}), own.pop("expertise", (("maths", 3),)), **own)


def problem(demands: list[Demand], supplies: list[Supply], **facts: Any) -> PlanProblem:
    horizon, half_terms = calendar()
    return PlanProblem(tuple(demands), tuple(supplies), horizon, half_terms, **facts)


def random_problem(seed: int) -> PlanProblem:
    """Three ASTs and four requests at most, with every kind of rule in play now and then."""
    dice = random.Random(seed)
    horizon, half_terms = calendar(2, dice.choice([2, 3]))
    days = [day for week in horizon.weeks for day in week.open_on]
    subjects = ["maths", "english"][: dice.choice([1, 1, 2])]
    supplies = [_supply(dice, post, subjects, days) for post in range(1, dice.choice([2, 3, 3]) + 1)]
    demands = [_demand(dice, request, subjects, days, half_terms) for request in range(1, dice.choice([3, 4, 4]) + 1)]
    pairs = [Pair(a.request, g.post) for a in demands for g in supplies]
    made = PlanProblem(
        tuple(demands),
        tuple(supplies),
        replace(horizon, averaged=dice.random() < 0.2),
        half_terms,
        Rules(blocks=dice.random() < 0.2, one_ast_per_subject=dice.random() < 0.7, least_half=dice.choice([4, 8])),
        PlanWeights(school=dice.choice([0, 200, 900]), kept=400),
        forbids=tuple(p for p in pairs if dice.random() < 0.05),
        previous=tuple(p for p in pairs if dice.random() < 0.2),
    )
    return replace(made, horizon=replace(made.horizon, cap=dice.choice([4, 4, 4, 2])))


def _supply(dice: random.Random, post: int, subjects: list[str], days: list[date]) -> Supply:
    weekdays = tuple(sorted(dice.sample(range(5), dice.choice([1, 1, 2, 3]))))
    mine = [d for d in days if d.weekday() in weekdays]
    promises = (UndatedDays(days[0], dice.choice(days[5:]), dice.choice([2, 4, 8])),) if dice.random() < 0.3 else ()
    return supply(
        post,
        dice.choice([3, 5, 6, 9, 20]),
        weekdays,
        dice.choice([4, 4, 4, 2]),
        spot=None if dice.random() < 0.1 else Spot(430000 + dice.randrange(30000), 330000),
        expertise=tuple((s, dice.choice([0, 1, 2, 3, 3])) for s in subjects),
        key_stages=frozenset(dice.sample(["ks1", "ks2", "ks3"], 2)),
        dated=tuple((d, dice.choice([2, 4])) for d in mine if dice.random() < 0.1),
        undated=promises,
        away=frozenset(d for d in mine if dice.random() < 0.1),
        rooms=(("lea", dice.choice([8, 16, 40])),) if dice.random() < 0.3 else (),
        been_to=frozenset(h for h in range(901, 905) if dice.random() < 0.2),
        declined=frozenset(r for r in range(1, 5) if dice.random() < 0.05),
        leaves=dice.choice(days) if dice.random() < 0.1 else None,
        home=dice.choice([post, 901]) if dice.random() < 0.2 else post,
        inducted=dice.random() > 0.05,
    )


def _demand(
    dice: random.Random, request: int, subjects: list[str], days: list[date], half_terms: tuple[HalfTerm, ...]
) -> Demand:
    spans = [(h.first, h.last) for h in half_terms] + [(days[0], days[-1])] * 3 + [(days[2], days[-4])]
    first, last = dice.choice(spans)
    return demand(
        request,
        dice.choice([1, 2, 2, 3, 4, 1.5, 0.5]),
        host=dice.choice([901, 902, 903]),
        subject=dice.choice(subjects),
        key_stages=(dice.choice(["ks1", "ks2"]),),
        first=first,
        last=last,
        weekdays=frozenset() if dice.random() < 0.6 else frozenset(dice.sample(range(5), 3)),
        blocked="policy" if dice.random() < 0.05 else "",
        priority=dice.choice([1, 2, 3, 4]),
        waiting=dice.choice([0, 0, 1, 5]),
        halves=dice.random() < 0.4,
        category=dice.choice(["", "lea"]),
        closed=frozenset(d for d in days if dice.random() < 0.1),
    )

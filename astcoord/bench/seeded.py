"""Invented problems of any size from a seed, for benches and tests: an authority's term, a county's, a nation's."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from placements.allocation.plan.problem import Demand, HalfTerm, PlanProblem, Supply
from placements.allocation.problem import AstFacts, Horizon, Need, Slot, Spot, Standing, Week

FIRST_MONDAY = date(2026, 9, 7)
WEEKS_PER_HALF_TERM = 6

# subject, phase it occurs in (p, s, or both), how often it is asked for, how often an AST leads in it
SUBJECTS = (
    ("english", "s", 13, 13), ("mathematics", "s", 14, 12), ("science", "s", 12, 12), ("ict", "s", 6, 8),
    ("languages", "s", 6, 7), ("history", "s", 3, 4), ("geography", "s", 3, 3), ("design", "s", 4, 4),
    ("pe", "s", 3, 5), ("art", "s", 2, 3), ("music", "s", 2, 3), ("re", "s", 2, 1), ("drama", "s", 1, 3),
    ("literacy", "p", 16, 14), ("numeracy", "p", 16, 11), ("primary_science", "p", 4, 3), ("primary_ict", "p", 6, 5),
    ("early_years", "p", 7, 7), ("behaviour", "ps", 9, 4), ("eal", "ps", 5, 3), ("sen", "ps", 5, 4),
    ("assessment", "ps", 5, 4), ("gifted", "ps", 3, 3), ("leadership", "ps", 4, 5),
)  # fmt: skip
KEY_STAGES = {"p": ("fs", "ks1", "ks2"), "s": ("ks3", "ks4", "post16")}


@dataclass(frozen=True)
class Size:
    """How large a made-up problem is. `side_km` is the side of the square authority."""

    name: str
    asts: int
    requests: int
    half_terms: int = 2
    side_km: float = 28
    limit_km: float = 30


LEA = Size("lea", 50, 150)
COUNTY = Size("county", 200, 270, side_km=60, limit_km=40)
COUNTY_YEAR = Size("county-year", 200, 800, half_terms=6, side_km=60, limit_km=40)
NATIONAL_AUTHORITIES = 150
AUTHORITY = Size("authority", 33, 100, side_km=32)


@dataclass(frozen=True)
class Place:
    """A made-up school."""

    number: int
    phase: str
    spot: Spot
    weekdays: frozenset[int]
    blocked: bool
    closed: frozenset[date]


def seeded(size: Size, seed: int) -> PlanProblem:
    """The same problem for the same size and seed, on every machine."""
    dice = random.Random(f"{size.name}-{seed}")  # noqa: S311
    half_terms = _half_terms(size.half_terms)
    weeks = tuple(_weeks(half_terms))
    schools = _schools(dice, size, weeks)
    return PlanProblem(
        demands=tuple(_demand(dice, n, schools, half_terms) for n in range(1, size.requests + 1)),
        supplies=tuple(_supply(dice, n, schools, weeks) for n in range(1, size.asts + 1)),
        horizon=Horizon(weeks),
        half_terms=half_terms,
        rules=replace(PlanProblem((), (), Horizon(())).rules, limit_km=size.limit_km),
    )


def _half_terms(count: int) -> tuple[HalfTerm, ...]:
    found = []
    for n in range(count):
        first = FIRST_MONDAY + timedelta(weeks=n * (WEEKS_PER_HALF_TERM + 1))
        last = first + timedelta(weeks=WEEKS_PER_HALF_TERM, days=-3)
        found.append(HalfTerm(f"half-term-{n + 1}", first, last, WEEKS_PER_HALF_TERM))
    return tuple(found)


def _weeks(half_terms: tuple[HalfTerm, ...]) -> list[Week]:
    mondays = [h.first + timedelta(weeks=w) for h in half_terms for w in range(h.weeks)]
    return [Week(monday, tuple(monday + timedelta(days=d) for d in range(5))) for monday in mondays]


def _schools(dice: random.Random, size: Size, weeks: tuple[Week, ...]) -> list[Place]:
    side = size.side_km * 1000
    towns = [(dice.random() * side, dice.random() * side) for _ in range(4)]
    found = []
    for number in range(1, max(20, size.asts * 2) + 1):
        if dice.random() < 0.7:
            town = dice.choice(towns)
            spot = Spot(int(dice.gauss(town[0], 2500)) + 400_000, int(dice.gauss(town[1], 2500)) + 200_000)
        else:
            spot = Spot(int(dice.random() * side) + 400_000, int(dice.random() * side) + 200_000)
        weekdays = frozenset() if dice.random() < 0.6 else frozenset(dice.sample(range(5), dice.choice([2, 3])))
        closed = frozenset(day for week in weeks if dice.random() < 0.1 for day in week.open_on)
        phase = "p" if number % 2 == 0 or dice.random() < 0.44 else "s"
        found.append(Place(number, phase, spot, weekdays, dice.random() < 0.03, closed))
    return found


def _supply(dice: random.Random, post: int, schools: list[Place], weeks: tuple[Week, ...]) -> Supply:
    phase = "s" if dice.random() < 0.6 else "p"
    home = dice.choice([s for s in schools if s.phase == phase])
    own = [s for s in SUBJECTS if s[1] == phase]
    both = [s for s in SUBJECTS if s[1] == "ps"]
    expertise = {dice.choices(own, [s[3] for s in own])[0][0]: 3}
    if dice.random() < 0.45:
        expertise.setdefault(dice.choices(own, [s[3] for s in own])[0][0], 2)
    if dice.random() < 0.6:
        expertise.setdefault(dice.choices(both, [s[3] for s in both])[0][0], dice.choice([2, 2, 3]))
    weekdays = [dice.randrange(5)] if dice.random() < 0.55 else dice.sample(range(5), dice.choice([2, 3, 5]))
    off = _weeks_off(dice, weeks)
    free = 4 * (len(weeks) - len(off))
    facts = AstFacts(
        post=post,
        name="",
        home=home.number,
        home_name="",
        spot=home.spot,
        standing=Standing.IN_POST,
        inducted=dice.random() > 0.03,
        level=0,
        key_stages=frozenset(dice.sample(KEY_STAGES[phase], dice.choice([2, 2, 3]))),
        work_types=frozenset(dice.sample(["nqt", "model_lesson", "advise", "cpd"], 3)),
        pupil_groups=frozenset({"all"}),
        slots=tuple(Slot(day, 4, FIRST_MONDAY) for day in sorted(weekdays)),
        budget=free,
        committed=0,
    )
    near = [s.number for s in schools if s.phase == phase]
    return Supply(
        facts,
        tuple(sorted(expertise.items())),
        been_to=frozenset(dice.sample(near, min(len(near), dice.choice([0, 1, 2, 3])))),
        away=frozenset(day for week in off for day in week.open_on),
        barred="The home school is in difficulties." if home.blocked else "",
    )


def _weeks_off(dice: random.Random, weeks: tuple[Week, ...]) -> list[Week]:
    """Weeks in which the day goes to networks, training, clusters, or was promised before."""
    off: list[Week] = []
    funded, new, promised = dice.random() < 0.12, dice.random() < 0.1, dice.random() < 0.35
    for n in range(0, len(weeks), WEEKS_PER_HALF_TERM):
        mine = weeks[n : n + WEEKS_PER_HALF_TERM]
        free = len(mine) - dice.choice([1, 1, 2])
        if funded:
            free = min(free, dice.choice([0, 1, 2, 3]))
        if new and n < 2 * WEEKS_PER_HALF_TERM:
            free = min(free, 1 if n == 0 else 3)
        if promised and n < 2 * WEEKS_PER_HALF_TERM:
            free -= dice.choice([1, 2, 3])
        off += dice.sample(mine, len(mine) - max(free, 0))
    return off


def _demand(dice: random.Random, request: int, schools: list[Place], half_terms: tuple[HalfTerm, ...]) -> Demand:
    phase = "p" if dice.random() < 0.55 else "s"
    host = dice.choice([s for s in schools if s.phase == phase])
    subjects = [s for s in SUBJECTS if phase in s[1]]
    wanted = dice.choices([3, 4, 5, 6, 8, 10, 12], [18, 14, 14, 26, 12, 8, 8])[0]
    length = min(1 if wanted <= 4 and dice.random() < 0.6 else 2, len(half_terms))
    start = dice.randrange(len(half_terms) - length + 1)
    need = Need(
        request=request,
        host=host.number,
        spot=host.spot,
        subject=dice.choices(subjects, [s[2] for s in subjects])[0][0],
        key_stages=(dice.choice(KEY_STAGES[phase]),),
        work_types=(dice.choice(["nqt", "model_lesson", "advise", "cpd"]),),
        pupil_groups=("all",),
        quarters=4 * wanted,
        first=half_terms[start].first,
        last=half_terms[start + length - 1].last,
        weekdays=host.weekdays,
        blocked="The school is in special measures." if host.blocked else "",
    )
    priority = dice.choices([1, 2, 3, 4], [10, 15, 45, 30])[0]
    waiting = dice.choices([0, 1, 2, 3, 4], [45, 25, 15, 10, 5])[0]
    return Demand(need, priority, waiting, wanted >= 6 and dice.random() < 0.3, closed=host.closed)

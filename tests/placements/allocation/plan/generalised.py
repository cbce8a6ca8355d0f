"""The generalised assignment problem in the plan's own form: agents are ASTs, jobs are requests, use is days.

Published instances with known optima can so be put to the very solver that makes the plans.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from placements.allocation.plan.bundles import Bundles, limit
from placements.allocation.plan.eligibility import Offer
from placements.allocation.plan.form import Form, Want
from placements.allocation.plan.greedy import first_solution
from placements.allocation.plan.highs import Watch
from placements.allocation.plan.stages import lexicographic

JOB_WEIGHT = 10
"""A job done counts like a quarter of a day of need, so that it outweighs its cost from the first."""


@dataclass(frozen=True, slots=True)
class Instance:
    """Costs and resource use by agent and job, and capacities by agent. Each job goes to exactly one agent."""

    cost: tuple[tuple[int, ...], ...]
    use: tuple[tuple[int, ...], ...]
    capacity: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The best total cost, who does each job, and whether both are proved. `complete` is that every job is done."""

    value: int
    agents: tuple[int, ...]
    complete: bool
    proved: bool


def read(path: Path) -> Instance:
    """Read agents, jobs, costs by agent, uses by agent and capacities. ValueError where the file is cut off."""
    return parse(int(word) for word in path.read_text().split())


def parse(numbers: Iterable[int]) -> Instance:
    """The same from numbers in a row."""
    row = list(numbers)
    agents, jobs = row[0], row[1]
    if len(row) < 2 + 2 * agents * jobs + agents:
        raise ValueError("The instance is cut off.")
    rows = [tuple(row[2 + n * jobs : 2 + (n + 1) * jobs]) for n in range(2 * agents)]
    start = 2 + 2 * agents * jobs
    return Instance(tuple(rows[:agents]), tuple(rows[agents:]), tuple(row[start : start + agents]))


def solve(instance: Instance, *, largest: bool = False, time_limit: float = 60.0) -> Answer:
    """The assignment of least cost, or of the largest."""
    form = form_of(instance, 1 if largest else -1)
    outcome = lexicographic(form, None, Watch.seconds(time_limit), first_solution(form, None))
    agent = {form.offers[n].request: form.offers[n].post for n in outcome.chosen}
    jobs = range(len(instance.cost[0]))
    return Answer(
        value=sum(instance.cost[agent[j]][j] for j in jobs if j in agent),
        agents=tuple(agent.get(j, -1) for j in jobs),
        complete=len(agent) == len(jobs),
        proved=outcome.proved,
    )


def form_of(instance: Instance, sign: int) -> Form:
    """Offers for every agent and job that fits; one limit for each agent."""
    agents, jobs = range(len(instance.capacity)), range(len(instance.cost[0]))
    offers = tuple(
        Offer(j, a, instance.use[a][j], False, sign * instance.cost[a][j])
        for a in agents
        for j in jobs
        if instance.use[a][j] <= instance.capacity[a]
    )
    bundles = []
    for a in agents:
        mine = [n for n, offer in enumerate(offers) if offer.post == a]
        bundles.append(Bundles(a, tuple(mine), None, (limit(offers, mine, instance.capacity[a]),)))
    return Form(offers, tuple(bundles), tuple(Want(j, 1, JOB_WEIGHT, j) for j in jobs))

"""Better plans in the neighbourhood of a good one: most ASTs keep what they have, some are planned anew.

For parts too large to be solved in the time. What comes out is never worse, and proves nothing.
"""

import random
from collections.abc import Mapping, Sequence

import numpy as np

from placements.allocation.plan.highs import Watch
from placements.allocation.plan.matrix import Mask
from placements.allocation.plan.model import Model, Row
from placements.allocation.plan.reduced_costs import maximise

FREE = 0.2
"""The share of ASTs that are planned anew together, at first."""
FOR_ONE = 10.0
"""Seconds for one neighbourhood."""


def improve(
    model: Model, objective: Mapping[int, int], chosen: tuple[int, ...], watch: Watch, keep: Sequence[Row] = ()
) -> tuple[int, ...]:
    """The best plan found by replanning some ASTs at a time until time is up; every plan on the way keeps to `keep`."""
    dice, share = random.Random(0), FREE  # noqa: S311
    while watch.left > 0:
        alive = _around(model, chosen, dice, share)
        began = watch.left
        found = maximise(model, objective, watch.at_most(FOR_ONE), chosen, keep, alive=alive)
        if found.chosen is not None:
            chosen = found.chosen
        quick = found.optimal and began - watch.left < FOR_ONE / 4
        share = min(share * 1.25, 1.0) if quick else max(share * 0.8, FREE / 4)
        if found.optimal and alive.all():
            break
    return chosen


def _around(model: Model, chosen: tuple[int, ...], dice: random.Random, share: float) -> Mask:
    """Columns of the free ASTs, those of the others that are in the plan, and all that is not an AST's.

    The free are mostly those who could take what one of them has, so that there is something to exchange.
    """
    form, held = model.form, set(chosen)
    posts = sorted({one.post for one in form.bundles})
    count = max(round(share * len(posts)), min(2, len(posts)))
    rivals: dict[int, set[int]] = {}
    able: dict[int, set[int]] = {}
    for offer in form.offers:
        able.setdefault(offer.request, set()).add(offer.post)
    for them in able.values():
        for post in them:
            rivals.setdefault(post, set()).update(them)
    free: set[int] = set()
    queue = [dice.choice(posts)] if posts else []
    while len(free) < count:
        post = queue.pop(dice.randrange(len(queue))) if queue else dice.choice(posts)
        if post not in free:
            free.add(post)
            queue += sorted(rivals.get(post, set()) - free)
    alive = np.ones(model.size, np.bool_)
    for column, (post, offers) in enumerate(model.columns):
        alive[column] = post in free or held.issuperset(offers)
    return alive

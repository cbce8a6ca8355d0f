"""What must be put right before a plan can be made: contradictory pins and impossible facts, each in clear words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from astcoord.core.words import say
from placements.allocation.plan.bundles import Schedule
from placements.allocation.plan.eligibility import Eligibility, Offer
from placements.allocation.plan.form import Form
from placements.allocation.plan.problem import Clash, Contradiction, Pair, PlanProblem
from placements.allocation.plan.words import request_words

MAX_CAP = 20
"""Quarters in a school week."""


def refuse(problem: PlanProblem) -> None:
    """Raise Contradiction where the facts themselves make no sense."""
    clashes = [*_numbers(problem), *_facts(problem), *_pairs(problem)]
    if clashes:
        raise Contradiction(clashes)


def _numbers(problem: PlanProblem) -> Iterator[Clash]:
    for request, times in Counter(a.request for a in problem.demands).items():
        if times > 1:
            yield Clash(f"{request_words(request).capitalize()} is listed {times} times.", (request,))
    for post, times in Counter(g.post for g in problem.supplies).items():
        if times > 1:
            yield Clash(f"{say('AST')} {post} is listed {times} times.", (), (post,))


def _facts(problem: PlanProblem) -> Iterator[Clash]:
    if not 0 < problem.horizon.cap <= MAX_CAP:
        yield Clash("The weekly cap must be more than nothing and at most five days.")
    for demand in problem.demands:
        name = request_words(demand.request).capitalize()
        if demand.need.quarters <= 0:
            yield Clash(f"{name} asks for no days.", (demand.request,))
        if demand.need.last < demand.need.first:
            yield Clash(f"{name} ends before it begins.", (demand.request,))
        if demand.priority < 1:
            yield Clash(f"{name} has no priority class: classes count from 1.", (demand.request,))
    for supply in problem.supplies:
        for slot in supply.facts.slots:
            if slot.weekday not in range(7) or slot.quarters not in range(1, 5):
                yield Clash(
                    f"The weekly pattern {say('of AST')} {supply.post} is impossible: a weekday is 0 "
                    "to 6, and a day has "
                    "one to four quarters.",
                    (),
                    (supply.post,),
                )


def _pairs(problem: PlanProblem) -> Iterator[Clash]:
    demands = {a.request: a for a in problem.demands}
    posts = {g.post for g in problem.supplies}
    by_request: dict[int, set[int]] = defaultdict(set)
    for pin in sorted(set(problem.pins)):
        if pin.request not in demands:
            yield Clash(f"A pin names {request_words(pin.request)}, which is not open in this plan.", (pin.request,))
        elif pin.post not in posts:
            yield Clash(f"A pin {say('names AST')} {pin.post}, who is not in this plan.", (pin.request,), (pin.post,))
        elif pin in problem.forbids:
            text = f"{say('AST')} {pin.post} is both pinned to and ruled out for {request_words(pin.request)}."
            yield Clash(text, (pin.request,), (pin.post,))
        by_request[pin.request].add(pin.post)
    for request, pinned in by_request.items():
        most = 2 if request in demands and demands[request].halves else 1
        if len(pinned) > most:
            text = (
                f"{len(pinned)} {say('ASTs', within=True)} are pinned to "
                f"{request_words(request)}, which can have {most}."
            )
            yield Clash(
                text.replace(f"{len(pinned)} {say('ASTs', within=True)}", say("Several ASTs")),
                (request,),
                tuple(sorted(pinned)),
            )


def refuse_pins(eligibility: Eligibility, offers: Sequence[Offer]) -> None:
    """Raise Contradiction where a pin breaks a rule by itself, or an AST's pins do together."""
    problem = eligibility.problem
    known = {o.pair for o in offers}
    clashes = [_broken_pin(eligibility, pin) for pin in problem.pins if pin not in known]
    if not clashes:
        clashes = [*_crowded(eligibility, offers), *_torn(problem)]
    if clashes:
        raise Contradiction(clashes)


def _broken_pin(eligibility: Eligibility, pin: Pair) -> Clash:
    assessed = eligibility.assess(eligibility.problem.demand(pin.request), eligibility.problem.supply(pin.post))
    why = assessed.why_not.words if assessed.why_not else "Cannot give so many days"
    text = f"{say('AST')} {pin.post} cannot be pinned to {request_words(pin.request)}: {why[0].lower()}{why[1:]}."
    return Clash(text, (pin.request,), (pin.post,))


def _crowded(eligibility: Eligibility, offers: Sequence[Offer]) -> Iterator[Clash]:
    """ASTs whose pins do not fit into their days together, even at the smallest size of each."""
    for post in sorted({pin.post for pin in eligibility.problem.pins}):
        least: dict[int, Offer] = {}
        for offer in offers:
            if offer.post == post and offer.pair in eligibility.problem.pins:
                held = least.get(offer.request)
                least[offer.request] = offer if held is None or offer.quarters < held.quarters else held
        chosen = [least[r] for r in sorted(least)]
        if not Schedule.of(eligibility, eligibility.problem.supply(post), chosen).fits(chosen):
            text = (
                f"{say('AST')} {post} has not enough days for {request_words(*sorted(least))} "
                "together, but is pinned to all."
            )
            yield Clash(text, tuple(sorted(least)), (post,))


def _torn(problem: PlanProblem) -> Iterator[Clash]:
    """Pins that send more ASTs to one school for one subject than the rules let in."""
    if not problem.rules.one_ast_per_subject:
        return
    demands = {a.request: a for a in problem.demands}
    groups: dict[tuple[int, str], set[Pair]] = defaultdict(set)
    for pin in problem.pins:
        need = demands[pin.request].need
        groups[need.host, need.subject].add(pin)
    for pins in groups.values():
        requests, posts = sorted({p.request for p in pins}), sorted({p.post for p in pins})
        if len(posts) > (2 if any(demands[r].halves for r in requests) else 1):
            text = (
                f"One school would get {say('several ASTs')} in one subject: "
                f"{request_words(*requests)} are pinned apart."
            )
            yield Clash(text, tuple(requests), tuple(posts))


def clash_of_pins(form: Form) -> Clash:
    """Name the pins of a form that cannot all be kept, and of which none is there without need."""
    pins = sorted({(form.offers[g[0]].request, form.offers[g[0]].post) for g in form.pinned})
    requests, posts = tuple(r for r, _ in pins), tuple(sorted({p for _, p in pins}))
    names = ", ".join(f"{say('AST')} {p} to {request_words(r)}" for r, p in pins)
    return Clash(f"These pins cannot all be kept at the same time: {names}. Lift one of them.", requests, posts)


def warnings(problem: PlanProblem, eligibility: Eligibility) -> tuple[str, ...]:
    """What is odd but does not stand in the way."""
    found = []
    for supply in problem.supplies:
        if supply.facts.slots and supply.facts.left > 0 and not eligibility.room(supply).days:
            found.append(f"{say('AST')} {supply.post} has a weekly pattern, but no free school day in these weeks.")
    open_requests, posts = {a.request for a in problem.demands}, {g.post for g in problem.supplies}
    gone = [p for p in problem.forbids if p.request not in open_requests or p.post not in posts]
    if gone:
        found.append(f"{len(gone)} pair(s) ruled out concern requests {say('or ASTs')} that are no longer in the plan.")
    return tuple(found)

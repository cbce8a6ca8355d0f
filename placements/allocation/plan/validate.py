"""What must be put right before a plan can be made: contradictory pins and impossible facts, each in clear words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from placements.allocation.plan.form import Form
from placements.allocation.plan.funnel import Funnel, Offer
from placements.allocation.plan.portfolios import Desk
from placements.allocation.plan.problem import Clash, Contradiction, Pair, PlanProblem
from placements.allocation.plan.words import OBSTACLES, request_words

MAX_CAP = 20
"""Quarters in a school week."""


def refuse(problem: PlanProblem) -> None:
    """Raise Contradiction where the facts themselves make no sense."""
    clashes = [*_numbers(problem), *_facts(problem), *_pairs(problem)]
    if clashes:
        raise Contradiction(clashes)


def _numbers(problem: PlanProblem) -> Iterator[Clash]:
    for request, times in Counter(a.request for a in problem.asks).items():
        if times > 1:
            yield Clash(f"{request_words(request).capitalize()} is listed {times} times.", (request,))
    for post, times in Counter(g.post for g in problem.givers).items():
        if times > 1:
            yield Clash(f"AST {post} is listed {times} times.", (), (post,))


def _facts(problem: PlanProblem) -> Iterator[Clash]:
    if not 0 < problem.horizon.cap <= MAX_CAP:
        yield Clash("The weekly cap must be more than nothing and at most five days.")
    for ask in problem.asks:
        name = request_words(ask.request).capitalize()
        if ask.need.quarters <= 0:
            yield Clash(f"{name} asks for no days.", (ask.request,))
        if ask.need.last < ask.need.first:
            yield Clash(f"{name} ends before it begins.", (ask.request,))
        if ask.priority < 1:
            yield Clash(f"{name} has no priority class: classes count from 1.", (ask.request,))
    for giver in problem.givers:
        for slot in giver.facts.slots:
            if slot.weekday not in range(7) or slot.quarters not in range(1, 5):
                yield Clash(
                    f"The weekly pattern of AST {giver.post} is impossible: a weekday is 0 to 6, and a day has "
                    "one to four quarters.",
                    (),
                    (giver.post,),
                )


def _pairs(problem: PlanProblem) -> Iterator[Clash]:
    asks = {a.request: a for a in problem.asks}
    posts = {g.post for g in problem.givers}
    by_request: dict[int, set[int]] = defaultdict(set)
    for pin in sorted(set(problem.pins)):
        if pin.request not in asks:
            yield Clash(f"A pin names {request_words(pin.request)}, which is not open in this plan.", (pin.request,))
        elif pin.post not in posts:
            yield Clash(f"A pin names AST {pin.post}, who is not in this plan.", (pin.request,), (pin.post,))
        elif pin in problem.forbids:
            text = f"AST {pin.post} is both pinned to and ruled out for {request_words(pin.request)}."
            yield Clash(text, (pin.request,), (pin.post,))
        by_request[pin.request].add(pin.post)
    for request, pinned in by_request.items():
        most = 2 if request in asks and asks[request].halves else 1
        if len(pinned) > most:
            text = f"{len(pinned)} ASTs are pinned to {request_words(request)}, which can have {most}."
            yield Clash(text.replace(f"{len(pinned)} ASTs", "Several ASTs"), (request,), tuple(sorted(pinned)))


def refuse_pins(funnel: Funnel, offers: Sequence[Offer]) -> None:
    """Raise Contradiction where a pin breaks a rule by itself, or an AST's pins do together."""
    problem = funnel.problem
    known = {o.pair for o in offers}
    clashes = [_broken_pin(funnel, pin) for pin in problem.pins if pin not in known]
    if not clashes:
        clashes = [*_crowded(funnel, offers), *_torn(problem)]
    if clashes:
        raise Contradiction(clashes)


def _broken_pin(funnel: Funnel, pin: Pair) -> Clash:
    look = funnel.look(funnel.problem.ask(pin.request), funnel.problem.giver(pin.post))
    why = OBSTACLES[look.obstacle] if look.obstacle else "Cannot give so many days"
    text = f"AST {pin.post} cannot be pinned to {request_words(pin.request)}: {why[0].lower()}{why[1:]}."
    return Clash(text, (pin.request,), (pin.post,))


def _crowded(funnel: Funnel, offers: Sequence[Offer]) -> Iterator[Clash]:
    """ASTs whose pins do not fit into their days together, even at the smallest size of each."""
    for post in sorted({pin.post for pin in funnel.problem.pins}):
        least: dict[int, Offer] = {}
        for offer in offers:
            if offer.post == post and offer.pair in funnel.problem.pins:
                held = least.get(offer.request)
                least[offer.request] = offer if held is None or offer.quarters < held.quarters else held
        chosen = [least[r] for r in sorted(least)]
        if not Desk.of(funnel, funnel.problem.giver(post), chosen).fits(chosen):
            text = f"AST {post} has not enough days for {request_words(*sorted(least))} together, but is pinned to all."
            yield Clash(text, tuple(sorted(least)), (post,))


def _torn(problem: PlanProblem) -> Iterator[Clash]:
    """Pins that send more ASTs to one school for one subject than the rules let in."""
    if not problem.rules.one_ast_per_subject:
        return
    asks = {a.request: a for a in problem.asks}
    groups: dict[tuple[int, str], set[Pair]] = defaultdict(set)
    for pin in problem.pins:
        need = asks[pin.request].need
        groups[need.host, need.subject].add(pin)
    for pins in groups.values():
        requests, posts = sorted({p.request for p in pins}), sorted({p.post for p in pins})
        if len(posts) > (2 if any(asks[r].halves for r in requests) else 1):
            text = f"One school would get several ASTs in one subject: {request_words(*requests)} are pinned apart."
            yield Clash(text, tuple(requests), tuple(posts))


def clash_of_pins(form: Form) -> Clash:
    """Name the pins of a form that cannot all be kept, and of which none is there without need."""
    pins = sorted({(form.offers[g[0]].request, form.offers[g[0]].post) for g in form.pinned})
    requests, posts = tuple(r for r, _ in pins), tuple(sorted({p for _, p in pins}))
    names = ", ".join(f"AST {p} to {request_words(r)}" for r, p in pins)
    return Clash(f"These pins cannot all be kept at the same time: {names}. Lift one of them.", requests, posts)


def warnings(problem: PlanProblem, funnel: Funnel) -> tuple[str, ...]:
    """What is odd but does not stand in the way."""
    found = []
    for giver in problem.givers:
        if giver.facts.slots and giver.facts.left > 0 and not funnel.room(giver).days:
            found.append(f"AST {giver.post} has a weekly pattern, but no free school day in these weeks.")
    open_requests, posts = {a.request for a in problem.asks}, {g.post for g in problem.givers}
    gone = [p for p in problem.forbids if p.request not in open_requests or p.post not in posts]
    if gone:
        found.append(f"{len(gone)} pair(s) ruled out concern requests or ASTs that are no longer in the plan.")
    return tuple(found)

"""When a logic model is whole: every chain runs from what leads to a change to a desired outcome (R-11.7). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from astcoord.core.problems import Problem
from astcoord.core.wording import listed
from evaluation.logic.lifecycle import StepKind
from evaluation.reviews.wording import sole_cause_claims

RULE = "R-11.7"
QUOTED = 60
"""So much of a step's words names it in a sentence."""


@dataclass(frozen=True)
class Step:
    """One step as it was entered: its number, what it is, its words, and the number of the step that it leads to."""

    number: int
    kind: str = ""
    text: str = ""
    leads_to: int | None = None

    @property
    def name(self) -> str:
        """Its number and the beginning of its words."""
        words = self.text.strip()
        return f"Step {self.number}, “{words if len(words) <= QUOTED else words[:QUOTED].rstrip() + '…'}”,"


@dataclass(frozen=True)
class Chains:
    """All steps; and by the number of each objective that of the outcome which it serves (None: not said)."""

    steps: Sequence[Step]
    serves: Mapping[int, int | None]

    @property
    def by_number(self) -> dict[int, Step]:
        return {step.number: step for step in self.steps}

    def leading_to(self, step: Step) -> list[Step]:
        """The steps that lead to it directly."""
        return [each for each in self.steps if each.leads_to == step.number]


def missing_from(chains: Chains) -> list[Problem]:
    """What keeps a logic model from being submitted, step by step; a circle is named once."""
    problems: list[Problem] = []
    if not any(step.kind == StepKind.OUTCOME for step in chains.steps):
        problems.append(_problem("Enter at least one desired outcome", "kind", 1, "no-outcome"))
    for step in chains.steps:
        problems += _of_step(step, chains)
    problems += _circles(chains)
    return [*problems, *_objectives(chains)]


def _of_step(step: Step, chains: Chains) -> Iterator[Problem]:
    if not step.text.strip():
        yield _problem(f"Enter what step {step.number} is about, or empty it", "text", step.number, "text")
        return
    if not step.kind:
        yield _problem(f"Select what step {step.number} is", "kind", step.number, "kind")
        return
    yield from sole_cause_claims(step.text, field=f"text_{step.number}")
    yield from _onwards(step, chains)
    before = [each.kind for each in chains.leading_to(step)]
    if step.kind == StepKind.OUTCOME and StepKind.CHANGE not in before:
        words = f"{step.name} is an outcome to which no change in practice leads. Let a change lead to it"
        yield _problem(words, "text", step.number, "no-change")
    if step.kind == StepKind.CHANGE and not before:
        words = f"{step.name} is a change to which nothing leads. Add what leads to it"
        yield _problem(words, "text", step.number, "no-cause")


def _onwards(step: Step, chains: Chains) -> Iterator[Problem]:
    """Where it leads: an outcome nowhere, a change to an outcome or a change, what leads to it to a change."""
    if step.kind == StepKind.OUTCOME:
        if step.leads_to is not None:
            words = f"{step.name} is an outcome, with which a chain ends. Let it lead to nothing"
            yield _problem(words, "leads", step.number, "outcome-leads")
        return
    target = chains.by_number.get(step.leads_to) if step.leads_to is not None else None
    if step.leads_to is None:
        yield _problem(f"{step.name} leads nowhere. Select the step to which it leads", "leads", step.number, "nowhere")
    elif target is None:
        words = f"{step.name} leads to step {step.leads_to}, which is empty. Select another step, or fill that one in"
        yield _problem(words, "leads", step.number, "empty")
    elif step.kind == StepKind.CAUSE and target.kind == StepKind.OUTCOME:
        words = f"{step.name} leads straight to an outcome. Say which change in practice lies between them"
        yield _problem(words, "leads", step.number, "straight")
    elif step.kind == StepKind.CHANGE and target.kind == StepKind.CAUSE:
        words = f"{step.name} is a change, which leads to an outcome or to another change. Select one of these"
        yield _problem(words, "leads", step.number, "backwards")


def _circles(chains: Chains) -> Iterator[Problem]:
    known, told = chains.by_number, set[int]()
    for step in chains.steps:
        way: list[int] = []
        at: Step | None = step
        while at is not None and at.number not in way and at.number not in told:
            way.append(at.number)
            at = known.get(at.leads_to) if at.leads_to is not None else None
        if at is not None and at.number in way:
            circle = sorted(way[way.index(at.number) :])
            told |= set(circle)
            yield _problem(_circle_words(circle), "leads", circle[0], "circle")


def _circle_words(circle: Sequence[int]) -> str:
    if len(circle) == 1:
        return f"Step {circle[0]} leads to itself. Let it lead to another step"
    steps = listed([str(number) for number in circle])
    return f"Steps {steps} lead round in a circle. Let one of them lead to an outcome"


def _objectives(chains: Chains) -> Iterator[Problem]:
    """Each objective links to a chain, by the outcome that it serves."""
    known = chains.by_number
    for number, served in chains.serves.items():
        step = known.get(served) if served is not None else None
        if step is None or step.kind != StepKind.OUTCOME:
            words = f"Select the outcome that objective {number} serves"
            yield _problem(words, "objective", number, "objective")


def _problem(words: str, field: str, number: int, code: str) -> Problem:
    return Problem(words, f"{field}_{number}", RULE, code)


def reason_problems(reason: str) -> list[Problem]:
    """What is returned says why."""
    return [] if reason.strip() else [Problem("Enter what should be changed", "return_reason", RULE, "reason")]

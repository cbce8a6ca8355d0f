"""A logic model on one page: a row for each step, each with the step that it leads to; works without a script."""

from typing import Any

from django import forms

from astcoord.ui.forms import DecisionForm, GovForm
from astcoord.ui.layout import Fieldset, Submit
from evaluation.logic.lifecycle import StepKind
from evaluation.logic.models import LONGEST
from evaluation.logic.rules import Chains, Step
from placements.placement.models import Objective

ROWS, MORE, MOST = 8, 4, 40
"""Rows to begin with, empty ones after those that are filled in, and as many as there may be."""


class LogicForm(GovForm):
    """Whether it is whole the rules say; a draft may leave anything open."""

    edits = True
    buttons = (Submit("submit", "Submit to the headteacher"), Submit("draft", "Save as draft", tone="secondary"))

    def __init__(self, *args: Any, chains: Chains, objectives: list[Objective], **kwargs: Any) -> None:
        last = max((step.number for step in chains.steps), default=0)
        self.numbers = list(range(1, min(max(ROWS, last + MORE), MOST) + 1))
        self.rows = objectives
        kwargs["initial"] = _initial(chains)
        super().__init__(*args, **kwargs)
        steps = [("", "Nothing"), *((str(n), f"Step {n}") for n in self.numbers)]
        for number in self.numbers:
            self.fields |= _step(number, steps)
        for objective in objectives:
            self.fields[f"objective_{objective.number}"] = forms.ChoiceField(
                label=f"Which outcome does objective {objective.number} serve?",
                help_text=objective.text,
                choices=[("", "Select"), *steps[1:]],
                required=False,
            )
        parts = [Fieldset(f"Step {n}", f"kind_{n}", f"text_{n}", f"leads_{n}", size="s") for n in self.numbers]
        served = [f"objective_{objective.number}" for objective in objectives]
        self.layout = [*parts, *([Fieldset("Objectives", *served)] if served else [])]
        self.drawn = {name: {"optional": False} for name in self.fields}

    def chains(self) -> Chains:
        """For the action. A row with nothing in it is no step."""
        data = self.cleaned_data
        steps = [Step(n, data[f"kind_{n}"], data[f"text_{n}"], _number(data[f"leads_{n}"])) for n in self.numbers]
        return Chains(
            [step for step in steps if step.kind or step.text.strip() or step.leads_to is not None],
            {o.number: _number(data[f"objective_{o.number}"]) for o in self.rows},
        )


def _step(number: int, steps: list[tuple[str, str]]) -> dict[str, forms.Field]:
    return {
        f"kind_{number}": forms.ChoiceField(
            label=f"What is step {number}?", choices=[("", "Select"), *StepKind.choices], required=False
        ),
        f"text_{number}": forms.CharField(label=f"Step {number} in words", max_length=LONGEST, required=False),
        f"leads_{number}": forms.ChoiceField(label=f"Step {number} leads to", choices=steps, required=False),
    }


def _number(value: str) -> int | None:
    return int(value) if value else None


def _initial(chains: Chains) -> dict[str, str]:
    found: dict[str, str] = {}
    for step in chains.steps:
        found |= {
            f"kind_{step.number}": step.kind,
            f"text_{step.number}": step.text,
            f"leads_{step.number}": str(step.leads_to or ""),
        }
    return found | {f"objective_{number}": str(at or "") for number, at in chains.serves.items()}


class DecideForm(DecisionForm):
    """The host head or the co-ordinator agrees it, or returns it."""

    labels = {"agree": "Agree it", "return": "Return it with a question"}
    reasons = {"return": "What should be changed?"}

"""Logic models of the demonstration, where its policy evaluates on four levels (R-11.7)."""

from datetime import date

from astcoord.demo import days
from astcoord.demo.story import Story
from evaluation.logic import actions
from evaluation.logic.lifecycle import StepKind
from evaluation.logic.reads import newest_of
from evaluation.logic.rules import Chains, Step
from placements.placement.reads import policy_of

STEPS = (
    Step(1, StepKind.OUTCOME, "Pupils choose more of their work themselves, and can say why"),
    Step(2, StepKind.CHANGE, "The staff supported plan together and ask pupils for reasons", 1),
    Step(3, StepKind.CAUSE, "Model lessons, with a talk after each", 2),
    Step(4, StepKind.CAUSE, "An hour to plan together each fortnight", 2),
)


def write(story: Story, on: date) -> None:
    """The AST submits one that day and the school agrees it; nothing where the policy asks for none."""
    placement = story.fresh()
    if not policy_of(placement).on_levels or newest_of(placement) is not None:
        return
    chains = Chains(STEPS, dict.fromkeys(placement.objectives.values_list("number", flat=True), 1))
    with days.on(on, 16, 10):
        model = actions.submit(placement=placement, chains=chains, by=placement.post.user)
    with days.on(on, 17, 10):
        actions.agree(model=model, by=story.head)

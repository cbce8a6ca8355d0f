"""When a logic model is whole (R-11.7): loops, loose ends, and objectives without a chain, each naming its step."""

import pytest

from evaluation.logic.rules import Chains, Step, missing_from
from tests.evaluation.logic.chains import CAUSE, CHANGE, OUTCOME, WHOLE


def wrong(*steps: Step, serves: dict[int, int | None] | None = None) -> list[tuple[str, str]]:
    """The code and the field of everything that is wrong."""
    return [(p.code, p.field) for p in missing_from(Chains(steps, {1: 1} if serves is None else serves))]


def test_r_11_7_a_whole_chain_is_submitted() -> None:
    assert wrong(*WHOLE) == []
    longer = (
        *WHOLE,
        Step(4, CAUSE, "Time to plan", 3),
        Step(5, CHANGE, "Pairs plan together", 2),
        Step(6, CAUSE, "x", 5),
    )
    assert wrong(*longer) == []


def test_r_11_7_given_an_outcome_with_no_change_linked_when_submitted_then_an_error() -> None:
    found = missing_from(Chains((Step(1, OUTCOME, "More pupils explain"),), {1: 1}))
    assert [(p.code, p.field, p.rule) for p in found] == [("no-change", "text_1", "R-11.7")]
    assert found[0].message.startswith("Step 1, “More pupils explain”, is an outcome to which no change")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), [("no-outcome", "kind_1"), ("objective", "objective_1")]),
        ((*WHOLE, Step(4, CHANGE, "Loose"), Step(5, CAUSE, "x", 4)), [("nowhere", "leads_4")]),
        ((*WHOLE, Step(4, CAUSE, "Loose")), [("nowhere", "leads_4")]),
        ((*WHOLE, Step(4, CHANGE, "Uncaused", 1)), [("no-cause", "text_4")]),
        ((*WHOLE, Step(4, CAUSE, "Straight", 1)), [("straight", "leads_4")]),
        ((*WHOLE, Step(4, CHANGE, "Back", 3), Step(5, CAUSE, "x", 4)), [("backwards", "leads_4")]),
        ((*WHOLE, Step(4, CAUSE, "To an empty one", 9)), [("empty", "leads_4")]),
        ((*WHOLE, Step(4, CAUSE, "", 2)), [("text", "text_4")]),
        ((*WHOLE, Step(4, "", "What is it?", 2)), [("kind", "kind_4")]),
        (
            (Step(1, OUTCOME, "On", 2), *WHOLE[1:], Step(4, OUTCOME, "Bare", 1)),
            [
                ("outcome-leads", "leads_1"),
                ("outcome-leads", "leads_4"),
                ("no-change", "text_4"),
                ("circle", "leads_1"),
            ],
        ),
    ],
)
def test_r_11_7_each_loose_end_is_named(steps: tuple[Step, ...], expected: list[tuple[str, str]]) -> None:
    assert wrong(*steps) == expected


def test_r_11_7_a_circle_is_named_once_with_its_steps() -> None:
    round_ = (Step(4, CHANGE, "One", 5), Step(5, CHANGE, "Two", 6), Step(6, CHANGE, "Three", 4), Step(7, CAUSE, "x", 4))
    found = missing_from(Chains((*WHOLE, *round_), {1: 1}))
    assert [p.message for p in found] == ["Steps 4, 5 and 6 lead round in a circle. Let one of them lead to an outcome"]
    assert "leads to itself" in missing_from(Chains((*WHOLE, Step(4, CAUSE, "Self", 4)), {1: 1}))[0].message


def test_r_11_7_each_objective_links_to_a_chain() -> None:
    assert wrong(*WHOLE, serves={1: 1, 2: None, 3: 2, 4: 8}) == [
        ("objective", "objective_2"),
        ("objective", "objective_3"),
        ("objective", "objective_4"),
    ]


def test_r_11_11_no_step_claims_a_sole_cause() -> None:
    assert wrong(*WHOLE, Step(4, CAUSE, "Better solely because of us", 2)) == [("sole-cause", "text_4")]

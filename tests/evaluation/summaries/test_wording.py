"""What changed, in sentences, and three questions: pure functions of facts (R-13.2, R-13.3)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evaluation.summaries.wording import changes, questions
from evaluation.summaries.wording.changes import HomeChanges, HostChanges, Moved
from evaluation.summaries.wording.questions import HomeFacts, HostFacts

WHOLE = HostChanges(
    state_before="Signed, not yet active",
    state="Active",
    days=Decimal("1.5"),
    called_off=1,
    moved=(Moved(1, "Started", "Good progress"), Moved(2, "", "Some progress")),
    reviews=1,
    head=True,
    ast=True,
    supported=2,
    concluded=True,
    extended_to=date(2027, 3, 26),
    changed=True,
)
UNDER_WAY = HostFacts(
    under_way=True,
    begun=True,
    over=False,
    ended_early=False,
    agreed=Decimal(6),
    used=Decimal(2),
    planned=Decimal(4),
    weeks_left=20,
    objectives=2,
    progress={1: "good", 2: "some"},
    reviewed_since=True,
)
HOME = HomeFacts(asts=1, budget=Decimal(38), given=Decimal(3), ideas=1)


def test_r_13_2_every_change_is_a_sentence() -> None:
    assert changes.of_host(WHOLE) == [
        "The state was “Signed, not yet active” and is now “Active”.",
        "The placement was extended. Its last day is now 26 March 2027.",
        "The contract was changed, and all sides have signed the change.",
        "1.5 days were used.",
        "1 planned day was called off.",
        "Objective 1 is now at “Good progress”. Before, it was “Started”.",
        "Objective 2 is now at “Some progress”.",
        "1 impact review was accepted.",
        "Evaluation forms were handed in by the headteacher, the AST and fewer than 3 members of staff supported.",
        "The final evaluation was concluded.",
    ]


def test_r_13_2_nothing_changed_is_said() -> None:
    assert changes.of_host(HostChanges(state="Active")) == ["Nothing has changed."]
    assert changes.of_host(HostChanges(state_before="Active", state="Active")) == ["Nothing has changed."]
    assert changes.of_home(HomeChanges()) == ["Nothing has changed."]


@pytest.mark.parametrize(("people", "told"), [(1, "fewer than 3"), (2, "fewer than 3"), (3, "3 members")])
def test_g_small_groups_are_suppressed_in_what_changed(people: int, told: str) -> None:
    assert told in changes.of_host(HostChanges(supported=people))[0]


def test_r_13_3_what_changed_at_home() -> None:
    told = HomeChanges(Decimal(1), schools=1, ideas=2, began=("Wren Castellow",), left=("Hazel Montrose", "Ash Dell"))
    assert changes.of_home(told) == [
        "Wren Castellow began as an AST.",
        "Hazel Montrose and Ash Dell left the AST post.",
        "1 day was given to 1 other school.",
        "2 ideas from other schools were written down.",
    ]


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"used": Decimal(0), "planned": Decimal(6)}, "No outreach day has been written up yet"),
        ({"weeks_left": 3, "planned": Decimal(1)}, "3 days of 6 days are neither used nor planned"),
        ({"progress": {}}, "When will governors read the first review?"),
        ({"progress": {1: "nothing", 2: "good"}}, "Objective 1 is without progress to tell"),
        ({"reviewed_since": False}, "No review of the objectives has been accepted since last term"),
        ({"progress": {1: "met", 2: "met"}}, "Every objective is met"),
        ({"planned": Decimal(0)}, "No day is planned, and 4 days are left"),
        ({"called_off": 2}, "2 days were called off"),
        ({"linked": False}, "none of the authority’s priorities"),
        ({"weeks_left": 2}, "What is planned for afterwards"),
        ({"under_way": False, "over": True}, "What of the work is still in use"),
        ({"under_way": False, "over": True, "progress": {1: "not", 2: "unclear"}}, "Objectives 1 and 2 are not told"),
        ({"under_way": False, "over": True, "ended_early": True}, "The work ended early"),
        ({"under_way": False, "over": True, "standards": False}, "no evidence on standards"),
    ],
)
def test_r_13_2_the_facts_choose_the_questions(facts: dict[str, Any], asked: str) -> None:
    found = questions.of_host(replace(UNDER_WAY, **facts))
    assert len(found) == questions.ASKED
    assert any(asked in question for question in found), found
    assert not any(asked in question for question in questions.of_host(UNDER_WAY))


def test_r_13_2_there_are_three_questions_whatever_the_facts_are() -> None:
    general = questions.of_host(UNDER_WAY)
    assert len(set(general)) == 3
    nothing = HostFacts(
        under_way=False,
        begun=False,
        over=False,
        ended_early=False,
        agreed=Decimal(0),
        used=Decimal(0),
        planned=Decimal(0),
        weeks_left=None,
        objectives=0,
    )
    assert questions.of_host(nothing) == general
    everything = replace(
        nothing, under_way=True, begun=True, agreed=Decimal(6), weeks_left=0, called_off=9, linked=False
    )
    assert len(questions.of_host(everything)) == 3


def test_r_13_2_more_used_than_agreed_leaves_nothing_over() -> None:
    assert replace(UNDER_WAY, used=Decimal(9)).free == 0


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"none_given": ("Wren Castellow",)}, "Wren Castellow has given no day"),
        ({"given": Decimal(40)}, "More days were given than the year holds"),
        ({"late": True}, "less than half of the year’s days"),
        ({"ideas": 0}, "No idea from another school was written down"),
        ({"asts": 0, "budget": Decimal(0), "given": Decimal(0), "ideas": 0}, "employs no AST at the moment"),
    ],
)
def test_r_13_3_questions_at_home(facts: dict[str, Any], asked: str) -> None:
    found = questions.of_home(replace(HOME, **facts))
    assert len(found) == questions.ASKED
    assert any(asked in question for question in found), found
    assert not any(asked in question for question in questions.of_home(HOME))


def test_r_13_3_a_school_without_an_ast_is_not_asked_about_its_asts() -> None:
    none = replace(HOME, asts=0, budget=Decimal(0), given=Decimal(0), ideas=0)
    found = questions.of_home(none)
    assert len(found) == questions.ASKED
    assert not any("our AST" in question or "having an AST" in question for question in found)

"""What a school may ask for, rule by rule."""

from datetime import date
from decimal import Decimal

import pytest

from astcoord.core.models.policy import Policy
from astcoord.core.presets import NAMES, settings_of
from placements.requests import rules
from placements.requests.models import RequestedStaff
from placements.requests.rules import difficulty
from placements.requests.wording import never_done
from schools.register.models import School
from staff.expertise.vocabulary import NeverWork, WorkType

TODAY = date(2026, 10, 6)
WILLING = RequestedStaff(
    name="Juno Pettifer", selection="head", willing_to_develop=True, willing_to_continue=True, head_agrees=True
)
SCHOOL = School(group_code="4", status="open")
WHOLE = {
    "subject": "music",
    "key_stages": ("ks2",),
    "pupil_groups": ("all",),
    "need": "Singing has lapsed.",
    "evidence_kinds": ("own_view",),
    "task": "Teach alongside the Year 4 teachers.",
    "training_need": "Leading singing without a piano.",
    "outcome": "Singing in every class, every week.",
    "criterion": "By July each class sings a part song.",
    "days": Decimal(4),
    "wanted_from": date(2026, 11, 2),
    "wanted_until": date(2026, 12, 11),
}


def codes(problems: list) -> list[str]:
    return [p.code for p in problems]


def test_r_6_1_a_whole_request_has_nothing_missing() -> None:
    assert rules.missing(WHOLE) == []


@pytest.mark.parametrize("field", list(rules.NEEDED))
def test_r_6_1_each_missing_answer_is_a_problem_on_its_own_field(field: str) -> None:
    [problem] = rules.missing({**WHOLE, field: None})
    assert problem.field == field
    assert problem.message == rules.NEEDED[field]


@pytest.mark.parametrize("field", ["task", "training_need", "criterion"])
def test_r_6_2_task_training_need_and_criterion_are_compulsory_and_blanks_do_not_do(field: str) -> None:
    [problem] = rules.missing({**WHOLE, field: "  \n "})
    assert (problem.field, problem.rule) == (field, "R-6.2")


def test_r_6_3_every_allowed_kind_of_work_is_allowed() -> None:
    assert rules.work_problems(WorkType.values, "", "targets_only") == []


def test_r_6_3_some_kind_of_work_is_needed_and_other_words_do() -> None:
    assert codes(rules.work_problems([], "", "none")) == ["missing"]
    assert rules.work_problems([], "Help to set up a school orchestra", "none") == []


@pytest.mark.parametrize("preset", NAMES)
def test_r_6_4_cover_is_refused_in_every_preset_with_what_to_ask_for_instead(preset: str) -> None:
    pm_support = settings_of(preset)["pm_support"]
    [problem] = rules.work_problems(["supply", "model_lesson"], "", pm_support)
    assert (problem.field, problem.rule) == ("work_types", "R-6.4")
    assert "Ask instead" in problem.message


def test_r_6_4_the_rules_know_every_exclusion_of_the_vocabulary() -> None:
    assert set(rules.NEVER_WORK) == set(NeverWork.values)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cover for Mrs Penhallow on Tuesdays", "supply"),
        ("covering a Year 3 class", "supply"),
        ("Supply teaching in the spring", "supply"),
        ("cover during maternity leave", "supply"),
        ("Stand in for our head of music", "supply"),
        ("take the class while we recruit", "supply"),
        ("SUPPLY", "supply"),
        ("write a reference for our NQT", "references"),
        ("References", "references"),
        ("performance observation for appraisal", "appraisal"),
        ("Performance-management reviews", "appraisal"),
        ("grade our lessons", "appraisal"),
        ("set teachers' objectives", "appraisal"),
        ("a meeting of the capability procedure", "capability"),
        ("support with informal capability stage", "capability"),
        ("colleague is on capability", "capability"),
    ],
)
def test_r_6_4_words_that_ask_for_what_is_never_done_are_found(text: str, code: str) -> None:
    assert code in never_done(text)
    assert code in codes(rules.work_problems(["practice"], text, "general"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lessons covering fractions and decimals",
        "Cover the new curriculum in planning",
        "Choose reference books for the library",
        "Supply of practical equipment",
        "Build the team's capability in ICT",
        "Improve performance in the school play",
        "Observe and advise on questioning",
        "Set pupil targets in reading",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert never_done(text) == []


def test_r_6_4_free_text_elsewhere_only_warns_the_coordinator() -> None:
    [warning] = rules.text_warnings({"task": "Cover for an absent teacher", "need": "Nothing"})
    assert warning.warning
    assert warning.field == "task"


def test_r_6_4_every_exclusion_must_be_ticked() -> None:
    assert rules.exclusions_unticked(NeverWork.values) == []
    for left_out in NeverWork.values:
        [problem] = rules.exclusions_unticked(set(NeverWork.values) - {left_out})
        assert (problem.field, problem.rule) == ("exclusions", "R-6.4")


@pytest.mark.parametrize("pm_support", ["none", "targets_only", "general"])
def test_r_6_6_typing_appraisal_as_work_is_refused_under_every_policy(pm_support: str) -> None:
    [problem] = rules.work_problems(["practice"], "performance observation for appraisal", pm_support)
    assert (problem.field, problem.rule) == ("other_work", "R-6.6")


@pytest.mark.parametrize(("pm_support", "refused"), [("none", True), ("targets_only", False), ("general", False)])
def test_r_6_6_help_towards_targets_follows_policy(pm_support: str, refused: bool) -> None:
    assert bool(rules.work_problems(["targets"], "", pm_support)) is refused


@pytest.mark.parametrize("policy", ["block", "override", "allow"])
@pytest.mark.parametrize("situation", ["none", "some", "serious", "capability"])
def test_r_6_7_capability_never_serious_by_policy_some_always(policy: str, situation: str) -> None:
    refused = situation == "capability" or (situation == "serious" and policy == "block")
    found = rules.situation_problems(situation, policy)
    assert bool(found) is refused
    assert all(p.field == "situation" and p.rule == "R-6.7" for p in found)


def test_r_6_8_a_category_follows_policy_and_offers_the_alternatives() -> None:
    host = rules.Host(category="Special measures")
    [problem] = rules.host_problems(SCHOOL, host, Policy(host_difficulty="block"))
    assert "inreach" in problem.message
    assert "refer" in problem.message
    assert rules.host_problems(SCHOOL, host, Policy(host_difficulty="override")) == []
    assert rules.host_problems(SCHOOL, host, Policy(host_difficulty="allow")) == []


def test_r_6_8_programmes_alone_never_block_but_ask_for_the_check() -> None:
    host = rules.Host(programmes=("National challenge",))
    assert rules.host_problems(SCHOOL, host, Policy(host_difficulty="block")) == []
    assert difficulty.safeguards(host, [], Policy()) == ["The school is in a programme: national challenge."]


def test_a_closed_school_or_one_that_is_not_served_cannot_host() -> None:
    assert codes(rules.host_problems(School(group_code="4", status="closed"), rules.Host(), Policy())) == ["closed"]
    assert codes(rules.host_problems(School(group_code="1", status="open"), rules.Host(), Policy())) == ["not-served"]


def test_r_6_9_a_safeguard_needs_a_statement_before_a_match() -> None:
    some = RequestedStaff(name="A group", selection="self", head_agrees=True, situation="some")
    found = difficulty.safeguards(rules.Host(), [some], Policy())
    assert codes(difficulty.realism_problems(found, " ")) == ["realism"]
    assert difficulty.realism_problems(found, "Two people, six days") == []
    assert difficulty.realism_problems([], "") == []


def test_r_6_9_a_safeguard_does_not_name_anybody() -> None:
    some = RequestedStaff(name="Juno Pettifer", selection="self", head_agrees=True, situation="some")
    assert not any("Juno" in words for words in difficulty.safeguards(rules.Host(), [some], Policy()))


@pytest.mark.parametrize(("develop", "carry_on"), [(True, False), (False, True), (False, False)])
def test_r_6_10_recommended_needs_both_points(develop: bool, carry_on: bool) -> None:
    person = RequestedStaff(
        name="Juno Pettifer",
        selection="head",
        willing_to_develop=develop,
        willing_to_continue=carry_on,
        head_agrees=True,
    )
    assert [(p.field, p.rule) for p in rules.person_problems(person, "block")] == [("willingness", "R-6.10")]
    assert rules.person_problems(WILLING, "block") == []


@pytest.mark.parametrize("selection", ["self", "authority"])
def test_r_6_10_volunteers_and_those_asked_by_the_authority_need_only_the_heads_agreement(selection: str) -> None:
    person = RequestedStaff(name="Juno Pettifer", selection=selection, head_agrees=True, situation="none")
    assert rules.person_problems(person, "block") == []


def test_r_6_10_the_head_agrees_to_each_person() -> None:
    person = RequestedStaff(name="Juno Pettifer", selection="self", head_agrees=False, situation="none")
    assert [p.field for p in rules.person_problems(person, "block")] == ["head_agrees"]


def test_somebody_must_be_named() -> None:
    assert [p.field for p in rules.people_problems([], "block")] == ["people"]


def test_r_1_6_an_ast_cannot_do_outreach_at_home() -> None:
    [problem] = rules.at_home(7, {7, 8})
    assert "inreach" in problem.message
    assert rules.at_home(9, {7, 8}) == []


def window(days: str = "6", first: date = date(2026, 11, 2), last: date = date(2026, 12, 18), **more: object):
    return rules.Window(Decimal(days), first, last, **{"weeks": 7, **more})


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (window(first=date(2026, 10, 5)), "past"),
        (window(last=date(2026, 11, 1)), "order"),
        (window(days="0"), "no-days"),
        (window(days="-1"), "no-days"),
        (window(days="1.1"), "step"),
        (window(known=False), "calendar"),
        (window(weeks=0), "no-school"),
        (window(days="7.25"), "too-many-days"),
    ],
)
def test_days_and_dates_must_make_sense(asked: rules.Window, code: str) -> None:
    assert codes(rules.window_problems(asked, today=TODAY, weekly_cap=Decimal(1))) == [code]


@pytest.mark.parametrize("asked", [window(), window(days="7"), window(days="0.25"), window(first=TODAY)])
def test_r_4_3_as_many_days_as_weeks_fit(asked: rules.Window) -> None:
    assert rules.window_problems(asked, today=TODAY, weekly_cap=Decimal(1)) == []

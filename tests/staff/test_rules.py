"""The rules of posts and people, by themselves."""

from datetime import date

import pytest

from astcoord.core.models.policy import Policy
from staff.accounts.rules import role_problems
from staff.posts.rules import obligation, pass_problems

POLICY = Policy(
    home_category_outreach="waived", national_challenge_outreach="limited", school_funded_outreach="encouraged"
)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ({"category": False, "national_challenge": False, "school_funded": False}, "required"),
        ({"category": True, "national_challenge": True, "school_funded": True}, "waived"),
        ({"category": False, "national_challenge": True, "school_funded": True}, "limited"),
        ({"category": False, "national_challenge": False, "school_funded": True}, "encouraged"),
    ],
)
def test_r_4_9_the_obligation_goes_by_case(case, code):
    found = obligation(POLICY, **case)
    assert found.code == code
    assert found.raises_alerts is (code == "required")


def test_r_4_9_a_policy_that_requires_it_anyway_passes_on_to_the_next_case():
    case = {"category": False, "national_challenge": True, "school_funded": True}
    policy = Policy(national_challenge_outreach="required", school_funded_outreach="encouraged")
    assert obligation(policy, **case).code == "encouraged"


def test_r_2_11_a_school_funded_post_is_encouraged_not_required():
    found = obligation(POLICY, category=False, national_challenge=False, school_funded=True)
    assert "encouraged, not required" in found.words


SAME_FOR_ALL = Policy(
    home_category_outreach="waived", national_challenge_outreach="limited", school_funded_outreach="required"
)


@pytest.mark.parametrize("policy", [POLICY, SAME_FOR_ALL])
def test_g_the_obligation_tells_nothing_of_who_pays_to_whoever_may_not_know(policy):
    """Where the policy asks the same of both, the words may say so."""
    for case in ({"category": False, "national_challenge": False}, {"category": True, "national_challenge": False}):
        unknown = obligation(policy, school_funded=None, **case)
        same = {obligation(policy, school_funded=paid, **case).words for paid in (True, False)}
        assert (unknown.words in same) is (len(same) == 1)


def test_r_4_9_some_outreach_is_recommended_where_it_is_waived():
    found = obligation(POLICY, category=True, national_challenge=False, school_funded=False)
    assert "Some is recommended" in found.words


def test_r_2_2_a_pass_in_the_future_is_refused():
    found = pass_problems(
        passed_on=date(2026, 10, 7), assessor="Agency", starts_on=date(2026, 11, 1), today=date(2026, 10, 6)
    )
    assert [p.field for p in found] == ["passed_on"]


@pytest.mark.parametrize(
    ("role", "school", "subjects", "field"),
    [
        ("headteacher", False, (), "school"),
        ("governor", False, (), "school"),
        ("consultant", False, (), "subjects"),
        ("coordinator", True, (), "school"),
        ("ast", True, (), None),
        ("ast", False, (), None),
        ("consultant", False, ("music",), None),
        ("headteacher", True, (), None),
    ],
)
def test_roles_go_with_a_school_or_a_subject(role, school, subjects, field):
    found = role_problems(role=role, has_school=school, subjects=subjects)
    assert [p.field for p in found] == ([field] if field else [])


@pytest.mark.parametrize("code", ["required", "waived", "encouraged", "limited"])
@pytest.mark.parametrize("case", ["category", "challenge"])
def test_r_4_9_whatever_is_asked_is_said_of_the_case_that_asks_it(case, code):
    policy = Policy(home_category_outreach="required", national_challenge_outreach="required")
    setattr(policy, f"{'home_category' if case == 'category' else 'national_challenge'}_outreach", code)
    found = obligation(policy, category=case == "category", national_challenge=case == "challenge", school_funded=False)
    words = {"category": "in difficulties", "challenge": "national challenge"}
    assert found.code == code
    assert (words[case] in found.words) is (code != "required")
    assert ("leaving the category" in found.words) is (case == "category" and code == "waived")

"""Policy is data: one dated record, presets for six authorities (R-16.1, section A)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from astcoord.core import policy, policy_changes, policy_words, presets
from astcoord.core.models.policy import Policy
from tests.cast import Cast


@pytest.mark.django_db
def test_r_16_1_the_newest_policy_whose_day_has_come_is_in_force():
    old = Policy.objects.create(valid_from=date(2025, 9, 1))
    new = Policy.objects.create(valid_from=date(2026, 9, 1), **presets.settings_of("leeds"))
    assert policy.in_force(date(2026, 8, 31)) == old
    assert policy.in_force(date(2026, 9, 1)) == new


@pytest.mark.django_db
def test_without_a_stored_policy_croydon_holds():
    found = policy.in_force(date(2026, 9, 1))
    assert (found.pk, found.preset, found.host_difficulty) == (None, "croydon", "block")


@pytest.mark.parametrize("name", presets.NAMES)
def test_every_preset_is_a_valid_policy(name):
    Policy(valid_from=date(2026, 9, 1), **presets.settings_of(name)).clean_fields()


@pytest.mark.parametrize(
    ("name", "setting", "value"),
    [
        ("croydon", "teacher_difficulty", "block"),
        ("croydon", "cap_mode", "weekly"),
        ("leeds", "placement_pattern", "block"),
        ("leicester", "match_decider", "group"),
        ("leicester", "cap_mode", "half_term_average"),
        ("bradford", "national_challenge_outreach", "limited"),
        ("croydon", "evaluation_model", "objectives"),
        ("leeds", "evaluation_model", "results"),
        ("leicester", "evaluation_model", "levels"),
        ("norfolk", "evaluation_model", "objectives"),
        ("leicester", "target", 50),
        ("leicester", "target_subject", "mathematics"),
        ("leicester", "capacity", None),
        ("east_sussex", "capacity", 35),
        ("norfolk", "aspirant_outreach", True),
        ("east_sussex", "induction_before_assessment", "required"),
        ("norfolk", "induction_before_assessment", "advised"),
    ],
)
def test_presets_hold_what_section_a_says(name, setting, value):
    assert getattr(Policy(**presets.settings_of(name)), setting) == value


def test_r_4_2_leicesters_parts_total_35_of_38():
    parts = presets.settings_of("leicester")["budget_categories"]
    assert sum(float(days) for _, days in parts) == 35


def reordered(value: Any) -> Any:
    """As PostgreSQL gives a JSON value back: the names of an object in an order of its own, the shortest first."""
    if isinstance(value, dict):
        return {name: reordered(value[name]) for name in sorted(value, key=lambda name: (len(name), name))}
    return [reordered(each) for each in value] if isinstance(value, list) else value


@pytest.mark.django_db
def test_r_4_2_the_parts_of_the_year_keep_their_order_in_any_database():
    parts = [["Deployment by the authority", "24"], ["CPD", "3.5"], ["Local", "1"]]
    Policy.objects.create(valid_from=date(2026, 9, 1), budget_categories=reordered(parts))
    stored = policy.in_force(date(2026, 9, 1))
    assert stored.budget_categories == parts
    said = policy_words.words(stored, "budget_categories")
    assert said == "Deployment by the authority 24 days, CPD 3.5 days, Local 1 day"


@pytest.mark.parametrize("name", presets.NAMES)
def test_no_preset_means_something_else_once_a_database_has_put_it_in_its_own_order(name):
    before, after = (Policy(**given) for given in (presets.settings_of(name), reordered(presets.settings_of(name))))
    assert policy_changes.described(before) == policy_changes.described(after)


def test_an_unknown_preset_names_those_there_are():
    with pytest.raises(KeyError, match="croydon, leeds"):
        presets.settings_of("atlantis")


def policies_asked(queries: CaptureQueriesContext) -> int:
    """Those that are read with the contract signed under them are not asked for."""
    return sum('FROM "core_policy"' in query["sql"] for query in queries.captured_queries)


def test_a_page_asks_for_the_policy_once_and_the_next_sees_a_new_one(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    page = cast.placement().get_absolute_url()
    with CaptureQueriesContext(connection) as queries:
        assert "Marlshire County Council" in client.get(page).content.decode()
    assert policies_asked(queries) == 1
    Policy.objects.create(valid_from=date(2026, 9, 1), authority_name="Brackenshire")
    assert "Brackenshire" in client.get(page).content.decode()


@pytest.mark.django_db
def test_within_once_each_day_has_one_policy_and_afterwards_the_new_one():
    Policy.objects.create(valid_from=date(2026, 8, 1), authority_name="Before")
    with policy.once():
        with policy.once():
            assert policy.in_force(date(2026, 10, 6)).authority_name == "Before"
        Policy.objects.create(valid_from=date(2026, 9, 1), authority_name="After")
        assert policy.in_force(date(2026, 10, 6)).authority_name == "Before"
        assert policy.in_force(date(2026, 10, 7)).authority_name == "After"
    assert policy.in_force(date(2026, 10, 6)).authority_name == "After"

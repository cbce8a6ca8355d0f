"""Policy is data: one dated record, presets for six authorities (R-16.1, section A)."""

from datetime import date

import pytest

from astcoord.core import policy, presets
from astcoord.core.models.policy import Policy


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


@pytest.mark.parametrize("name", presets.OVERRIDES)
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
        ("east_sussex", "capacity", 35),
        ("norfolk", "aspirant_outreach", True),
    ],
)
def test_presets_hold_what_section_a_says(name, setting, value):
    assert getattr(Policy(**presets.settings_of(name)), setting) == value


def test_r_4_2_leicesters_parts_total_35_of_38():
    parts = presets.settings_of("leicester")["budget_categories"].values()
    assert sum(float(p) for p in parts) == 35


def test_an_unknown_preset_names_those_there_are():
    with pytest.raises(KeyError, match="croydon, leeds"):
        presets.settings_of("atlantis")

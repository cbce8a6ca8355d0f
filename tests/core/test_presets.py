"""Files of settings: ours are whole and say whose word each is; a wrong one is refused with its key (R-16.1)."""

from datetime import date
from decimal import Decimal

import pytest

from astcoord.core import presets
from astcoord.core.policy_changes import SETTINGS
from astcoord.core.presets.reading import KNOWN, read
from astcoord.core.problems import Refused
from tests import ROOT


def test_r_16_1_what_a_file_may_name_is_every_setting():
    assert set(KNOWN) == set(SETTINGS)


@pytest.mark.parametrize("name", presets.NAMES)
def test_r_16_1_our_presets_name_every_setting_and_whose_word_it_is(name):
    preset = presets.of(name)
    assert set(preset.settings) == set(SETTINGS) - presets.SILENT
    assert preset.stated <= set(preset.settings)
    assert preset.stated, "none is all our own"


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("croydon", "teacher_difficulty"),
        ("leeds", "placement_pattern"),
        ("leicester", "budget_categories"),
        ("bradford", "qa_visits"),
        ("east_sussex", "capacity"),
        ("norfolk", "grant_before_pass"),
        ("dfes", "pm_support"),
        ("school-to-school", "record_due_days"),
    ],
)
def test_r_16_1_what_an_authority_states_is_told_from_our_defaults(name, setting):
    assert setting in presets.of(name).stated
    assert "same_class_lessons" not in presets.of(name).stated


def test_r_16_1_the_departments_guide_supports_and_allows():
    settings = presets.settings_of("dfes")
    assert (settings["pm_support"], settings["teacher_difficulty"]) == ("general", "allow")


def test_no_file_is_left_out_and_the_image_has_them():
    assert {path.stem for path in presets.HERE.glob("*.toml")} == set(presets.NAMES)
    left_out = (ROOT / ".dockerignore").read_text().split()
    assert not {"astcoord", "*.toml", "**/*.toml"} & set(left_out)


def test_an_own_file_is_read():
    text = """
title = "Marlshire, from 2027"
[stated]
weekly_outreach_cap = 1.5
capacity = "none"
target = 40
target_by = 2029-08-31
letter_terms = ["summer", "autumn"]
budget_categories = [["Schools", 30], ["Networks", 3.50]]
[default]
alumni = true
"""
    preset = read(text.replace("\n", "\r\n"))
    assert (preset.name, preset.title) == ("own-marlshire-from-2027", "Marlshire, from 2027")
    assert preset.settings == {
        "weekly_outreach_cap": Decimal("1.5"),
        "capacity": None,
        "target": 40,
        "target_by": date(2029, 8, 31),
        "letter_terms": ("autumn", "summer"),
        "budget_categories": [["Schools", "30"], ["Networks", "3.5"]],
        "alumni": True,
    }
    assert "alumni" not in preset.stated


@pytest.mark.parametrize(
    ("title", "name"),
    [("Leeds", "own-leeds"), ("Ελλάδα", "own"), ("x" * 90, "own-" + "x" * 26), (" A – B ", "own-a-b")],
)
def test_an_own_file_is_never_taken_for_one_of_ours(title, name):
    preset = read(f'title = "{title}"')
    assert (preset.name, preset.title) == (name, title.strip())
    assert preset.name not in presets.NAMES


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("colour = 1", "colour: no such setting"),
        ("capacty = 1", "capacty: no such setting. The settings are authority_name, "),
        ("id = 1", "id: no such setting"),
        ("valid_from = 2027-01-01", "valid_from: no such setting"),
        ('teacher_difficulty = "sometimes"', "teacher_difficulty: must be one of “block”, “override”, “allow”"),
        ("teacher_difficulty = 3", "teacher_difficulty: must be one of “block”"),
        ('alumni = "yes"', "alumni: must be true or false, without quotes"),
        ("alumni = 1", "alumni: must be true or false"),
        ("ramp_terms = true", "ramp_terms: must be a whole number"),
        ("ramp_terms = 1.5", "ramp_terms: must be a whole number"),
        ('capacity = "many"', "capacity: must be a whole number, without quotes, or “none”"),
        ('ramp_terms = "none"', "ramp_terms: must be a whole number, without quotes"),
        ('weekly_outreach_cap = "1"', "weekly_outreach_cap: must be a number"),
        ("weekly_outreach_cap = nan", "weekly_outreach_cap: must be a number"),
        ("weekly_outreach_cap = 99", "weekly_outreach_cap: Ensure this value is less than or equal to 5"),
        ("capacity = -1", "capacity: Ensure this value is greater than or equal to 0"),
        ("capacity = 99999999999999999999", "capacity: "),
        ('target_by = "2027"', "target_by: must be a day such as 2027-01-31"),
        ("target_by = 2027-01-01T10:00:00", "target_by: must be a day"),
        ('letter_terms = ["winter"]', "letter_terms: must be a list of “autumn”, “spring”, “summer”"),
        ('letter_terms = "autumn"', "letter_terms: must be a list of"),
        ("letter_terms = []", "letter_terms: "),
        ('budget_categories = [["A"]]', "budget_categories: must be a list of pairs"),
        ('budget_categories = [["A", 1.1]]', "budget_categories: must be pairs of a name and days in quarters"),
        ('budget_categories = [["A", 1], ["A", 2]]', "budget_categories: must be uses with different names"),
        ("ranking_weights = {luck = 3}", "ranking_weights: must be whole points for “expertise”"),
        ('target_subject = "alchemy"', "target_subject: must be one of “"),
        ("authority_name = 5", "authority_name: must be words in quotes"),
        ('qa_outcomes = "Good"', "qa_outcomes: Enter two outcomes or more"),
        ("[stated.alumni]\nx = 1", "alumni: must be true or false"),
    ],
)
def test_r_16_1_a_wrong_line_is_refused_with_its_key_and_what_it_may_be(line, said):
    with pytest.raises(Refused) as refused:
        read(f'title = "Ours"\n[stated]\n{line}\n')
    assert [problem.message for problem in refused.value.problems if said in problem.message]
    assert {problem.field for problem in refused.value.problems} == {"file"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("alumni: yes", "The file is no TOML: "),
        ("[" * 20000, "The file is no TOML: "),
        ('title = "A"\nalumni = true', "alumni: no such table. Use stated or default"),
        ('title = "A"\nstated = 3', "stated: write [stated], and the settings below it"),
        ("[stated]\nalumni = true", "title: enter whose settings these are"),
        ('title = "A"\n[stated]\nalumni = true\n[default]\nalumni = false', "alumni: stands in both tables"),
        ('title = "A"\n[stated]\nalumni = true\nalumni = false', "Cannot overwrite a value"),
    ],
)
def test_r_16_1_a_wrong_file_is_refused(text, said):
    with pytest.raises(Refused) as refused:
        read(text)
    assert said in str(refused.value)


def test_every_wrong_line_is_said_at_once():
    with pytest.raises(Refused) as refused:
        read("[stated]\nalumni = 1\nno_such = 2\n[usual]\n")
    assert len(refused.value.problems) == 4

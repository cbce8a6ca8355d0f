"""A stored plan: canonical input, fingerprint, certificate, and a replay with the same result."""

import json
from dataclasses import replace

import pytest

from astcoord.bench.seeded import LEA, seeded
from placements.allocation.plan.canonical import canonical, restore, sha256
from placements.allocation.plan.record import record, replay
from placements.allocation.plan.solve import plan
from tests.placements.allocation.plan.tiny import demand, problem, random_problem, supply


@pytest.mark.parametrize("seed", range(300, 330))
def test_a_problem_comes_back_from_its_text(seed):
    here = random_problem(seed)
    text = canonical(here)
    assert canonical(restore(text)) == text
    assert plan(restore(text), canonical=True) == plan(here, canonical=True)


def test_the_fingerprint_ignores_order_and_names_and_nothing_else():
    here = random_problem(7)
    print_of = sha256(canonical(here))
    turned = replace(here, demands=here.demands[::-1], supplies=here.supplies[::-1])
    named = replace(here.supplies[0], facts=replace(here.supplies[0].facts, name="Somebody else"))
    assert sha256(canonical(turned)) == print_of
    assert sha256(canonical(replace(here, supplies=(named, *here.supplies[1:])))) == print_of
    waiting = replace(here.demands[0], waiting=4 if here.demands[0].waiting != 4 else 3)
    assert sha256(canonical(replace(here, demands=(waiting, *here.demands[1:])))) != print_of


def test_renamed_fields_keep_their_old_names_in_stored_plans():
    """Texts and fingerprints as they were on the first day of stored plans."""
    here = random_problem(300)
    assert sha256(canonical(here)) == "94401c1abca38cfd6f7edbdc88a3f3207c3b132b8e6f457f55b8d6a1cda3d36d"
    assert {"asks", "givers"} <= json.loads(canonical(here)).keys()
    assert all("visits" in made for made in record(here, plan(here))["assignments"])


def test_a_stored_plan_holds_what_proves_it_and_is_replayed_to_the_same():
    here = seeded(LEA, 2)
    made = plan(here, canonical=True)
    stored = json.loads(json.dumps(record(here, made)))
    assert stored["verdict"] == []
    assert stored["status"] == "proved"
    assert stored["reproducible"]
    assert stored["gap"] == 0
    assert {"name", "version", "options"} <= stored["solver"].keys()
    assert stored["solver"]["options"]["threads"] == "1"
    assert all(stage["optimal"] and stage["bound"] == stage["value"] for stage in stored["stages"])
    assert all(part["proved"] and part["tie_broken"] for part in stored["certificate"])
    assert replay(stored) == []


def test_a_record_that_was_tampered_with_is_found_out():
    here = problem([demand(1, 2), demand(2, 2)], [supply()])
    stored = json.loads(json.dumps(record(here, plan(here, canonical=True))))
    stored["place"] += 1
    assert replay(stored) == ["place"]
    stored["input"] = stored["input"].replace('"cap":4', '"cap":2')
    assert replay(stored) == ["input"]


def test_names_of_people_are_not_stored():
    here = problem([demand(1)], [supply(1, name="A Private Person", home_name="A School")])
    assert "Private" not in json.dumps(record(here, plan(here)))

"""The tables of moves, and the pictures drawn from them."""

import pytest
from django.core.management import call_command
from django.db import models

from astcoord.core.lifecycle import Machine, Move


class Light(models.TextChoices):
    RED = "red", "Red"
    GREEN = "green", "Green"


@pytest.fixture
def _forget_machines():
    known = dict(Machine.known)
    yield
    Machine.known.clear()
    Machine.known.update(known)


@pytest.mark.usefixtures("_forget_machines")
def test_a_move_to_an_unknown_state_is_refused_when_the_table_is_made():
    with pytest.raises(ValueError, match="amber"):
        Machine("light", Light, [Move.of("warn", Light.RED, "amber", "Warn", "Sys")])


@pytest.mark.usefixtures("_forget_machines")
def test_moves_from_a_state_are_those_the_table_lists():
    light = Machine(
        "light",
        Light,
        [Move.of("go", Light.RED, Light.GREEN, "Go", "Sys"), Move.of("stop", Light.GREEN, Light.RED, "Stop", "Sys")],
    )
    assert [m.name for m in light.moves_from(Light.RED)] == ["go"]
    assert "red --> green: go (Sys)" in light.mermaid()


def test_the_drawn_lifecycles_are_current():
    call_command("draw_lifecycles", "--check")


@pytest.mark.parametrize("machine", Machine.known.values(), ids=lambda m: m.name)
def test_every_state_can_be_reached(machine):
    reached = {machine.states.values[0]}
    # A round, a match and a review begin in their first state too; growth stops when nothing new is found.
    while new := {m.target for m in machine.moves.values() if m.sources & reached} - reached:
        reached |= new
    assert reached == set(machine.states.values)

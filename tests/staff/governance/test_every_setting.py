"""No setting without effect: each, turned, changes what somebody sees (R-16.1)."""

import re
from typing import Any

import pytest
from django.db import transaction

from astcoord.core.models.policy import Policy
from astcoord.core.policy_changes import SETTINGS
from tests.cast import Cast
from tests.staff.governance.turned import TURNS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("quick_print")]
REFERENCE = re.compile(r"\b[A-Z]\d{5}\b")
"""R00012: a number that is taken back with its row is not given again by every database."""


def test_r_16_1_each_column_of_the_policy_is_here() -> None:
    """A new setting is turned in `turned.py` before it is anybody's."""
    others = {"id", "valid_from", "preset", "created_at", "created_by"}
    assert set(TURNS) == set(SETTINGS) == {field.name for field in Policy._meta.concrete_fields} - others


def seen(cast: Cast, name: str, value: Any) -> object:
    """What somebody sees while the setting has this value; nothing of it stays."""
    turn = TURNS[name]
    with transaction.atomic():
        for each, held in {**turn.also, name: value}.items():
            setattr(cast.policy, each, held)
        cast.policy.save()
        found = turn.shows(cast)
        transaction.set_rollback(True)
    cast.policy.refresh_from_db()
    return REFERENCE.sub("", found) if isinstance(found, str) else found


@pytest.mark.parametrize("name", TURNS)
def test_r_16_1_who_turns_it_sees_a_difference(cast: Cast, name: str) -> None:
    turn = TURNS[name]
    before = seen(cast, name, turn.before)
    assert before == seen(cast, name, turn.before), "it is the setting that makes the difference"
    assert before != seen(cast, name, turn.after)

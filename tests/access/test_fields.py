"""Fields, not only pages: what somebody may not read is changed, and nothing changes of all that they get.

`fields.txt` says who may read each field of each model (section G). Everything that a person may not read is given
another value at once: another choice, number, date, text or name. Then every page and file of that person is fetched
again and must be the same. To find the field behind a difference, give `hidden` fewer fields.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import takewhile, zip_longest

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from astcoord.core import append_only
from tests.access.fields import READERS, Field, change, declared, hidden_from, of_models
from tests.access.sides import Side, World
from tests.access.test_secrets import doors
from tests.access.walk import client_of, look
from tests.seen import without_chance
from tests.worlds import put_back

pytestmark = pytest.mark.usefixtures("db", "quick_refusals", "clock_stands")

Hidden = tuple[Side, Field]
LOOKED_AT = ("administrator", "host_head", "outsider_head", "host_chair")
"""Of the others' fields it has not been judged yet which differences section G grants."""


def test_every_field_of_every_model_says_who_may_read_it() -> None:
    """A new field finds its line in `fields.txt`, or nobody knows whether it may be shown."""
    said = [(field.model, field.name) for field in declared()]
    assert len(said) == len(set(said)), "said twice"
    assert set(said) == of_models()
    assert {field.readers for field in declared()} == set(READERS)


def get(client: Client, url: str) -> str:
    """What is there, or the number that refuses it."""
    response = look(client, url)
    return without_chance(response.said.encode()) if response.status_code == 200 else str(response.status_code)


@contextmanager
def changed(hidden: Iterable[Hidden], world: World) -> Iterator[None]:
    """With these fields changed, but for values that the database itself refuses. Nothing of it stays."""
    with put_back(), append_only.lifted("default"):
        for side, field in hidden:
            with suppress(IntegrityError), transaction.atomic():
                change(field, side, world)
        yield


def told(before: str, after: str) -> str:
    """The first line that reads differently, from where it does."""
    for old, new in zip_longest(before.splitlines(), after.splitlines(), fillvalue=""):
        if old != new:
            same = takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
            at = max(sum(1 for _ in same) - 60, 0)
            return f"{old[at : at + 160]!r} -> {new[at : at + 160]!r}"
    return ""


@pytest.mark.one_database
@pytest.mark.parametrize("key", LOOKED_AT)
def test_g_what_somebody_may_not_read_changes_nothing_that_they_get(world: World, key: str) -> None:
    hidden = [(side, f) for side in (world.ours, world.theirs) for f in hidden_from(key, ours=side is world.ours)]
    client = client_of(world, key)
    before = {url: text for url in dict.fromkeys(doors(world)) if not (text := get(client, url)).isdigit()}
    with changed(hidden, world):
        after = {url: get(client, url) for url in before}
    found = [f"{url}: {told(text, after[url])}" for url, text in before.items() if text != after[url]]
    assert not found, f"{key} is told, by what changed with the fields hidden from {key}:\n" + "\n".join(found)

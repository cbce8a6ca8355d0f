"""Malformed and hostile values at every form and every query string: an answer each time, and never a 500."""

import os
import re
import traceback
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.hostile import FILES, PLAUSIBLE, VALUES, as_strict_as_postgresql, encoded, fields_of, upload, values
from tests.access.people import SIGNED_IN
from tests.access.sides import World
from tests.access.table import NO, SIGN_IN, Row, rows
from tests.access.walk import addresses, client_of, look

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("db", "quick_refusals")]

IN_EVERY_QUERY = ("page", "per_page", "sort", "export", "q", "name", "from", "year", "letter", "blank", "next", "state")
FEW = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), database=None)
EVERY = 1 if os.environ.get("HOSTILE") == "all" else 8
"""How thinly the values are spread: in a usual run every page and form gets an eighth of them, each another eighth."""

URLENCODED = "application/x-www-form-urlencoded"


OTHERS = re.compile(r"/\.venv/|hostile")
"""Frames in which the fault does not lie."""


@dataclass
class Target:
    """A page as somebody who may open it, with the fields that it asks for."""

    row: Row
    key: str
    url: str
    fields: dict[str, list[bytes]]
    files: set[str]
    is_list: bool


class Aim:
    """Every page with somebody who may open it; made once for this file."""

    def __init__(self, world: World) -> None:
        self.clients = {key: client_of(world, key) for key in SIGNED_IN}
        self.targets = list(self._found(world))
        self.forms = [target for target in self.targets if target.row.kind in ("form", "button", "answer")]
        self.pages = [target for target in self.targets if target.row.kind in ("page", "form", "file")]

    def _found(self, world: World) -> Any:
        for row in rows():
            if row.kind == "closed" or row.page.startswith("/"):
                continue
            allowed = [key for key in SIGNED_IN if row.cells[key] not in (NO, SIGN_IN, "hidden", "see", "see all")]
            for key in allowed[-1:]:
                url = addresses(row, world)[0]
                said = look(self.clients[key], url).said if row.kind != "button" else ""
                yield Target(row, key, url, *fields_of(said), "export=csv" in said)


@pytest.fixture(scope="module")
def aims() -> dict[str, Aim]:
    return {}


@pytest.fixture
def aim(world: World, aims: dict[str, Aim], db: None) -> Aim:
    """Sessions live in the savepoint of each test, so the people sign in again; the pages stay the same."""
    if "aim" not in aims:
        aims["aim"] = Aim(world)
    else:
        aims["aim"].clients = {key: client_of(world, key) for key in SIGNED_IN}
    return aims["aim"]


def fire(client: Client, method: str, url: str, **sent: Any) -> str:
    """Send it; what went wrong and where, or nothing if there was an answer."""
    try:
        with as_strict_as_postgresql():
            if method == "get":
                response = look(client, f"{url}?{sent['query']}")
            elif "files" in sent:
                response = look(client, url, "post", sent["files"])
            else:
                response = look(client, url, "post", sent["body"], content_type=URLENCODED)
    except Exception as error:
        place = [f for f in traceback.extract_tb(error.__traceback__) if not OTHERS.search(f.filename)][-1]
        said = f"{type(error).__name__}: {str(error)[:200]} at {place.filename}:{place.lineno}"
        return f"{method} {url} {str(sent)[:300]}\n    {said}"
    return "" if response.status_code < 500 else f"{method} {url}: {response.status_code}"


def told(wrong: list[str]) -> str:
    """One line for each kind of failure."""
    return "\n".join({line.rpartition("\n")[2]: line for line in wrong if line}.values())


def test_every_query_string_is_survived(aim: Aim) -> None:
    """Each value in all parameters at once, on every page."""
    wrong = []
    for number, target in enumerate(aim.pages):
        names = [*IN_EVERY_QUERY, *target.fields]
        for value in VALUES if target.is_list and number % 2 else VALUES[number % EVERY :: EVERY]:
            query = encoded([(name, value) for name in names])
            wrong.append(fire(aim.clients[target.key], "get", target.url, query=query))
    assert not told(wrong), told(wrong)


def test_every_form_survives_each_value_in_all_its_fields(aim: Aim) -> None:
    wrong = []
    for number, target in enumerate(aim.forms):
        for value in VALUES[number % EVERY :: EVERY]:
            body = encoded([(name, value) for name in target.fields])
            wrong.append(fire(aim.clients[target.key], "post", target.url, body=body))
    assert not told(wrong), told(wrong)


def test_every_form_survives_one_bad_answer_among_good_ones(aim: Aim) -> None:
    """What is refused at the first glance never reaches the second: here only one field is hostile."""
    wrong = []
    for target in aim.forms:
        good = {name: (offered or PLAUSIBLE)[-1] for name, offered in target.fields.items()}
        for number, name in enumerate(target.fields):
            for value in VALUES[number % (4 * EVERY) :: 4 * EVERY]:
                body = encoded([*{**good, name: value}.items(), (name, value)])
                wrong.append(fire(aim.clients[target.key], "post", target.url, body=body))
    assert not told(wrong), told(wrong)


@FEW
@given(data=st.data())
def test_whatever_is_sent_to_a_form_is_answered(aim: Aim, data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(aim.forms))
    pairs = []
    for name, offered in target.fields.items():
        how_many = data.draw(st.sampled_from([1, 1, 1, 0, 2]))
        pool = st.one_of(st.sampled_from(offered or PLAUSIBLE), values)
        pairs += [(name, data.draw(pool)) for _ in range(how_many)]
    assert not fire(aim.clients[target.key], "post", target.url, body=encoded(pairs))


@FEW
@given(data=st.data())
def test_whatever_is_asked_of_a_page_is_answered(aim: Aim, data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(aim.pages))
    names = st.sampled_from([*IN_EVERY_QUERY, *target.fields])
    pairs = data.draw(st.lists(st.tuples(names, values), max_size=6))
    assert not fire(aim.clients[target.key], "get", target.url, query=encoded(pairs))


def test_uploads_that_are_not_what_they_should_be_are_refused(aim: Aim) -> None:
    wrong = []
    for target in (target for target in aim.forms if target.files):
        for content in FILES:
            sent = {name: upload(content) for name in target.files}
            wrong.append(fire(aim.clients[target.key], "post", target.url, files={**sent, "la": "\u202e9"}))
    assert not told(wrong), told(wrong)


def test_addresses_with_numbers_beyond_every_column_are_not_found(aim: Aim, world: World) -> None:
    wrong = []
    for target in aim.targets:
        if target.row.thing:
            arguments = dict.fromkeys(("pk", "urn", "number", "person", "post_pk", "round_pk"), 10**30)
            parts = [str(10**30) if part.isdigit() else part for part in target.url.split("/")]
            assert arguments
            method = "post" if target.row.kind in ("button", "answer") else "get"
            wrong.append(fire(aim.clients[target.key], method, "/".join(parts), query="", body=""))
    for path in ("/%00", "/schools/%FF/", "/placements/%ED%A0%80/", "/" + "a/" * 2000):
        wrong.append(fire(aim.clients["coordinator"], "get", path, query=""))
    assert not told(wrong), told(wrong)


@pytest.mark.parametrize("name", ["account_request_login_code", "account_confirm_login_code", "account_login"])
def test_strangers_may_send_what_they_like_to_the_door(client: Client, db: None, name: str) -> None:
    wrong = []
    for value in VALUES:
        for field in ("email", "login", "code", "next"):
            wrong.append(fire(client, "post", reverse(name), body=encoded([(field, value)])))
            wrong.append(fire(client, "get", reverse(name), query=encoded([(field, value)])))
    assert not told(wrong), told(wrong)

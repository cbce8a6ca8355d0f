"""Who may open what: every URL, every kind of person, and ours, the neighbour's and nobody's thing, as the table says.

The table is `matrix.csv`, made to be read; `docs/access.md` is written from it.
"""

from collections import Counter

import pytest
from django.conf import settings
from django.urls import reverse

from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from tests.access.doc import PAGE, written
from tests.access.people import KEYS, SIGNED_IN, STRANGER
from tests.access.sides import World
from tests.access.table import ALL, HIDDEN, MEANING, NO, SIGN_IN, WITHOUT_OBJECT, Row, expected, rows
from tests.access.walk import addresses, client_of, is_reached, look, outcome, patterns

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("db", "quick_refusals", "without_pages")]

TABLE = rows()
BY_PAGE = {row.page: row for row in TABLE}
SENT = {"placements:placement_item_mark": {"state": "ongoing"}}
"""What a button sends besides its token."""


def test_r_16_2_every_url_stands_in_the_table_and_every_row_has_a_url() -> None:
    found = {name for name, _, _ in patterns()}
    listed = set(BY_PAGE)
    assert not found - listed, f"not in tests/access/matrix.csv: {sorted(found - listed)}"
    assert not listed - found, f"in tests/access/matrix.csv without a URL: {sorted(listed - found)}"


def test_the_table_speaks_in_known_words_and_says_nothing_twice() -> None:
    for row in TABLE:
        known = set(MEANING) if row.thing else set(WITHOUT_OBJECT)
        assert set(row.cells.values()) <= known, row.page
        assert row.kind in ("page", "form", "answer", "button", "file", "closed"), row.page
    twice = [key for key, count in Counter((row.page, row.thing) for row in TABLE).items() if count > 1]
    assert not twice


def asked(row: Row, urls: list[str], cell: str) -> list[str]:
    """Where to look. Who is refused by kind is refused before the thing is looked for: one address tells."""
    return urls[:1] if cell in (NO, SIGN_IN) else urls[:2] if cell == HIDDEN else urls


@pytest.mark.parametrize("key", KEYS)
def test_r_16_2_what_everybody_gets_is_what_the_table_says(world: World, key: str) -> None:
    client = client_of(world, key)
    wrong = []
    for row in TABLE:
        urls = addresses(row, world)
        if row.kind == "closed":
            continue
        methods = {"button": ["post"], "answer": ["post"], "form": ["get", "post"]}.get(row.kind, ["get"])
        for method in methods:
            shown = asked(row, urls, row.cells[key])
            for url, want in zip(shown[:2] if method == "post" else shown, expected(row, key), strict=False):
                got = outcome(look(client, url, method, SENT.get(row.page)))
                if got != want:
                    wrong.append(f"{row.page} ({row.thing or 'no thing'}) {method} {url}: {got}, table says {want}")
    assert not wrong, "\n".join(wrong)


def test_doors_of_the_sign_in_package_that_are_not_used_stay_shut() -> None:
    for name, _, entry in patterns():
        row = BY_PAGE[name]
        if name.startswith("/"):
            continue
        if row.kind == "closed":
            assert not is_reached(reverse(name, kwargs=row.fixed or None), entry), name


def test_every_state_changing_request_needs_the_token(world: World) -> None:
    client = client_of(world, "coordinator", enforce_csrf_checks=True)
    for row in TABLE:
        for url in addresses(row, world)[:1]:
            assert look(client, url, "post").status_code == 403, row.page


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (AuditEvent, Transition, Message))


@pytest.mark.parametrize("key", ["coordinator", "host_head", "ast"])
def test_buttons_do_nothing_when_they_are_only_looked_at(world: World, key: str) -> None:
    client = client_of(world, key)
    before = counts()
    for row in TABLE:
        if row.kind == "button":
            url = addresses(row, world)[0]
            response = client.get(url)
            assert response.status_code in (403, 405), f"{row.page}: {response.status_code}"
            if row.cells[key] == ALL:
                assert response.status_code == 405, row.page
    assert counts() == before


def test_somebody_with_two_roles_gets_the_better_of_both_and_no_more(world: World) -> None:
    """Headteacher of one school, governor of another: neither role lends the other its school."""
    user = world.users["outsider_head"]
    user.roles.create(role="governor", school=world.ours.host)
    client = client_of(world, "outsider_head")
    for row in TABLE:
        if row.kind == "closed" or not row.thing:
            continue
        as_head, as_governor = expected(row, "outsider_head"), expected(row, "host_chair")
        for url, *either in zip(addresses(row, world), as_head, as_governor, strict=True):
            method = "post" if row.kind in ("button", "answer") else "get"
            got = outcome(look(client, url, method, SENT.get(row.page)))
            assert (got == "ok") == ("ok" in either), f"{row.page} {url}: {got}"


@pytest.mark.parametrize("key", SIGNED_IN)
def test_somebody_whose_roles_have_ended_opens_nothing(world: World, key: str) -> None:
    user = world.users[key]
    user.roles.update(ends_on="2026-09-30")
    client = client_of(world, key)
    for row in TABLE:
        if row.thing and row.kind != "closed" and not row.page.startswith("mfa_"):
            url = addresses(row, world)[0]
            got = outcome(look(client, url, "post" if row.kind in ("button", "answer") else "get", SENT.get(row.page)))
            assert got in ("403", "404"), f"{row.page}: {got}"


def test_a_stranger_is_sent_to_the_page_that_asks_for_an_address(client) -> None:
    response = client.get("/")
    assert response.headers["Location"].startswith(reverse(settings.LOGIN_URL)), STRANGER


def test_the_page_in_the_handbook_is_written_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == written(), "run: python -m tests.access.doc"

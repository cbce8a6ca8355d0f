"""Every list there is, as everybody who may open it gets it: what its file holds, and what it costs (R-20.10)."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.crawl import VIEWS, lists
from tests.access.people import SIGNED_IN
from tests.access.sides import World
from tests.access.table import ALL, OWN, YES, Row
from tests.access.walk import addresses, client_of, look

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.one_database]

MARKUP = re.compile(r"</?[a-z][a-z0-9]*[ />]|&(?:[a-z]+|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
MOST_QUERIES, MOST_OF_ONE, MOST_BYTES = 12, 15, 40_000
"""Queries of a list, and of a page of one thing that holds a list; bytes of either."""


def opened(world: World, row: Row) -> Iterator[tuple[str, Client, str]]:
    """Who may open the list, their browser, and its address."""
    for key in SIGNED_IN:
        if row.cells[key] in (YES, ALL, OWN):
            yield key, client_of(world, key), addresses(row, world)[0]


@pytest.mark.parametrize("row", lists(), ids=lambda row: row.page)
def test_r_20_10_no_cell_of_a_lists_file_holds_markup(world: World, row: Row) -> None:
    if not VIEWS[row.page].csv_name:
        return
    for key, client, url in opened(world, row):
        file = look(client, f"{url}?export=csv&group=all").said
        cells = [cell for line in csv.reader(StringIO(file)) for cell in line]
        assert not [cell for cell in cells if MARKUP.search(cell)], key


@pytest.mark.parametrize("row", lists(), ids=lambda row: row.page)
def test_r_20_10_a_list_keeps_its_budget_and_opens_with_all_rows_on_screen_and_paper(world: World, row: Row) -> None:
    for key, client, url in opened(world, row):
        look(client, url)  # what is kept between requests is kept from here on
        with CaptureQueriesContext(connection) as captured:
            page = look(client, url)
        queries = [query["sql"] for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]
        most = MOST_OF_ONE if row.thing else MOST_QUERIES
        assert len(queries) <= most, f"{key} {url}: {queries}"
        assert len(page.said.encode()) <= MOST_BYTES, key
        for whole in ("per_page=all", "print=all"):
            assert look(client, f"{url}?{whole}").status_code == 200, key

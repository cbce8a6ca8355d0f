"""No list is narrowed, searched or sorted by what its reader may not read: how many rows it finds would tell it.

Which columns a filter asks the database about is asked of the filter itself, whatever it is made of.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models.sql.query import Query
from django.forms import MultipleChoiceField
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import resolve
from django_tables2.data import TableQuerysetData

from astcoord.core import protected
from astcoord.ui.dates import PARTS, DateInputField
from tests.access.changed import KNOWN_TO_BE_EMPTY, rows_of
from tests.access.crawl import VIEWS, lists
from tests.access.fields import READERS, declared
from tests.access.people import SIGNED_IN
from tests.access.sides import World
from tests.access.table import ALL, OWN, YES, Row
from tests.access.walk import addresses

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.one_database]

READ_BY = {(field.model, field.name): READERS[field.readers] for field in declared() if not field.rows}


@contextmanager
def asked_about(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[tuple[str, str]]]:
    """Every field that a query names meanwhile, in conditions and orders, also in queries within it."""
    found: set[tuple[str, str]] = set()
    way_to = Query.names_to_path

    def noted(self: Query, *args: Any, **kwargs: Any) -> Any:
        answer = way_to(self, *args, **kwargs)
        found.update((each.model._meta.label, each.name) for each in (answer[1], *answer[2]))
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(Query, "names_to_path", noted)
        patch.setattr(
            protected, "names_in", lambda cases, kept_from=None: {}
        )  # what is kept back is looked up to keep it back
        yield found


def list_of(world: World, key: str, row: Row) -> Any:
    """The list as this person gets it: its filters and its table."""
    request: Any = RequestFactory().get("/")
    request.user, request.htmx = world.users[key], None
    view = VIEWS[row.page]()
    view.setup(request, **resolve(addresses(row, world)[0]).kwargs)
    view.dispatch(request, *view.args, **view.kwargs)
    view.rows, view.table = view.get_queryset(), view.get_table(**view.get_table_kwargs())
    return view


def narrow(view: Any, name: str) -> None:
    """Narrow the list by one filter: the first choice that there is, a day, or a word."""
    field, data = view.filterset.filters[name].field, QueryDict(mutable=True)
    codes = [str(code) for code, _ in getattr(field, "choices", ()) if code]
    if isinstance(field, DateInputField):
        data.update({f"{name}_{part}": number for part, number in zip(PARTS, (6, 10, 2026), strict=True)})
    elif isinstance(field, MultipleChoiceField):
        data.setlist(name, codes)
    else:
        data[name] = codes[0] if codes else "on"
    assert type(view.filterset)(data, queryset=view.rows, request=view.request).qs is not view.rows


def sort(view: Any) -> None:
    """Sort the list by each column that it has for its reader; what is put together in memory asks nothing more."""
    if not isinstance(view.table.data, TableQuerysetData):
        return
    for column in view.table.columns.iterall():
        if column.orderable:
            assert str(view.rows.order_by(*column.order_by).query)


def may_not_ask(key: str, fields: set[tuple[str, str]]) -> list[str]:
    """Those fields of a query of which this person may learn nothing."""
    asked = [each for each in fields if each[1] not in KNOWN_TO_BE_EMPTY]
    return sorted(".".join(each) for each in asked if (who := READ_BY.get(each)) is not None and key not in who)


def finds_ours(world: World, view: Any) -> bool:
    """Whether there is something of ours that could be found."""
    ours = rows_of(view.rows.model._meta.label, world.ours).order_by().values("pk")
    return bool(view.rows.filter(pk__in=ours).exists())


@pytest.mark.parametrize("row", lists(), ids=lambda row: row.page)
def test_r_16_2_no_list_is_narrowed_or_sorted_by_what_its_reader_may_not_read(
    world: World, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = []
    for key in SIGNED_IN:
        if row.cells[key] not in (YES, ALL, OWN) or not finds_ours(world, view := list_of(world, key, row)):
            continue
        with asked_about(monkeypatch) as found:
            sort(view)
            for name in view.filterset.filters:
                narrow(view, name)
        wrong += [f"{key}: {field}" for field in may_not_ask(key, found)]
    assert not wrong, wrong

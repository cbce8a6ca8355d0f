"""Worlds that are dear to build: built once for a file or a folder, and given back after each test as they were."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import pytest
import time_machine
from django.db import connection, transaction

from astcoord.core import documents


class _PutBack(Exception):
    """Leaves a transaction, undone."""


World = TypeVar("World")


@contextmanager
def put_back() -> Iterator[None]:
    """What is done inside is undone at its end; inside another of its kind it is a savepoint."""
    try:
        with transaction.atomic():
            yield
            raise _PutBack
    except _PutBack:
        pass


def stand_in(html: str) -> bytes:
    """Bytes that stand for a printed page, the same for the same page."""
    return b"%PDF-1.7\n" + html.encode()


@contextmanager
def quickly_printed() -> Iterator[None]:
    """For a world that is built outside a test: no paper is printed."""
    with pytest.MonkeyPatch.context() as printer:
        printer.setattr(documents, "_print", stand_in)
        yield


@dataclass(frozen=True)
class _Kept:
    """A world as it stood when it was built: the objects, pickled, the rows behind them by table, and `_kinds`."""

    made: bytes
    rows: dict[str, list[tuple[Any, ...]]]
    kinds: tuple[int, ...]


_KEPT: dict[Callable[[], Any], _Kept] = {}


def kept(build: Callable[[], World], at: datetime) -> World:
    """What `build` makes in an empty database, built once in a process and from then on written from memory.

    For a world that consists of rows and of objects that are them: nothing of it is in a file, the cache or the post.
    Its moments are `at`, so that whatever a test does comes after. Its rows keep their numbers, of which the database's
    own count is ahead for good. Where there are rows in its tables already, it is built on top of them as ever.
    """
    kinds = _kinds()
    if build not in _KEPT or _KEPT[build].kinds != kinds:
        with time_machine.travel(at, tick=False), put_back():
            before = _rows()
            made = build()
            after = {table: [row for row in rows if row not in before[table]] for table, rows in _rows().items()}
            written = {table: rows for table, rows in after.items() if rows}
            alone = not any(before[table] for table in written)
            if alone:
                _KEPT[build] = _Kept(pickle.dumps(made), written, kinds)
        if not alone:  # what it found there already it did not make, and would lack
            return build()
    world = _KEPT[build]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT " + " OR ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in world.rows))
        if cursor.fetchone()[0]:
            return build()
        for table, rows in world.rows.items():
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({", ".join(["%s"] * len(rows[0]))})', rows)
    return pickle.loads(world.made)


def _kinds() -> tuple[int, ...]:
    """The numbers of the content types, which rows name: a test that empties the database makes them anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(id), MAX(id), COUNT(*) FROM django_content_type")
        found: tuple[int, ...] = cursor.fetchone()
    return found


def _rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, by the table's name."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = cursor.fetchall()
    return found

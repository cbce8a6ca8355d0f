"""Worlds that are dear to build: built once for a file or a folder, and given back after each test as they were."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from astcoord.core import documents


class _PutBack(Exception):
    """Leaves a transaction, undone."""


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

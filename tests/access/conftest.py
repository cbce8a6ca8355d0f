"""One world for all tests of access: built once, and given back as it was after every look."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.template.backends.django import Template
from django.urls import URLResolver

from tests.access.sides import NOW, World
from tests.access.world import build
from tests.worlds import put_back, quickly_printed


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Two sides and thirteen onlookers; nothing of it outlives this folder's tests."""
    with django_db_blocker.unblock(), quickly_printed(), put_back():
        with time_machine.travel(NOW, tick=True):
            made = build()
        yield made


@pytest.fixture
def db(world: World) -> Iterator[None]:
    """This folder's own: a savepoint of the world. The one it stands in for would close the connection."""
    with put_back():
        yield


@pytest.fixture
def without_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the answer's status counts, no page is drawn. `test_secrets` draws them all."""
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")


@pytest.fixture
def quick_refusals(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Thousands of refusals are expected: they come without their page, and nothing is logged of them."""
    monkeypatch.setattr(
        URLResolver,
        "resolve_error_handler",
        lambda self, status: lambda request, exception=None: HttpResponse(status=status),
    )
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)

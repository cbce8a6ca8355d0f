"""Looks at what each person really gets: every address of the table, as anybody, and nothing stays of it."""

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from tests.access.people import STRANGER
from tests.access.sides import Side, World
from tests.access.table import Row

NOBODYS = {"pk": 99999999, "urn": 999999}
"""Arguments of things that do not exist."""


def patterns(
    resolver: URLResolver | None = None, route: str = "", space: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every URL pattern: the name that the table uses, its whole route, and the pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from patterns(entry, here, inner)
        else:
            yield (f"{space}{entry.name}" if entry.name else f"/{here}"), here, entry


def addresses(row: Row, world: World) -> list[str]:
    """Where the row's page is: for ours, the neighbour's and nobody's thing; one address if there is no thing."""
    if row.page.startswith("/"):
        return [row.page.replace("<path:rest>", "reset/")]
    if not row.thing:
        return [reverse(row.page, kwargs=row.fixed or None)]
    return [
        reverse(row.page, kwargs=_arguments(row, world.ours)),
        reverse(row.page, kwargs=_arguments(row, world.theirs)),
        reverse(row.page, kwargs={**_arguments(row, world.ours), **_nobodys(row)}),
    ]


def _nobodys(row: Row) -> dict[str, Any]:
    needed = _parameters(row.page)
    return {name: value for name, value in NOBODYS.items() if name in needed}


@cache
def _parameters(page: str) -> set[str]:
    return next(set(entry.pattern.converters) for name, _, entry in patterns() if name == page)


def _arguments(row: Row, side: Side) -> dict[str, Any]:
    thing = side[row.thing]
    found: dict[str, Any] = {
        "pk": thing.pk,
        "urn": side.host.urn,
        "post_pk": side.post.pk,
        "round_pk": getattr(thing, "round_id", None),
        "person": _person(thing),
        "line_pk": _line(thing, "pk"),
        "request_pk": _line(thing, "request_id"),
        **row.fixed,
    }
    return {name: found[name] for name in _parameters(row.page)}


def _person(thing: Any) -> int | None:
    """Somebody named in a request, supported in a placement, or to join one."""
    if joining := getattr(thing, "joining", None):
        return int(joining.get().person_id)
    people = getattr(thing, "staff", None) or getattr(thing, "supported", None)
    first = people.first() if people else None
    return first.pk if first else None


def _line(thing: Any, name: str) -> int | None:
    """Of the first line of a plan."""
    lines = getattr(thing, "lines", None)
    return getattr(lines.first(), name) if lines else None


def outcome(response: HttpResponseBase) -> str:
    """What became of a request, in the table's words."""
    status = response.status_code
    if status == 302 and response.headers["Location"].startswith(reverse(settings.LOGIN_URL)):
        return "sign in"
    return "ok" if status in (200, 302) else str(status)


def client_of(world: World, key: str, **options: Any) -> Client:
    """A browser in which that person has signed in."""
    client = Client(**options)
    if key != STRANGER:
        client.force_login(world.users[key])
    return client


def look(client: Client, url: str, method: str = "get", data: Any = None, **extra: Any) -> Any:
    """One request, of which nothing stays: neither in the database nor in the browser (somebody may sign out)."""
    kept = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(url, data or {}, **extra)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        response.said = body.decode("utf-8", "replace")
        transaction.set_rollback(True)
    client.cookies = kept
    return response


def is_reached(url: str, pattern: URLPattern) -> bool:
    """Whether an earlier pattern does not take the address away."""
    return resolve(url).func == pattern.callback

"""Reads the service as a curious person would: the addresses of the table for every thing of both sides, files of
lists, the own calendar, what forms answer that are sent empty, then every link that a page offers.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from io import StringIO

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from astcoord.ui.lists import FilteredList
from staff.accounts.models import User
from staff.feeds import links as feeds
from tests.access.sides import World
from tests.access.table import Row, expected, rows
from tests.access.walk import addresses, client_of, look, patterns
from tests.seen import without_chance

SENT = "POST "
"""Begins the name of what a form answers that was sent empty."""

LINK = re.compile(r'(?:href|action|hx-get|formaction)="([^"#]+)')
MOST = 5
"""Pages of one kind that are read because a link leads there: the tenth school is as the fifth."""

NOT_FOLLOWED = ("/static", "/accounts/2fa/")
"""Pictures, and pages of the second step, which show a new secret each time."""

TIMES_OVER = re.compile(r"[?&](sort|page|per_page)=")
"""The same rows in another order."""


def opened(row: Row, world: World, key: str) -> list[str]:
    """Its addresses, of both sides, that open for this person: that the others do not is proved by `test_matrix.py`."""
    answers = zip(addresses(row, world)[:2], expected(row, key)[:2], strict=True)
    return [url for url, answer in answers if answer == "ok"]


def doors(world: World, key: str) -> list[str]:
    """Every address of the table that opens for this person, and of every other thing that it could be asked for."""
    found = ["/"]
    for row in rows():
        if row.kind in ("page", "form", "file") and not row.page.startswith(("account_", "/", "mfa_")):
            found += opened(row, world, key)
    for side in (world.ours, world.theirs):
        for name in ("draft", "request", "new request", "returned request", "ended request", "office draft"):
            found.append(reverse("placements:request_detail", args=[side[name].pk]))
            found.append(reverse("placements:request_check", args=[side[name].pk]))
        for name in ("match", "refused match"):
            found += [
                reverse(f"placements:{page}", args=[side[name].pk]) for page in ("match", "match_ast", "match_home")
            ]
        for name in ("planned", "preparing"):
            pages = ("placement_detail", "placement_history", "placement_protocol", "contract_draft_pdf")
            found += [reverse(f"placements:{page}", args=[side[name].pk]) for page in pages]
        found.append(reverse("placements:placement_detail", args=[side["ended placement"].pk]))
        for name in ("review", "review to write", "review to comment"):
            found += [reverse(f"evaluation:{page}", args=[side[name].pk]) for page in ("review", "review_pdf")]
        for name in ("return to report", "return reported"):
            found += [reverse(f"evaluation:{page}", args=[side[name].pk]) for page in ("return_visit", "return_pdf")]
        for name in ("head form", "head draft", "teacher form", "shared form", "level form", "conclusion"):
            found += [reverse(f"evaluation:{page}", args=[side[name].pk]) for page in ("evaluation", "evaluation_pdf")]
        found.append(reverse("evaluation:entry", args=[side["draft entry"].pk]))
        found += [reverse("placements:placement_item", args=[side.placement.pk, number]) for number in range(1, 11)]
    return found


def texts(client: Client, starts: list[str]) -> dict[str, str]:
    """What somebody reads who begins at `starts` and follows every link, files included."""
    todo, read = list(dict.fromkeys(starts)), {}
    kinds: Counter[str] = Counter()
    while todo:
        url = todo.pop(0)
        if url in read:
            continue
        if url not in starts:
            kinds[kind := kind_of(url)] += 1
            if kinds[kind] > MOST:
                continue
        response = look(client, url)
        text = response.said
        read[url] = text if response.status_code == 200 else ""
        todo += [link for link in links(url, read[url]) if link not in read]
    return read


def kind_of(url: str) -> str:
    """Which page it is, and whether it is asked for in one of its other shapes."""
    path, asked, query = url.partition("?")
    try:
        return f"{resolve(path).view_name}{asked}{query.partition('=')[0]}"
    except Resolver404:
        return path


def links(url: str, text: str) -> Iterator[str]:
    """Where a page leads, within the service."""
    for found in LINK.findall(text):
        link = unescape(found)
        link = url.partition("?")[0] + link if link.startswith("?") else link
        if link.startswith("/") and not link.startswith(NOT_FOLLOWED) and not TIMES_OVER.search(link):
            yield link


VIEWS = {name: getattr(entry.callback, "view_class", object) for name, _, entry in patterns()}


def lists() -> list[Row]:
    """The rows of the table that are lists."""
    return [row for row in rows() if issubclass(VIEWS[row.page], FilteredList)]


def read_by(world: World, key: str) -> dict[str, str]:
    """All that somebody reads, by address; looked at once in the world as it is."""
    if key not in world.read:
        client = client_of(world, key)
        files = [f"{url}?export=csv&group=all" for row in lists() for url in opened(row, world, key)]
        found = texts(client, [*doors(world, key), *files, *calendar_of(world.users.get(key))])
        sent = [f"{SENT}{url}" for url in forms(world) if found.get(url)]
        world.read[key] = {url: without_chance(text.encode()) for url, text in found.items() if text}
        world.read[key] |= {url: text for url in sent if not (text := get(client, url)).isdigit()}
    return world.read[key]


def get(client: Client, url: str) -> str:
    """What is there, or what a form answers, or the number that refuses it."""
    method, url = ("post", url.removeprefix(SENT)) if url.startswith(SENT) else ("get", url)
    response = look(client, url, method)
    return without_chance(response.said.encode()) if response.status_code == 200 else str(response.status_code)


def forms(world: World) -> list[str]:
    """Where something can be sent."""
    of_ours = [row for row in rows() if row.kind == "form" and not row.page.startswith(("account_", "/", "mfa_"))]
    return [url for row in of_ours for url in addresses(row, world)[:2]]


def calendar_of(user: User | None) -> list[str]:
    """The address of somebody's own calendar."""
    return [feeds.address(user.calendar_feed).removeprefix(settings.SITE_URL)] if user else []


@contextmanager
def logged() -> Iterator[StringIO]:
    """All that is written into any log meanwhile, as it would be without a formatter that leaves anything out."""
    said, root = StringIO(), logging.getLogger()
    handlers, level, disabled = root.handlers, root.level, root.manager.disable
    root.handlers = [logging.StreamHandler(said)]
    root.setLevel(logging.INFO)
    logging.disable(logging.NOTSET)
    try:
        yield said
    finally:
        root.handlers = handlers
        root.setLevel(level)
        logging.disable(disabled)

"""Reads pages, and counts the clicks from one to what it leads to."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.test import Client
from django.urls import resolve, reverse

from placements.placement.models import Placement

BACK = re.compile(r"[?&]back=[^&]*")
"""Which list to go back to: the page is the same without it."""

LINK = re.compile(r'<a [^>]*href="([^"#]+)')

MOST = 4
"""Clicks from a headline figure to what it rests on."""


def page_of(placement: Placement, number: int = 1) -> str:
    return reverse("evaluation:objective_evidence", args=[placement.pk, number])


def read(client: Client, user: Any, url: str, status: int = 200) -> str:
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == status, (user, url)
    return unescape(response.content.decode()).replace("\xa0", " ")


def links(text: str, url: str) -> Iterator[str]:
    """Where a page leads: the header's menu is the same everywhere and leads down to nothing."""
    main = text.partition('id="main-content"')[2].partition("</main>")[0]
    for found in LINK.findall(main):
        link = BACK.sub("", unescape(found))
        link = url.partition("?")[0] + link if link.startswith("?") else link
        if link.startswith("/") and "export=" not in link:
            yield link


def clicks(client: Client, start: str, most: int = MOST) -> dict[str, tuple[int, str]]:
    """Pages and files within so many clicks, one of each kind: how many it takes, and what it says."""
    found: dict[str, tuple[int, str]] = {}
    kinds: set[str] = set()
    todo = [start]
    for depth in range(most + 1):
        reached = []
        for url in dict.fromkeys(todo):
            kind = resolve(url.partition("?")[0]).view_name
            if kind not in kinds:
                kinds.add(kind)
                response = client.get(url)
                assert response.status_code == 200, f"{url}: {response.status_code}"
                found[url] = (depth, response.content.decode() if "html" in response["Content-Type"] else "")
                reached += list(links(found[url][1], url))
        todo = reached
    return found


def needs(found: dict[str, tuple[int, str]], url: str) -> int:
    return found[url][0] if url in found else 99


def says(found: dict[str, tuple[int, str]], words: str) -> int:
    return min((depth for depth, text in found.values() if words in unescape(text)), default=99)

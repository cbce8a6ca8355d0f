"""Opens every page that the demonstration leads to, as each of its people, in whatever database DATABASE_URL names.

    python -m tests.upgrades.walk 2026-11-28T12:00

Starts at everybody's first page and follows every link; of pages with one address each it opens a few. Prints JSON:
the URL names that opened, and what went wrong. Run beside the tests and not among them: the database is not theirs.
"""

import json
import sys
from collections import Counter, deque
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import django
import time_machine

OF_EACH = 3
"""Pages opened for one URL name and person; of files, which lead nowhere, one."""


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def links(html: str) -> list[str]:
    """Addresses on this site, without fragments, each once and in order."""
    reader = _Links()
    reader.feed(html)
    local = [link.split("#")[0] for link in reader.found if not urlsplit(link).netloc and not urlsplit(link).scheme]
    return [link for link in dict.fromkeys(local) if link.startswith("/")]


def walk(client: Any, opened: Counter[str], wrong: list[str], who: str) -> None:
    """Everything that this person can reach by following links."""
    from django.urls import Resolver404, resolve  # noqa: PLC0415  (settings must be there first)

    waiting, seen, mine, files = deque(["/"]), {"/"}, Counter[str](), set[str]()
    while waiting:
        address = waiting.popleft()
        try:
            name = resolve(urlsplit(address).path).view_name or address
        except Resolver404:
            wrong.append(f"{who}: {address} leads nowhere")
            continue
        if mine[name] >= (1 if name in files else OF_EACH) or "logout" in name:
            continue
        mine[name] += 1
        response = client.get(address)
        if response.status_code == 302 and response.headers["Location"] not in seen:
            seen.add(response.headers["Location"])
            waiting.append(response.headers["Location"])
        elif response.status_code != 200:
            wrong.append(f"{who}: {address} answers {response.status_code}")
            continue
        opened[name] += 1
        if response.streaming or "text/html" not in response.headers.get("Content-Type", ""):
            files.add(name)
        else:
            new = [link for link in links(response.content.decode()) if link not in seen]
            seen.update(new)
            waiting.extend(new)


def main(now: str) -> None:
    django.setup()
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    with time_machine.travel(datetime.fromisoformat(now), tick=True):
        call_command("migrate", verbosity=0)
        opened, wrong = Counter[str](), list[str]()
        people: dict[str, Any] = {}
        for person in get_user_model().objects.filter(is_active=True).order_by("pk"):
            for role in sorted(person.role_set):
                people.setdefault(role, person)
        for role, person in people.items():
            client = Client(raise_request_exception=False, HTTP_HOST="localhost")
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            walk(client, opened, wrong, role)
    json.dump({"opened": opened, "wrong": wrong, "roles": sorted(people)}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])

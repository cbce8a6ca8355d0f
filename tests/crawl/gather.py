"""Gathers the demonstration's pages as its people get them: everybody follows every link, and sends empty forms.

Of pages of one address that look alike the first is kept: a page has as many shapes as it has kinds of element and of
label on it, and a list of twenty rows shows nothing that one of two does not.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from astcoord.core.models.messages import Message
from staff.accounts.models import User
from tests.access.walk import look

BY_LINK = "by a link"
LEFT_OUT = ("account_logout", "outbox")
REFUSED = (400, 403, 405, 422)
"""What an empty form may be answered with, beside a page that says what is wrong."""


@dataclass(frozen=True)
class Gathered:
    """A page as somebody got it; `sent`: as the answer to an empty form."""

    who: str
    role: str
    address: str
    name: str
    html: str
    headers: dict[str, str]
    shape: frozenset[str]
    sent: bool

    def __str__(self) -> str:
        return f"{self.address} as {self.who} ({self.role}){', with nothing filled in' if self.sent else ''}"


class Reader(HTMLParser):
    """Where a page leads, whether it has a form to send, and its shape."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.sends = False
        self.shape: set[str] = set()
        self._main = self._label = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self._main |= tag == "main"
        link = facts.get("href", "").split("#")[0]
        if tag == "a" and link.startswith("/") and not urlsplit(link).netloc:
            self.links.append(link)
        if self._main:
            self.sends |= tag == "form" and facts.get("method", "").lower() == "post" and "action" not in facts
            self.shape.add(" ".join((tag, *(facts.get(name, "") for name in ("class", "type", "role")))))
            self._label = "govuk-tag" in facts.get("class", "")

    def handle_data(self, data: str) -> None:
        if self._label:
            self.shape.add(data.strip())
            self._label = False


@dataclass
class Walk:
    """One person's way along every link; of one kind of page so many are opened as `of_each` says."""

    client: Client
    who: str
    role: str
    starts: list[str]
    of_each: int
    wrong: list[str] = field(default_factory=list)

    def pages(self) -> Iterator[Gathered]:
        waiting, seen, opened = deque(self.starts), set(self.starts), Counter[str]()
        while waiting:
            address = waiting.popleft()
            name = self._name(address)
            opened[name] += 1
            if not name or name in LEFT_OUT or opened[name] > self.of_each:
                continue
            for page, reader in self._look(address, name):
                yield page
                new = [link for link in reader.links if link not in seen]
                seen.update(new)
                waiting.extend(new)

    def _name(self, address: str) -> str:
        try:
            return resolve(urlsplit(address).path).view_name
        except Resolver404:
            self.wrong.append(f"{self.who}: {address} leads nowhere")
            return ""

    def _look(self, address: str, name: str) -> Iterator[tuple[Gathered, Reader]]:
        """The page, and what it answers when its form is sent with nothing in it."""
        for method in ("get", "post"):
            response = look(self.client, address, method)
            sent, status = method == "post", response.status_code
            if status not in (200, 302, *(REFUSED if sent else ())):
                self.wrong.append(f"{self.who}: {address} answers {status} to a {method}")
            if status == 302 and not sent:
                yield from self._look(response.headers["Location"], name)
                return
            if status in (302, 405) or "text/html" not in response.headers.get("Content-Type", ""):
                return
            reader = Reader(response.said)
            shape = frozenset(reader.shape)
            headers = {key: value for key, value in response.headers.items() if key.lower() != "content-length"}
            yield Gathered(self.who, self.role, address, name, response.said, headers, shape, sent), reader
            if not reader.sends:
                return


def walks(*roles: str, of_each: int) -> Iterator[Walk]:
    """Whoever can sign in, or one person of each of these roles; and whoever got a link in a message."""
    people: dict[Any, User] = {}
    for person in User.objects.filter(is_active=True).order_by("pk"):
        held = " and ".join(sorted(person.role_set))
        if not roles or held in roles:
            people.setdefault(held if roles else person.pk, person)
    for person in people.values():
        client = Client(raise_request_exception=False)
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        yield Walk(client, person.name, " and ".join(sorted(person.role_set)), ["/"], of_each)
    yield Walk(Client(raise_request_exception=False), BY_LINK, BY_LINK, _links_sent(), of_each)


def _links_sent() -> list[str]:
    """Every address of ours that a message names."""
    words = " ".join(Message.objects.values_list("body", flat=True)).split()
    return list(dict.fromkeys(w.removeprefix(settings.SITE_URL) for w in words if w.startswith(settings.SITE_URL)))


def shapes(found: Iterable[Gathered]) -> list[Gathered]:
    """Of pages of one name that look alike, the first."""
    first: dict[Any, Gathered] = {}
    for page in found:
        first.setdefault((page.name, page.sent, page.shape), page)
    return list(first.values())


def with_something_new(pages: Iterable[Gathered]) -> list[Gathered]:
    """As few pages as hold every kind of element: the richest first, then what none before has shown."""
    shown: set[str] = set()
    chosen = []
    for page in sorted(pages, key=lambda each: -len(each.shape)):
        if page.shape - shown:
            chosen.append(page)
            shown |= page.shape
    return chosen

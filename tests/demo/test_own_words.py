"""A scheme with words of its own: nothing that anybody gets of it says "AST" (R-19.1)."""

import ast
import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from astcoord.core import documents, emails, policy, presets
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from tests import ROOT
from tests.access.walk import look
from tests.conftest import NOW
from tests.crawl.gather import Gathered, Reader, Walk, walks
from tests.demo.loading import load
from tests.worlds import put_back, quickly_printed

pytestmark = pytest.mark.usefixtures("db", "quick_print")

OWN = {
    "role_word": "specialist leader of education / specialist leaders of education",
    "role_short": "SLE / SLEs",
    "coordinator_word": "manager / managers",
    "placement_word": "engagement / engagements",
}
STANDARD = re.compile(r"\bASTs?\b|Advanced Skills|\b[Pp]lacements?\b(?![/.:_-])|\b[Cc]o-ordinators?\b")
PARTS_OF_A_PAGE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
ADDRESSES = re.compile(
    r"""(?:href|src|action|id|for|name|value|class|data-[\w-]+|hx-[\w-]+|aria-\w+by|srcset)="[^"]*"|\S+@\S+|https?://\S+|PRODID:.*"""
)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration of a scheme that has SLEs, loaded once for this file."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), quickly_printed(), put_back():
        for name, word in OWN.items():
            patch.setitem(presets.of("croydon").settings, name, word)
        with time_machine.travel(NOW, tick=True):
            load()
        yield


@pytest.fixture
def db(loaded: None) -> Iterator[None]:
    with put_back():
        yield


def typed() -> list[str]:
    """What the people of the demonstration have typed: their words stay, whatever the scheme is called."""
    found = set()
    for path in (ROOT / "astcoord" / "demo").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and STANDARD.search(node.value):
                found.update(line.strip("-# ") for line in node.value.splitlines() if STANDARD.search(line))
    return sorted((text for text in found if " " in text), key=len, reverse=True)


TYPED = typed()


def left(text: str) -> list[str]:
    """Words of the standard scheme in what somebody gets, but for what people typed."""
    text = html.unescape(ADDRESSES.sub("", PARTS_OF_A_PAGE.sub("", text)))
    for each in TYPED:
        text = text.replace(each, "")
    return [text[max(0, m.start() - 40) : m.end() + 20].replace("\n", " ") for m in STANDARD.finditer(text)]


def test_r_19_1_no_message_says_ast() -> None:
    wrong = []
    for message in Message.objects.all():
        for text in (message.subject, message.body, emails.html(message.subject, message.body), message.calendar):
            wrong += [f"{message.kind}: {each}" for each in left(text)]
    assert Message.objects.count() > 50
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_r_19_1_no_paper_says_ast() -> None:
    wrong, kinds = [], set()
    for document in Document.objects.all():
        kinds.add(document.kind)
        words = documents.pdf(document).decode() + document.title
        wrong += [f"{document.kind}: {each}" for each in left(words)]
    assert len(kinds) > 5
    assert not wrong, "\n".join(sorted(set(wrong)))


class Everything(Walk):
    """Notes what is no page, too: files, calendars."""

    def _look(self, address: str, name: str) -> Iterator[tuple[Gathered, Reader]]:
        response = look(self.client, address)
        if response.status_code == 200 and "text/html" not in response.headers.get("Content-Type", ""):
            self.wrong += [f"{name} (file): {each}" for each in left(response.said)]
        yield from super()._look(address, name)


def test_r_19_1_no_page_and_no_file_says_ast() -> None:
    wrong: set[str] = set()
    names: set[str] = set()
    with time_machine.travel(NOW, tick=True):
        for walk in walks("ast", "coordinator", "consultant", "governor", "headteacher", "officer", of_each=2):
            everything = Everything(walk.client, walk.who, walk.role, walk.starts, walk.of_each)
            for page in everything.pages():
                names.add(page.name)
                wrong.update(f"{page.name}: {each}" for each in left(page.html))
            wrong.update(each for each in everything.wrong if "(file)" in each)
    assert len(names) > 150, "the walk has lost its way"
    assert not wrong, "\n".join(sorted(wrong))


def test_the_policy_in_force_has_these_words() -> None:
    with policy.own_words():
        assert policy.in_force().words.short.one == "SLE"

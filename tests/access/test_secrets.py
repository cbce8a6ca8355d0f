"""Every private text carries a mark; every page, file and list is read as everybody; marks turn up only where they may.

What a person may read stands in `secrets.py`. Pages are found as a curious person would find them: the addresses of
the table for every thing of both sides, then every link that a page offers.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from astcoord.core.models.messages import Message
from evaluation.evaluations.models import Evaluation
from evaluation.returns.models import ReturnVisit
from evaluation.reviews.models import ImpactReview
from evaluation.summaries.reads import summarised
from placements.days.models import OutreachDay
from placements.matching.models import Match
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.register.models import School
from staff.posts.models import Post
from tests.access.people import KEYS, SIGNED_IN
from tests.access.secrets import EVERYWHERE, MAY_READ, may_read
from tests.access.sides import OURS, THEIRS, World
from tests.access.table import rows
from tests.access.walk import addresses, client_of, look

pytestmark = pytest.mark.usefixtures("db", "quick_refusals")

MARK = re.compile(rf"({OURS}|{THEIRS})({'|'.join(MAY_READ)})")
LINK = re.compile(r'(?:href|action|hx-get|formaction)="([^"#]+)')
MOST = 5
"""Pages of one kind that are read because a link leads there: the tenth school is as the fifth."""

TIMES_OVER = re.compile(r"[?&](sort|page|per_page)=")
"""The same rows in another order."""


def doors(world: World) -> list[str]:
    """Every address of the table, for every thing of both sides that it could be asked for."""
    found = ["/"]
    for row in rows():
        if row.kind in ("page", "form", "file") and not row.page.startswith(("account_", "/", "mfa_")):
            found += addresses(row, world)[:2]
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
        for name in ("head form", "head draft", "teacher form", "shared form", "conclusion"):
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
        if link.startswith("/") and not link.startswith("/static") and not TIMES_OVER.search(link):
            yield link


SEEN: set[str] = set()
"""The marks that somebody has come across."""

NOT_SHOWN_YET: set[str] = set()
"""Texts for which there is no page: should one come, its marks are looked for."""


@pytest.mark.one_database
@pytest.mark.parametrize("key", KEYS)
def test_r_16_2_nobody_comes_across_what_is_not_for_them(world: World, key: str) -> None:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for url, text in texts(client_of(world, key), doors(world)).items():
        for side, mark in set(MARK.findall(text)):
            found[side, mark].append(url)
    leaks = [
        f"{side}{mark} on {', '.join(urls[:5])}"
        for (side, mark), urls in sorted(found.items())
        if not may_read(key, side=side, mark=mark, ours=OURS)
    ]
    assert not leaks, f"{key} reads:\n" + "\n".join(leaks)
    SEEN.update(mark for side, mark in found if side == OURS)


def test_every_mark_lies_where_somebody_finds_it() -> None:
    """A mark that nobody sees would prove nothing. Runs after the readers."""
    if not SEEN:
        pytest.skip("nobody has read anything")
    assert set(MAY_READ) - SEEN == NOT_SHOWN_YET


@pytest.mark.parametrize(("key", "reads"), [("administrator", False), ("coordinator", True)])
def test_section_g_an_administrator_is_not_shown_a_declaration_on_the_page_that_enters_one(
    world: World, key: str, reads: bool
) -> None:
    asked = world.ours["office draft"]
    asked.staff.update(situation="serious")
    page = look(client_of(world, key), reverse("placements:request_person", args=[asked.pk, asked.staff.get().pk]))
    chosen = re.findall(r'<input[^>]*name="situation"[^>]*value="(\w+)"[^>]*checked', page.said)
    assert (chosen == ["serious"]) is reads


def test_r_15_messages_name_no_supported_person_and_declare_nothing(world: World) -> None:
    """Section F: no difficulty and no names of supported staff in a subject; no declaration anywhere."""
    for message in Message.objects.all():
        assert "STAFF" not in message.subject, message
        assert "DECL" not in message.subject + message.body, message


def lists(world: World) -> Iterator[tuple[str, Callable[[Any], int]]]:
    """Every list that can be saved as a file, and how many rows it owes to somebody."""
    yield "schools:list", lambda user: School.objects.visible_to(user).count()
    yield "staff:posts", lambda user: Post.objects.visible_to(user).count()
    yield "placements:queue", lambda user: OutreachRequest.objects.visible_to(user).count()
    yield "placements:matches", lambda user: Match.objects.visible_to(user).count()
    yield "placements:placement_list", lambda user: Placement.objects.visible_to(user).count()
    yield "placements:placements_at_school", lambda user: Placement.objects.visible_to(user).count()
    yield "placements:my_placements", lambda user: Placement.objects.visible_to(user).count()
    yield "evaluation:reviews", lambda user: ImpactReview.objects.visible_to(user).count()
    yield "evaluation:evaluations", lambda user: Evaluation.objects.visible_to(user).count()
    yield "evaluation:return_visits", lambda user: ReturnVisit.objects.visible_to(user).count()
    yield "evaluation:summaries", lambda user: summarised(Placement.objects.summarised_to(user)).count()
    yield "placements:day_list", lambda user: OutreachDay.objects.count()


def table_of(response: Any) -> list[list[str]]:
    """The rows of a file, without its heading."""
    return list(csv.reader(StringIO(response.said)))[1:]


@pytest.mark.parametrize("key", SIGNED_IN)
def test_lists_and_their_files_hold_what_is_visible_and_nothing_else(world: World, key: str) -> None:
    client, user = client_of(world, key), world.users[key]
    for name, owed in lists(world):
        response = look(client, f"{reverse(name)}?export=csv&group=all")
        if response.status_code == 200:
            told = len(table_of(response))
            assert told == owed(user), f"{name} tells {key} of {told}"


@pytest.mark.one_database
@pytest.mark.parametrize("key", ["officer", "consultant", "other_consultant", "host_head", "home_head", "ast"])
def test_a_search_finds_nothing_by_words_that_the_person_may_not_read(world: World, key: str) -> None:
    """Otherwise the number of rows found would tell: is there a request with this name in it?"""
    client, user = client_of(world, key), world.users[key]
    for name, owed in lists(world):
        if not owed(user):
            continue
        for side in (OURS, THEIRS) if key in EVERYWHERE else (OURS,):  # others see no row of theirs
            for mark in MAY_READ:
                if may_read(key, side=side, mark=mark, ours=OURS):
                    continue
                word = f"{side}{mark}"
                query = {"export": "csv", "group": "all", "q": word, "name": word}
                response = look(client, reverse(name), data=query)
                assert response.status_code == 403 or not table_of(response), f"{key} finds {word} in {name}"

"""What is private is not to be had by asking for it either: in lists, their files, searches, and a few pages.

What each person comes across without asking is in `test_fields.py`.
"""

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse

from astcoord.core.models.messages import Message
from evaluation.evaluations.models import Evaluation
from evaluation.returns.models import ReturnVisit
from evaluation.reviews.models import ImpactReview
from evaluation.summaries.reads.placements import summarised
from placements.days.models import OutreachDay
from placements.matching.models import Match
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.register.models import School
from staff.posts.models import Post
from tests.access.fields import EVERYWHERE
from tests.access.marks import MARKS, may_read
from tests.access.people import SIGNED_IN
from tests.access.sides import OURS, THEIRS, World
from tests.access.walk import client_of, look

pytestmark = pytest.mark.usefixtures("db", "quick_refusals")


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
    """The rows of a file, without its heading and without how they were chosen, which stands below them."""
    return [row for row in csv.reader(StringIO(response.said)) if row and not row[0].startswith("# ")][1:]


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
            for mark in MARKS:
                if may_read(key, side=side, mark=mark, ours=OURS):
                    continue
                word = f"{side}{mark}"
                query = {"export": "csv", "group": "all", "q": word, "name": word}
                response = look(client, reverse(name), data=query)
                assert response.status_code == 403 or not table_of(response), f"{key} finds {word} in {name}"

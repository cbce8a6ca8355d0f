"""Nobody who may not know the people supported reads their names in what others wrote (section G, R-16.2)."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from tests.access import named
from tests.access.crawl import doors, texts
from tests.access.sides import World
from tests.access.walk import client_of
from tests.worlds import put_back

pytestmark = [pytest.mark.usefixtures("db", "quick_refusals"), pytest.mark.one_database]

DO_NOT_KNOW = (
    *("officer", "consultant", "other_consultant", "home_head", "outsider_head"),
    *("other_ast", "host_chair", "other_governor"),
)
NOWHERE = {
    "placements.Placement.override_reason",
    "placements.Meeting.absence_consent",
    "placements.ProtocolItem.action",
    "placements.Amendment.answer",
    "evaluation.ReturnVisit.cancel_reason",
}
"""What no page of the world shows to the co-ordinator: an item without an action, what is only in the history."""

HOST_AND_AST = {
    *("placements.OutreachRequest.need", "placements.OutreachRequest.aspect", "placements.Placement.focus"),
    *("placements.Placement.day_shape", "placements.Objective.text", "placements.Objective.baseline"),
    *("placements.OutreachDay.note", "placements.ProtocolItem.note", "placements.Amendment.reason"),
    *("placements.InformalLink.note", "placements.DayPart.taught"),
    *("evaluation.DiaryEntry.evidence", "evaluation.DiaryEntry.talk_note", "evaluation.ImpactReview.summary"),
    *("evaluation.Evidence.title", "evaluation.ReturnFinding.evidence", "evaluation.MeetingAction.text"),
}
"""What both sides of the work read as it was written, names and all."""

Marks = dict[str, str]


@pytest.fixture(scope="module")
def marks(world: World, django_db_blocker: Any) -> Iterator[Marks]:
    """Somebody is named everywhere, for as long as this file's tests."""
    with django_db_blocker.unblock(), put_back():
        yield named.everywhere()


def read(world: World, key: str) -> dict[str, list[str]]:
    """Beside which mark ("": beside none) somebody reads the name or a part of it, and on which pages."""
    found: dict[str, list[str]] = defaultdict(list)
    for url, text in texts(client_of(world, key), doors(world, key)).items():
        for mark in {each.group(1) or "" for each in named.SEEN.finditer(text)}:
            found[mark].append(url)
    return found


@pytest.mark.parametrize("key", DO_NOT_KNOW)
def test_section_g_who_may_not_know_the_people_reads_their_names_nowhere(world: World, marks: Marks, key: str) -> None:
    leaks = [f"{marks.get(mark, '?')} on {', '.join(urls[:6])}" for mark, urls in sorted(read(world, key).items())]
    assert not leaks, f"{key} reads the name:\n" + "\n".join(leaks)


def test_section_g_the_coordinator_reads_every_text_as_it_was_written(world: World, marks: Marks) -> None:
    """Otherwise a page that shows a text no more would prove that it keeps the names back."""
    found = read(world, "coordinator")
    assert {column for mark, column in marks.items() if mark not in found} <= NOWHERE


@pytest.mark.parametrize("key", ["host_head", "ast"])
def test_section_g_host_head_and_ast_read_the_names_of_those_they_work_with(
    world: World, marks: Marks, key: str
) -> None:
    found = read(world, key)
    assert HOST_AND_AST - {marks[mark] for mark in found if mark} == set()
    assert "" in found, "the list of people"


def test_every_text_that_may_name_somebody_names_somebody_here(marks: Marks) -> None:
    """A new column is in the models' declarations, so it is in this test; the world must have a row of it."""
    every = {f"{model._meta.label}.{column}" for model, column in named.columns()}
    assert every - set(marks.values()) <= named.WITHOUT_A_ROW

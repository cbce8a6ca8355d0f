"""What the first page asks before a placement's first day: the meeting, the papers, the first talks."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import home
from astcoord.core.clock import today
from placements.overview.home import preparing
from placements.papers.models import SharedDocument
from staff.accounts.models import User
from tests.cast import Cast
from tests.placements import active, stories

pytestmark = pytest.mark.django_db


def tasks(user: User) -> dict[str, home.Task]:
    return {task.title: task for task in preparing.tasks(user, today())}


def test_head_and_ast_are_told_of_the_preliminary_meeting_until_it_is_over(cast: Cast) -> None:
    placement = cast.placement(meeting_called_for=date(2026, 10, 14), meeting_place="3:45pm, head’s office")
    for user in (cast.host_head, cast.ast):
        [task] = preparing.tasks(user, today())
        assert (task.title, task.due) == ("Come to the preliminary meeting", date(2026, 10, 14))
        assert "3:45pm" in task.hint
        assert task.url == placement.get_absolute_url()
    for nobody in (cast.outsider, cast.home_head, cast.coordinator):
        assert not list(preparing.tasks(nobody, today()))
    placement.meeting_called_for = date(2026, 10, 5)
    placement.save()
    assert not tasks(cast.host_head)


def test_r_9_1_the_head_is_asked_for_the_papers_by_the_first_day_promised(cast: Cast) -> None:
    placement = stories.ready(cast)
    task = tasks(cast.host_head)["Show the AST the papers asked for"]
    assert (task.due, task.count) == (date(2026, 10, 20), 6)
    assert task.url == reverse("placements:papers", args=[placement.pk])
    placement.papers.exclude(kind=SharedDocument.Kind.ACTION_PLANS).update(state=SharedDocument.State.SEEN)
    assert tasks(cast.host_head)["Show the AST the papers asked for"].count == 1
    placement.papers.update(state=SharedDocument.State.UPLOADED)
    assert "Show the AST the papers asked for" not in tasks(cast.host_head)


def test_r_8_2_first_talks_are_asked_for_from_the_contract_on(cast: Cast) -> None:
    placement = stories.ready(cast)
    title = "Arrange the first talk of the AST with each person"
    assert title not in tasks(cast.host_head)
    placement.status = "contract_issued"
    placement.save()
    assert tasks(cast.host_head)[title].count == 2
    assert tasks(cast.ast)["Hold the first talk with each person"].count == 2
    one, two = placement.supported.all()
    one.first_met_on = date(2026, 10, 5)
    one.save()
    assert tasks(cast.host_head)[title].count == 1
    two.withdrew_on = date(2026, 10, 5)
    two.save()
    assert title not in tasks(cast.host_head)
    assert not tasks(cast.ast)


def test_they_cost_the_same_at_1_and_at_30_placements(cast: Cast) -> None:
    def queries() -> list[int]:
        found = []
        for user in (cast.host_head, cast.ast):
            with CaptureQueriesContext(connection) as captured:
                list(preparing.tasks(user, today()))
            found.append(len(captured))
        return found

    active.active(cast)
    queries()
    one = queries()
    for _ in range(29):
        placement = active.active(cast)
        placement.papers.create(kind=SharedDocument.Kind.ACTION_PLANS, due=date(2026, 10, 20))
    assert queries() == one
    assert max(one) <= 6

"""The demonstration under a policy that lets a group decide, and evaluates on four levels with logic models."""

from datetime import UTC, datetime
from typing import Any

import pytest

from astcoord.core.clock import today
from astcoord.demo import asks, evaluations, groups, scene
from astcoord.demo.story import Story
from evaluation.evaluations.lifecycle import EVALUATION_ANSWERED, EvaluationKind
from evaluation.evaluations.models import Evaluation
from evaluation.logic.models import LogicModel
from placements.groups.models import GroupItem, GroupMeeting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print"), pytest.mark.one_database]


def ended(clock: Any, preset: str) -> Story:
    """One placement, told to its end."""
    clock.move_to(datetime(2027, 2, 3, 9, tzinfo=UTC))
    built = scene.build(today(), preset)
    story = built.story(asks.STORIES, 90).draft().send().take_up().propose(built.posts["Tansy Orchard"]).agree()
    story.meet().settle().confirm().issue().sign_all().plan(built.today).work(built.today)
    evaluations.finish(built, story)
    return story


def test_a_logic_model_and_four_levels_are_on_show(clock: Any) -> None:
    ended(clock, "leicester")
    assert LogicModel.objects.get().status == "agreed"
    after = Evaluation.objects.filter(kind=EvaluationKind.IMMEDIATE, status__in=EVALUATION_ANSWERED)
    assert after.exists()
    assert not after.filter(learning="").exists()


def test_without_four_levels_there_is_nothing_of_them(clock: Any) -> None:
    story = ended(clock, "croydon")
    assert story.fresh().status in ("completed", "return_due")
    assert not LogicModel.objects.exists()
    assert not Evaluation.objects.filter(levels=True).exists()


def test_one_meeting_has_agreed_and_the_next_has_an_agenda() -> None:
    stage = scene.build(today(), "leicester")
    story = stage.story(asks.BEHAVIOUR, 8).draft().send().take_up().propose(stage.posts["Sage Kittering"]).agree()
    assert story.placement is not None
    stage.story(asks.HISTORY, 6).draft().send().take_up().propose(stage.posts["Rosalind Tarn"])
    groups.tell(stage)
    assert sorted(GroupMeeting.objects.values_list("status", flat=True)) == ["held", "planned"]
    assert sorted(GroupItem.objects.values_list("outcome", flat=True)) == ["", "agreed"]


def test_without_a_group_no_meeting_is_on_show() -> None:
    groups.tell(scene.build(today(), "croydon"))
    assert not GroupMeeting.objects.exists()

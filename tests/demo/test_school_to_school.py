"""The demonstration under the preset of school-to-school support: half-way reviews in every state, and charges."""

from datetime import timedelta

import pytest

from astcoord.core.clock import today
from astcoord.demo import asks, half_way, scene
from astcoord.demo.scene import Scene
from evaluation.half_way.lifecycle import HalfWayStatus
from evaluation.half_way.models import HalfWayReview
from placements.charges.reads import lines_of
from placements.deployment.reads.periods import periods
from placements.placement.models import Placement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print"), pytest.mark.one_database]


def under_way(preset: str) -> Scene:
    """Three placements with days delivered, half of their time over."""
    stage = scene.build(today(), preset)
    stories = ((asks.STORIES, "Tansy Orchard"), (asks.BEHAVIOUR, "Sage Kittering"), (asks.HISTORY, "Rosalind Tarn"))
    for ask, name in stories:
        story = stage.story(ask, 60).draft().send().take_up().propose(stage.posts[name]).agree()
        story.meet().settle().confirm().issue().sign_all().plan(stage.today).work(stage.today)
    Placement.objects.filter(status="active").update(ends_on=today() + timedelta(days=10))
    half_way.tell(stage)
    return stage


def test_half_way_reviews_and_charges_are_on_show() -> None:
    stage = under_way("school-to-school")
    reviews = HalfWayReview.objects.order_by("pk")
    assert [review.status for review in reviews] == [HalfWayStatus.ASKED, HalfWayStatus.ASKED, HalfWayStatus.DECIDED]
    assert [len(review.missing) for review in reviews] == [2, 0, 0]
    year = next(period for period in periods() if period.whole and period.first <= stage.today <= period.last)
    assert len(lines_of(stage.coordinator, year)) == 3


def test_without_them_there_is_nothing_of_them() -> None:
    under_way("croydon")
    assert not HalfWayReview.objects.exists()

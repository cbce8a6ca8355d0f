"""The demonstration under a policy that has QA visits."""

import pytest

from astcoord.core.clock import today
from astcoord.demo import quality, scene
from staff.quality.models import QaVisit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print"), pytest.mark.one_database]


def test_one_visit_is_commented_and_another_planned() -> None:
    quality.tell(scene.build(today(), "bradford"))
    assert sorted(QaVisit.objects.values_list("status", flat=True)) == ["commented", "planned"]


def test_without_qa_visits_there_is_none() -> None:
    quality.tell(scene.build(today(), "croydon"))
    assert not QaVisit.objects.exists()

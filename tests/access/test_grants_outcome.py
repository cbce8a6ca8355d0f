"""What came of the work, for the people supported: matrix G grants them their own part of it, by their link."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placements.placement.models import Objective
from placements.supported.links import token_for
from placements.supported.models import SupportedStaff
from tests.cast import Cast
from tests.evaluation.evaluations import telling
from tests.placements.active import active

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

REACHED = "How far your objectives were reached"


def own_page(person: SupportedStaff) -> str:
    return Client().get(reverse("placements:supported_form", args=[token_for(person)])).content.decode()


def test_g_final_a_person_supported_reads_how_far_the_own_objectives_were_reached(
    cast: Cast, clock: Any, django_assert_max_num_queries: Any
) -> None:
    clock.move_to("2026-12-01 09:00 +0000")
    placement = active(cast, objectives=3)
    juno, sorrel = placement.supported.order_by("pk")
    Objective.objects.get(placement=placement, number=3).people.add(sorrel)
    own = telling.whole_final(cast, placement)
    assert REACHED not in own_page(juno), "not before it is concluded"
    telling.deciding.conclude(form=own, answers=telling.answers(own), without_reason="", by=cast.coordinator)

    with django_assert_max_num_queries(16):
        said = own_page(juno).partition(REACHED)[2]
    assert "Pupils choose a method by themselves." in said
    assert said.count("<dd") - said.partition("What is held about you here")[2].count("<dd") == 2
    assert "Books show reasoning" not in said, "that one concerns somebody else"
    assert "Proof of" not in said, "the school's own words stay with the school"
    theirs = own_page(sorrel).partition(REACHED)[2]
    assert "Books show reasoning in sentences." in theirs
    assert "Juno" not in theirs

    SupportedStaff.objects.filter(pk=juno.pk).update(withdrew_on="2026-10-06")
    assert REACHED not in own_page(juno)

"""Where evaluation looks at results, too, they stand beside what the forms say (section A, evaluation model)."""

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.models.policy import Policy
from evaluation.evaluations.lifecycle import AskedOf
from evaluation.results.wording import CONTRIBUTION
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.evaluations.telling import form_of, whole_final
from tests.evaluation.results.figures import example, in_between
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def test_r_11_10_results_stand_beside_the_objectives_only_where_evaluation_looks_at_them(
    client: Client, cast: Cast, placement: Placement
) -> None:
    example(cast.coordinator, placement.host)
    placement = in_between(placement)
    whole_final(cast, placement)
    own = form_of(placement, AskedOf.COORDINATOR)
    pages = [
        reverse("evaluation:placement_evaluations", args=[placement.pk]),
        reverse("evaluation:evaluation_conclude", args=[own.pk]),
    ]
    client.force_login(cast.coordinator)
    for page in pages:
        assert "percentage points" not in text(client.get(page))
    Policy.objects.update(evaluation_model="results")
    for page in pages:
        shown = text(client.get(page))
        assert "59.0% 68.1% +9.1 percentage points" in shown
        assert "74.7% 71.7% −3.0 percentage points" in shown
        assert CONTRIBUTION in shown


def test_g_the_asts_own_head_reads_no_results_of_the_host(client: Client, cast: Cast, placement: Placement) -> None:
    example(cast.coordinator, placement.host)
    placement = in_between(placement)
    Policy.objects.update(evaluation_model="results")
    page = reverse("evaluation:placement_evaluations", args=[placement.pk])
    for reader, told in ((cast.home_head, False), (cast.host_head, True), (cast.ast, True)):
        client.force_login(reader)
        assert ("+9.1" in text(client.get(page))) is told
    assert "74.7%" not in text(client.get(page)), "ASTs read the subject of the placement"

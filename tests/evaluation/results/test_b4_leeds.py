"""Scenario 4, the middle: under the policy of Leeds results are entered, compared as a contribution, and exported."""

import csv
import io

import pytest
from django.test import Client

from astcoord.core import presets
from astcoord.core.models.policy import Policy
from evaluation.results.models import AttainmentResult
from evaluation.results.wording import CONTRIBUTION
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.results.figures import EXAMPLE, in_between

pytestmark = pytest.mark.django_db


def test_b_4_results_entered_by_the_head_are_compared_as_a_contribution_and_exported(
    client: Client, cast: Cast, placement: Placement
) -> None:
    Policy.objects.update(**presets.settings_of("leeds"))
    in_between(placement)
    client.force_login(cast.host_head)
    for year, subject, measure, value in EXAMPLE:
        answers = {"subject": subject, "measure": measure, "year": year, "value": value, "cohort": "180"}
        assert client.post("/results/add/", answers).status_code == 302
    page = client.get(f"/placements/{placement.pk}/results/").content.decode()
    for change in ("+9.1", "−3.0", "+8.1"):
        assert f"{change} percentage points" in page
    assert CONTRIBUTION in page

    client.force_login(cast.coordinator)
    file = client.get("/results/?export=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    told = {(row["Year"], row["Subject"], row["Figure"]) for row in rows}
    assert len(told) == AttainmentResult.objects.count() == len(EXAMPLE)
    assert ("2009", "Mathematics and numeracy", "68.1%") in told
    assert ("2008", "Whole school", "54.3%") in told

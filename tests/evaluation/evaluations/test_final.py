"""The final evaluation: what it rests on, what it covers, its paper (R-11.3, R-11.5, R-11.11, R-15.10)."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from evaluation.evaluations.actions import deciding
from evaluation.evaluations.lifecycle import AskedOf
from evaluation.evaluations.models import Evaluation
from evaluation.reviews.wording import CONTRIBUTION
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.evaluations.telling import answers, asked_final, concluded, form_of, hand_in, whole_final

pytestmark = pytest.mark.django_db


def conclude(cast: Cast, own: Evaluation, reason: str = "", **other: Any) -> Evaluation:
    return deciding.conclude(form=own, answers=answers(own, **other), without_reason=reason, by=cast.coordinator)


def test_r_11_3_on_the_asts_view_alone_it_is_refused(cast: Cast, placement: Placement) -> None:
    asked_final(placement)
    hand_in(form_of(placement, AskedOf.AST), cast.ast)
    own = form_of(placement, AskedOf.COORDINATOR)
    with pytest.raises(Refused, match="never rests on the AST’s own view alone") as refused:
        conclude(cast, own)
    assert [p.field for p in refused.value.problems] == ["without_reason"]
    own.refresh_from_db()
    assert (own.status, own.practice) == ("due", ""), "nothing is half saved"
    assert deciding.before_completed(placement)


def test_r_11_3_the_heads_form_alone_is_not_enough_and_a_persons_form_with_it_is(
    cast: Cast, placement: Placement
) -> None:
    asked_final(placement)
    hand_in(form_of(placement, AskedOf.HOST_HEAD), cast.host_head)
    own = form_of(placement, AskedOf.COORDINATOR)
    with pytest.raises(Refused, match="Wait for a supported person’s form"):
        conclude(cast, own)
    first, second = Evaluation.objects.filter(asked_of=AskedOf.SUPPORTED)
    hand_in(first)
    assert conclude(cast, own).status == "accepted"
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("accepted", "waived")
    assert second.waive_reason == "The final evaluation was concluded without it."


def test_r_11_3_the_co_ordinator_may_do_without_and_says_why(cast: Cast, placement: Placement) -> None:
    asked_final(placement)
    own = form_of(placement, AskedOf.COORDINATOR)
    done = conclude(cast, own, "The school is without a head and the teachers have left.")
    assert (done.status, done.without_reason) == (
        "accepted",
        "The school is without a head and the teachers have left.",
    )


def test_r_11_3_waived_forms_count_as_waived(cast: Cast, placement: Placement) -> None:
    asked_final(placement)
    for form in Evaluation.objects.exclude(asked_of__in=[AskedOf.AST, AskedOf.COORDINATOR]):
        with pytest.raises(Refused, match="Enter the reason"):
            deciding.waive(form=form, reason=" ", by=cast.coordinator)
        deciding.waive(form=form, reason="Asked twice; the post is vacant.", by=cast.coordinator)
    assert conclude(cast, form_of(placement, AskedOf.COORDINATOR)).status == "accepted"


@pytest.mark.parametrize("left_out", ["practice", "impact", "continues", "talked_on", "took_part"])
def test_r_11_5_it_covers_practice_impact_and_what_continues(cast: Cast, placement: Placement, left_out: str) -> None:
    own = whole_final(cast, placement)
    with pytest.raises(Refused) as refused:
        conclude(cast, own, **{left_out: None})
    assert [p.field for p in refused.value.problems] == [left_out]


def test_r_11_5_only_the_co_ordinator_concludes(cast: Cast, placement: Placement) -> None:
    own = whole_final(cast, placement)
    for user in (cast.administrator, cast.host_head, cast.ast):
        with pytest.raises(PermissionDenied):
            deciding.conclude(form=own, answers=answers(own), without_reason="", by=user)


def test_r_11_5_completed_is_refused_without_it(cast: Cast, placement: Placement) -> None:
    assert [p.rule for p in deciding.before_completed(placement)] == ["R-11.5"]
    own = whole_final(cast, placement)
    assert deciding.before_completed(placement)
    conclude(cast, own)
    assert deciding.before_completed(placement) == []
    told = Message.objects.filter(kind="evaluation-concluded").values_list("to_email", flat=True)
    assert set(told) == {cast.host_head.email, cast.home_head.email, cast.ast.email}


def test_r_11_5_completed_is_chosen_on_its_page_and_refused_until_it_is_concluded(
    client: Client, cast: Cast, placement: Placement, quick_print: None
) -> None:
    own = whole_final(cast, placement)
    client.force_login(cast.coordinator)
    url = reverse("placements:placement_complete", args=[placement.pk])
    assert "Conclude the final evaluation first" in client.post(url).content.decode()
    placement.refresh_from_db()
    assert placement.status == "final_evaluation"
    conclude(cast, own)
    client.post(url)
    placement.refresh_from_db()
    assert placement.status == "completed"


def test_r_11_5_the_whole_final_evaluation_may_be_waived_with_a_reason(cast: Cast, placement: Placement) -> None:
    asked_final(placement, "ended_early")
    deciding.waive(form=form_of(placement, AskedOf.COORDINATOR), reason="Ended on its second day.", by=cast.coordinator)
    assert deciding.before_completed(placement) == []


def test_r_11_11_a_sole_cause_claim_is_sent_back(cast: Cast, placement: Placement) -> None:
    own = whole_final(cast, placement)
    with pytest.raises(Refused, match="say what the outreach contributed"):
        conclude(cast, own, impact="Results rose only because of the AST.")


@pytest.mark.paper
def test_r_15_10_three_objectives_three_sections_and_the_contribution_wording(cast: Cast, placement: Placement) -> None:
    concluded(cast, placement)
    frozen = deciding.final_paper(placement)
    assert frozen is not None
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(documents.pdf(frozen))).pages).split())
    for number in (1, 2, 3):
        assert f"Objective {number}: Reached" in text
        assert f"Proof of {number}" in text
    assert CONTRIBUTION in text
    assert "1 form of 2 handed in by the people supported" in text
    assert "Sorrel Ambleforth" not in text
    assert "Concluded by Bryony Quill" in text


def test_r_11_5_the_page_says_what_is_missing_and_concludes(
    client: Client, cast: Cast, placement: Placement, quick_print: None
) -> None:
    asked_final(placement)
    own = form_of(placement, AskedOf.COORDINATOR)
    client.force_login(cast.coordinator)
    url = reverse("evaluation:evaluation_conclude", args=[own.pk])
    page = client.get(url).content.decode()
    assert "Missing: the host headteacher’s form and a supported person’s form." in page
    sent = {
        "talked_on_day": "20",
        "talked_on_month": "11",
        "talked_on_year": "2026",
        "took_part": ["ast", "coordinator"],
        "practice": "Both wait longer.",
        "impact": "Pupils explain more.",
        "continues": "Planning together.",
        "without_reason": "",
    }
    refused = client.post(url, sent).content.decode()
    assert 'href="#id_without_reason"' in refused
    done = client.post(url, {**sent, "without_reason": "Both have left the school."}, follow=True).content.decode()
    assert "The final evaluation is concluded" in done
    assert client.get(url).status_code == 403
    assert client.get(reverse("evaluation:final_evaluation_pdf", args=[placement.pk])).status_code == 200

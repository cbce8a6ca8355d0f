"""Evidence stands where an objective is judged: on the impact review and in the final evaluation (R-10.5, R-11.2)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evaluation.evaluations.lifecycle import AskedOf
from evaluation.reviews import actions as reviews
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.evaluations.telling import asked_final, form_of, hand_in
from tests.evaluation.evidence.test_evidence import LINK, attach
from tests.evaluation.stories import answers, opened

pytestmark = pytest.mark.django_db

SHOWN = f'href="{LINK.link}"'


def page(client: Client, user: Any, name: str, pk: int) -> str:
    client.force_login(user)
    return client.get(reverse(f"evaluation:{name}", args=[pk])).content.decode()


def test_r_11_2_evidence_of_an_objective_is_listed_where_the_review_is_written_and_read(
    client: Client, cast: Cast, placement: Placement
) -> None:
    attach(cast, placement)
    review = opened(placement)
    written = page(client, cast.ast, "review_write", review.pk)
    assert written.index("Objective 1") < written.index(SHOWN) < written.index("Objective 2")
    reviews.submit(review=review, answers=answers(placement), summary="More pupils explain.", by=cast.ast)
    for reader in (cast.host_head, cast.coordinator):
        assert SHOWN in page(client, reader, "review", review.pk)
    assert SHOWN in page(client, cast.host_head, "review_comment", review.pk)
    assert SHOWN not in page(client, cast.home_head, "review", review.pk)


def test_r_10_5_evidence_is_listed_where_the_final_evaluation_is_written_concluded_and_read(
    client: Client, cast: Cast, placement: Placement
) -> None:
    attach(cast, placement)
    asked_final(placement)
    form = form_of(placement, AskedOf.HOST_HEAD)
    assert SHOWN in page(client, cast.host_head, "evaluation_write", form.pk)
    hand_in(form, cast.host_head)
    assert SHOWN in page(client, cast.coordinator, "evaluation", form.pk)
    own = form_of(placement, AskedOf.COORDINATOR)
    assert SHOWN in page(client, cast.coordinator, "evaluation_conclude", own.pk)

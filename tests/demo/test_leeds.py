"""The demonstration under a policy that has the screen of estimates."""

import pytest

from astcoord.core.clock import today
from astcoord.demo import figures, scene
from evaluation.estimates.lifecycle import OfferStatus
from evaluation.estimates.models import Estimate, Offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print"), pytest.mark.one_database]


def test_offers_are_on_show_in_every_state() -> None:
    figures.tell(scene.build(today(), "leeds"))
    assert set(Offer.objects.values_list("status", flat=True)) == set(OfferStatus.values)
    assert Estimate.objects.with_actual().filter(difference__gt=0).exists()


def test_without_the_screen_there_is_nothing_of_it() -> None:
    figures.tell(scene.build(today(), "croydon"))
    assert not Estimate.objects.exists()

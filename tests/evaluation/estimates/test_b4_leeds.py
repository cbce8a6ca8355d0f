"""Scenario B4, its beginning: the FFT upload flags maths, and the head accepts the offer as a request (Leeds)."""

import pytest
from django.urls import reverse

from astcoord.core import presets
from astcoord.core.models.policy import Policy
from evaluation.estimates.models import Offer
from placements.requests.models import OutreachRequest
from tests.cast import Cast
from tests.evaluation.estimates.figures import loaded, sent
from tests.placements.requests.asking import PAGES, PERSON
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db

MATHS = "Maths,GCSE at A* to C in the subject,2008,66,59,176"
ENGLISH = "English,GCSE at A* to C in the subject,2008,72,74.7,176"


@pytest.fixture
def leeds(cast: Cast) -> Cast:
    """The policy of the preset."""
    Policy.objects.update(**presets.settings_of("leeds"))
    return cast


def test_b4_the_upload_flags_maths_and_the_offer_becomes_a_request_in_the_one_queue(leeds: Cast) -> None:
    office, head = signed_in(leeds.coordinator), signed_in(leeds.host_head)
    urn = leeds.host.urn
    assert "2 estimates stored." in text(loaded(office, f"{urn},{MATHS}", f"{urn},{ENGLISH}"))

    screen = text(office.get(reverse("evaluation:fft_screen")))
    assert "Mathematics and numeracy GCSE at A* to C in the subject 2008 66.0% 59.0% −7.0" in screen
    assert "English" not in screen.split("Departments School")[1]

    row = leeds.host.estimates.get(subject="mathematics")
    office.post(reverse("evaluation:offer_make", args=[row.pk]))
    offer = Offer.objects.get()
    assert "Answer the offer of help in Mathematics and numeracy" in text(head.get(reverse("home")))
    head.post(reverse("evaluation:offer_accept", args=[offer.pk]))

    request = OutreachRequest.objects.get()
    assert "66" in request.evidence
    queue = reverse("placements:queue")
    assert request.reference not in text(office.get(queue)), "it is the school’s only when its head has sent it"
    for slug, answers in PAGES.items():
        said = {**answers, "evidence": request.evidence} if slug == "need" else answers
        assert head.post(reverse("placements:request_step", args=[request.pk, slug]), said).status_code == 302, slug
    head.post(reverse("placements:request_person_add", args=[request.pk]), PERSON)
    head.post(reverse("placements:request_check", args=[request.pk]))

    request.refresh_from_db()
    assert (request.status, request.route, request.confirmed_by) == ("submitted", "data", leeds.host_head)
    assert request.reference in text(office.get(queue))
    beside = text(office.get(reverse("placements:candidates", args=[request.pk])))
    assert "2008 Estimate 66.0%, result 59.0%: 7 percentage points under the estimate" in beside


def test_b4_a_file_of_another_layout_is_refused_with_what_is_looked_for(leeds: Cast) -> None:
    office = signed_in(leeds.coordinator)
    shown = text(office.post(sent(office, "a,b,c", header="A,B,C").request["PATH_INFO"], {}))
    for wanted in ("URN", "Subject", "Measure", "Year", "Estimate"):
        assert f"Choose the column with {wanted}" in shown


def test_b4_refused_rows_keep_the_good_ones_out_until_that_is_said(leeds: Cast) -> None:
    office = signed_in(leeds.coordinator)
    rows = (f"{leeds.host.urn},{MATHS}", f"42,{MATHS}", f"{leeds.elsewhere.urn},{MATHS.replace('66', '130')}")
    assert "Tick the box" in text(loaded(office, *rows))
    assert not leeds.host.estimates.exists()
    assert "1 estimate stored." in text(loaded(office, *rows, good_rows="on"))
    assert leeds.host.estimates.count() == 1


def test_b4_under_another_preset_there_is_no_screen(cast: Cast) -> None:
    assert [name for name in presets.OVERRIDES if presets.settings_of(name).get("fft_screen")] == ["leeds"]
    assert signed_in(cast.coordinator).get(reverse("evaluation:fft_screen")).status_code == 404

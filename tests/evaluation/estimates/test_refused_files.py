"""What is refused of a file of estimates, and where there is no screen; the story is returns/test_b4_leeds.py."""

import pytest
from django.urls import reverse

from astcoord.core import presets
from astcoord.core.models.policy import Policy
from tests.cast import Cast
from tests.evaluation.estimates.figures import loaded, sent
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


def test_r_11_12_a_file_of_another_layout_is_refused_with_what_is_looked_for(leeds: Cast) -> None:
    office = signed_in(leeds.coordinator)
    shown = text(office.post(sent(office, "a,b,c", header="A,B,C").request["PATH_INFO"], {}))
    for wanted in ("URN", "Subject", "Measure", "Year", "Estimate"):
        assert f"Choose the column with {wanted}" in shown


def test_r_11_12_refused_rows_keep_the_good_ones_out_until_that_is_said(leeds: Cast) -> None:
    office = signed_in(leeds.coordinator)
    rows = (f"{leeds.host.urn},{MATHS}", f"42,{MATHS}", f"{leeds.elsewhere.urn},{MATHS.replace('66', '130')}")
    assert "Tick the box" in text(loaded(office, *rows))
    assert not leeds.host.estimates.exists()
    assert "1 estimate stored." in text(loaded(office, *rows, good_rows="on"))
    assert leeds.host.estimates.count() == 1


def test_r_11_12_under_another_preset_there_is_no_screen(cast: Cast) -> None:
    assert [name for name in presets.NAMES if presets.settings_of(name).get("fft_screen")] == ["leeds"]
    assert signed_in(cast.coordinator).get(reverse("evaluation:fft_screen")).status_code == 404

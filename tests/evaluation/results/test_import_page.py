"""A file of results on the page: looked at, stored, put aside; by whom, and twice (R-11.10, R-17.2)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from astcoord.core.models.loading import PendingUpload
from evaluation.results.models import AttainmentResult
from tests.cast import Cast
from tests.evaluation.results import twins

pytestmark = pytest.mark.django_db
AT = "/results/import/"


def sent(client: Client, text: str, year: str = "") -> Any:
    file = SimpleUploadedFile("twin.csv", text.encode(), "text/csv")
    return client.post(AT, {"file": file, "year": year}, follow=True)


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    twins.schools()
    client.force_login(cast.coordinator)
    return client


def test_r_11_10_the_office_sees_what_would_be_stored_and_what_is_left_out(office: Client, cast: Cast) -> None:
    said = sent(office, twins.KS4_2014, "2014").content.decode()
    assert "Nothing has been stored yet" in said
    assert not AttainmentResult.objects.exists()
    for words in (
        "must be between 0 and 100",
        "52.0% stands beside 50.0% from another row of this file",
        "the row is of another authority (998)",
        "Corley School",
        "not read: SCHNAME and TTAPSPEPP_PTQ",
    ):
        assert words in said, words
    pending = PendingUpload.objects.get()
    done = office.post(f"{AT}{pending.pk}/", follow=True).content.decode()
    assert "35 figures stored, 0 there already." in done
    assert AttainmentResult.objects.count() == 35
    assert AttainmentResult.objects.first().entered_by == cast.coordinator
    assert office.post(f"{AT}{pending.pk}/").status_code == 404, "sent twice, it is stored once"
    again = sent(office, twins.KS4_2014, "2014").content.decode()
    assert "Store these figures" not in again


def test_a_file_of_no_layout_or_of_another_year_is_refused_on_the_page(office: Client) -> None:
    said = sent(office, "Name,Town\nAldermere School,Marlbridge\n", "2014").content.decode()
    assert "There is a problem" in said
    assert "PTAC5EM_PTQ" in said
    assert "and 2016 was asked for" in sent(office, twins.KS2_2017, "2016").content.decode()
    assert "does not say of which year it is" in sent(office, twins.KS4_2019).content.decode()
    assert not PendingUpload.objects.exists()


def test_a_file_is_put_aside_and_is_nobody_elses(office: Client, cast: Cast) -> None:
    sent(office, twins.OWN)
    pending = PendingUpload.objects.get()
    office.force_login(cast.administrator)
    assert office.get(f"{AT}{pending.pk}/").status_code == 404
    office.force_login(cast.host_head)
    assert office.get(AT).status_code == 403
    office.force_login(cast.coordinator)
    office.post(f"{AT}{pending.pk}/cancel/")
    assert not PendingUpload.objects.exists()
    assert not AttainmentResult.objects.exists()

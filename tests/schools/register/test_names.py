"""Schools of one name are told apart wherever they are chosen or named (R-17.8)."""

import pytest
from django.test import Client
from django.urls import reverse

from schools.register.imports.register import read_register
from schools.register.imports.store import store
from schools.register.models import School
from tests.cast import Cast
from tests.schools.register.register import register, row

pytestmark = pytest.mark.django_db


def names() -> dict[int, str]:
    return dict(School.objects.values_list("urn", "name"))


def load(*rows: dict[str, str]) -> None:
    store(read_register(register(*rows)), by=None)


def test_r_17_8_the_town_tells_them_apart_else_the_urn() -> None:
    load(
        row(100001, "St Oswin’s Primary School", Town="Ashby"),
        row(100002, "Saint Oswin's Primary School", Town="Marlow"),
        row(100003, "Oak School", Town="Ashby"),
        row(100004, "Oak School", Town="Ashby"),
        row(100005, "Elm School", Town="Ashby"),
    )
    assert names() == {
        100001: "St Oswin’s Primary School, Ashby",
        100002: "Saint Oswin's Primary School, Marlow",
        100003: "Oak School (URN 100003)",
        100004: "Oak School (URN 100004)",
        100005: "Elm School",
    }


def test_a_school_that_goes_on_keeps_its_name_and_the_closed_one_is_told_by_its_urn() -> None:
    """As where a school becomes an academy under a new number."""
    closed = {"EstablishmentStatus (code)": "2"}
    load(row(100001, "Oak School", Town="Ashby", **closed), row(100002, "Oak School", Town="Ashby"))
    assert names() == {100001: "Oak School (URN 100001)", 100002: "Oak School"}


def test_the_same_file_again_changes_nothing_and_a_single_one_has_its_plain_name_back() -> None:
    both = [row(100001, "Oak School", Town="Ashby"), row(100002, "Oak School", Town="Marlow")]
    load(*both)
    assert store(read_register(register(*both)), by=None).counts()["unchanged"] == 2
    assert names()[100001] == "Oak School, Ashby"
    load(row(100002, "Marlow Oak School", Town="Marlow"))
    assert names() == {100001: "Oak School", 100002: "Marlow Oak School"}


def test_the_office_chooses_between_them_by_these_names(client: Client, cast: Cast) -> None:
    load(row(100001, "Oak School", Town="Ashby"), row(100002, "Oak School", Town="Marlow"))
    client.force_login(cast.coordinator)
    page = client.get(reverse("staff:person_add")).content.decode()
    assert ">Oak School, Ashby<" in page
    assert ">Oak School, Marlow<" in page


def test_r_17_8_subjects_are_found_by_the_words_of_schools(client: Client, cast: Cast) -> None:
    client.force_login(cast.ast)
    page = client.get(reverse("placements:request_pass_on")).content.decode()
    for words in ("Maths", "ICT IT Computing", "MFL French", "SEN SEND", "PE Games", "RE", "EYFS", "Phonics Reading"):
        assert f'data-also="{words}' in page

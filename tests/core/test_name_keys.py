"""Names are found and sorted however they are written (R-17.8)."""

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.name_keys import name_key, starts_a_word
from schools.register.models import School
from staff.accounts.models import User
from tests.cast import Cast
from tests.factories import SchoolFactory, person


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("O’Neill", " oneill"),
        ("O'NEILL", " oneill"),
        ("St. Mary-le-Bow", " st mary le bow"),
        ("Saint Mary\N{NON-BREAKING HYPHEN}le\N{EN DASH}Bow", " st mary le bow"),
        ("  Ysgol  Tŷ Ddŵr ", " ysgol ty ddwr"),
        ("Łódź Ørsted Straße", " lodz orsted strasse"),
        ("Art & Craft (Upper)", " art and craft upper"),
        ("李 小龙", " 李 小龙"),
        ("Di", " di"),
        ("—", ""),
        ("", ""),
    ],
)
def test_a_names_key(written: str, key: str) -> None:
    assert name_key(written) == key


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["O'Neill", "oneill", "O’NEILL", "aoife o'n"])
def test_r_17_8_a_person_is_found_however_the_name_is_written(client: Client, cast: Cast, typed: str) -> None:
    person("Aoife O’Neill", "aoife@marlshire.example", "officer")
    client.force_login(cast.coordinator)
    page = client.get(reverse("staff:people"), {"name": typed}).content.decode()
    assert "Aoife O’Neill" in page
    assert "Bryony Quill" not in page.partition("<main")[2].partition("<tbody")[2].partition("</tbody")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["st oswin", "Saint Oswin's", "ST. OSWIN’S", "prim osw"])
def test_r_17_8_a_school_is_found_by_the_starts_of_its_words(typed: str) -> None:
    SchoolFactory(name="St Oswin’s C of E Primary School")
    SchoolFactory(name="Boston Primary School")
    found = School.objects.filter(starts_a_word("name_key", typed))
    assert [school.name for school in found] == ["St Oswin’s C of E Primary School"]


@pytest.mark.django_db
def test_r_17_8_names_sort_in_one_way_on_every_database() -> None:
    in_line = ["eden", "Élan", "Oak", "O’Brien", "St Anne’s", "Stanley", "Zeal"]
    for name in reversed(in_line):
        SchoolFactory(name=name)
    assert [school.name for school in School.objects.by_name()] == in_line


@pytest.mark.django_db
def test_the_key_follows_the_name_wherever_it_is_stored(cast: Cast) -> None:
    user = cast.officer
    user.name = "Siân Ap Rhys"
    user.save(update_fields=["name"])
    assert User.objects.get(pk=user.pk).name_key == " sian ap rhys"
    School.objects.bulk_create([SchoolFactory.build(name="Dŵr Glas", urn=999001)])
    assert School.objects.get(urn=999001).name_key == " dwr glas"

"""Views of lists that people keep under a name (R-20.10)."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.models.saved_views import SavedView
from astcoord.ui.saved_pages import MOST
from schools.register.models import Cluster, School
from tests.cast import Cast
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db

LIST = "schools:list"


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    SchoolFactory(name="Oak School", phase="special")
    client.force_login(cast.coordinator)
    return client


def page(response: Any) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def save(client: Client, query: str = "phase=special&sort=-name", name: str = "Special", **more: str) -> Any:
    url = reverse("view_save", args=[LIST])
    return client.post(f"{url}?{query}", {"name": name, **more}, follow=True)


def test_r_20_10_what_is_chosen_is_kept_under_a_name_and_found_above_the_list(office: Client) -> None:
    listed = office.get(reverse(LIST), {"phase": "special", "page": "1"})
    assert f'href="{reverse("view_save", args=[LIST])}?phase=special"' in listed.content.decode()
    asked = page(office.get(reverse("view_save", args=[LIST]) + "?phase=special"))
    assert "Phase: Special" in asked
    done = save(office)
    assert "The view “Special” is saved" in page(done)
    assert "1 school" in page(done)
    view = SavedView.objects.get()
    assert view.query == "phase=special&sort=-name"
    assert f'href="{reverse(LIST)}?phase=special&amp;sort=-name&amp;view={view.pk}"' in (
        office.get(reverse(LIST)).content.decode()
    )


def test_r_20_10_a_view_is_renamed_and_taken_away(office: Client) -> None:
    save(office)
    view = SavedView.objects.get()
    change = reverse("view_change", args=[view.pk])
    assert "Rename this view" in page(office.get(reverse(LIST), {"view": view.pk, "phase": "special"}))
    office.post(change, {"name": "Sonderschulen 特別支援"})
    assert "Sonderschulen 特別支援" in page(office.get(reverse(LIST)))
    remove = reverse("view_remove", args=[view.pk])
    assert office.get(remove).status_code == 405
    assert "is taken away" in page(office.post(remove, follow=True))
    assert office.post(remove).status_code == 404
    assert "Views:" not in page(office.get(reverse(LIST)))


def test_r_20_10_a_view_is_its_savers_own_unless_the_office_shows_it_to_all(
    office: Client, cast: Cast, client: Client
) -> None:
    save(office)
    save(office, name="For us all", for_all="on")
    shared = SavedView.objects.get(for_all=True)
    client.force_login(cast.officer)
    listed = page(client.get(reverse(LIST)))
    assert "For us all" in listed
    assert "Views: Special" not in listed
    assert "Rename this view" not in page(client.get(reverse(LIST), {"view": shared.pk}))
    assert client.get(reverse("view_change", args=[shared.pk])).status_code == 404
    assert client.post(reverse("view_remove", args=[shared.pk])).status_code == 404
    assert "Show it to everybody" not in page(client.get(reverse("view_save", args=[LIST]) + "?phase=special"))
    save(client, name="Mine", for_all="on")
    assert not SavedView.objects.get(name="Mine").for_all


def test_r_20_10_a_view_whose_choice_is_gone_says_so_and_shows_what_it_still_can(office: Client) -> None:
    cluster = Cluster.objects.create(name="Upper Vale")
    School.objects.filter(name="Oak School").update(cluster=cluster)
    save(office, query=f"cluster={cluster.pk}&phase=special&town=x")
    view = SavedView.objects.get()
    cluster.delete()
    shown = page(office.get(f"{reverse(LIST)}?{view.query}&view={view.pk}"))
    assert "Of this view no longer there: Cluster and a filter that this list no longer has" in shown
    assert "1 school" in shown
    assert "Phase: Special" in shown


def test_r_20_10_wrong_names_and_wrong_lists_are_refused(office: Client) -> None:
    save(office)
    assert "You have a view of that name" in page(save(office, query="phase=primary"))
    assert "Enter a name for this view" in page(save(office, name=" "))
    assert "Choose filters first" in page(save(office, query="page=2&phase="))
    assert "Choose filters first" in page(save(office, query="q=" + "x" * 3000))
    for wrong in ("nothing", "schools:detail", "home"):
        assert office.get(reverse("view_save", args=[wrong]) + "?phase=special").status_code == 404
    for number in range(MOST - 1):
        save(office, name=f"No {number}")
    assert "Take one away first" in page(save(office, name="One more"))
    assert SavedView.objects.count() == MOST

"""One search for everything (R-20.1): what each person finds, by which words, and what they do not."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import search
from astcoord.core.finding import is_named, number_in
from placements.requests.lifecycle import RequestStatus, Selection
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.supported.models import SupportedStaff
from schools.register.models import School
from staff.accounts.models import User
from staff.expertise.called import subjects_called
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def found(user: User, text: str) -> dict[str, list[str]]:
    """What somebody finds, by kind."""
    return {group.kind.noun: [hit.title for hit in group.hits.shown] for group in search.groups(user, text)}


def page(client: Client, user: User, text: str) -> Any:
    client.force_login(user)
    return client.get(reverse("search"), {"q": text})


def with_person(cast: Cast, name: str = "Sorrel Ambleforth") -> Any:
    """A placement of the AST at the host school, and one person supported."""
    placement = cast.placement()
    chosen: dict[str, Any] = {"name": name, "kind": "nqt", "selection": Selection.SELF}
    RequestedStaff.objects.create(request=placement.request, head_agrees=True, **chosen)
    SupportedStaff.objects.create(placement=placement, **chosen)
    return placement


def test_r_20_1_one_search_finds_every_kind_in_every_state(client: Client, cast: Cast) -> None:
    placement = with_person(cast)
    declined = RequestFactory(host=cast.host, status=RequestStatus.DECLINED, ending="no_days")
    told = found(cast.coordinator, "fernleigh")
    assert told["requests"] == [str(declined), str(placement.request)]
    assert told["placements"] == [str(placement)]
    assert told["schools"] == ["Fernleigh Primary School"]
    assert found(cast.coordinator, "castellow")["ASTs"] == ["Wren Castellow"]
    assert found(cast.coordinator, "ambleforth") == {"people supported": ["Sorrel Ambleforth"]}
    text = page(client, cast.coordinator, "fernleigh").content.decode()
    for words in ("Requests", "Placements", "Schools", declined.get_status_display(), "Placement made", "Requests (2)"):
        assert words in text


def test_r_20_1_words_in_a_request_are_found(cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, need="Pupils lose heart over long division.")
    assert found(cast.coordinator, "heart division") == {"requests": [str(asked)]}
    assert found(cast.coordinator, "heart banana") == {}


@pytest.mark.parametrize("text", ["R{}", "r {}", "R0000{}", " r{} ", "R-{}"])
def test_r_20_1_a_number_of_a_request_goes_straight_there(client: Client, cast: Cast, text: str) -> None:
    asked = RequestFactory(host=cast.host)
    answer = page(client, cast.coordinator, text.format(asked.pk))
    assert (answer.status_code, answer["Location"]) == (302, reverse("placements:request_detail", args=[asked.pk]))


def test_r_20_1_a_number_of_a_placement_goes_straight_there_for_its_own(client: Client, cast: Cast) -> None:
    placement = cast.placement()
    answer = page(client, cast.ast, f"P{placement.pk}")
    assert (answer.status_code, answer["Location"]) == (302, placement.get_absolute_url())
    stranger = page(client, cast.outsider, f"P{placement.pk}")
    assert stranger.status_code == 200
    assert f"There is no {placement.reference} that you may open" in stranger.content.decode()


@pytest.mark.parametrize("text", ["oneill", "O'Neill", "O’NEILL", "o neill st", "ST. Oneill", "saint o‘neil"])
def test_r_17_8_names_are_found_however_they_are_written(cast: Cast, text: str) -> None:
    if text == "o neill st":  # what stands apart is two words, and O'Neill is one
        text = "oneill st"
    SchoolFactory(name="Saint O’Neill’s Primary School")
    assert found(cast.coordinator, text)["schools"] == ["Saint O’Neill’s Primary School"]


def test_r_20_1_heads_are_found_by_their_account_and_by_the_contacts(cast: Cast) -> None:
    SchoolFactory(name="Larkrise Primary School", head_name="Ms Siân O’Neill")
    assert found(cast.coordinator, "sian oneill") == {"headteachers": ["Ms Siân O’Neill"]}
    assert found(cast.coordinator, "rowan") == {"headteachers": ["Rowan Oakhanger"]}
    assert "headteachers" not in found(cast.host_head, "sian")


@pytest.mark.parametrize("name", ["Bo Li", "李小龍", "Ng", "Зоя Ветрова"])
def test_names_of_two_letters_and_of_other_scripts_are_found(cast: Cast, name: str) -> None:
    with_person(cast, name)
    assert found(cast.host_head, name)["people supported"] == [name]


def test_r_20_1_each_finds_only_what_they_may_read(cast: Cast) -> None:
    placement = with_person(cast)
    RequestFactory(host=cast.elsewhere, status=RequestStatus.SUBMITTED)
    everything = found(cast.coordinator, "school")
    assert len(everything["requests"]) == 2
    assert found(cast.host_head, "school") == {
        "requests": [str(placement.request)],
        "placements": [str(placement)],
        "schools": ["Fernleigh Primary School"],
    }
    assert set(found(cast.ast, "fernleigh")) == {"requests", "placements"}
    assert found(cast.outsider, "fernleigh") == {}
    assert found(cast.chair, "fernleigh") == {"schools": ["Fernleigh Primary School"]}
    assert "placements" in found(cast.officer, "fernleigh")


def test_r_20_1_a_heads_draft_is_found_by_nobody_else(cast: Cast) -> None:
    draft = RequestFactory(
        host=cast.host, created_by=cast.host_head, status=RequestStatus.DRAFT, submitted_at=None, need="Secret wish"
    )
    RequestedStaff.objects.create(request=draft, name="Tansy Wick", selection=Selection.SELF, head_agrees=True)
    assert found(cast.host_head, "secret wish") == {"requests": [str(draft)]}
    assert found(cast.coordinator, "secret wish") == {}
    assert found(cast.coordinator, "tansy") == {}


def test_r_20_1_people_supported_are_found_by_those_who_may_know_them(cast: Cast) -> None:
    placement = with_person(cast)
    OutreachRequest.objects.filter(pk=placement.request_id).update(need="Sorrel Ambleforth finds maths hard.")
    for knows in (cast.coordinator, cast.administrator, cast.host_head, cast.ast):
        told = found(knows, "ambleforth")
        assert told["people supported"] == ["Sorrel Ambleforth"], knows
        assert told["requests"], knows
    for may_not in (cast.officer, cast.consultant, cast.home_head, cast.outsider, cast.chair):
        assert found(may_not, "ambleforth") == {}, may_not


def test_somebody_asked_for_and_placed_is_found_once_at_the_placement(client: Client, cast: Cast) -> None:
    placement = with_person(cast)
    only_asked = RequestFactory(host=cast.host)
    RequestedStaff.objects.create(request=only_asked, name="Sorrel Amble", selection=Selection.SELF, head_agrees=True)
    [group] = search.groups(cast.coordinator, "sorrel")
    assert [hit.url for hit in group.hits.shown] == [
        reverse("placements:request_detail", args=[only_asked.pk]),
        reverse("placements:supported_people", args=[placement.pk]),
    ]


def test_nothing_found_says_what_was_searched_and_what_to_try(client: Client, cast: Cast) -> None:
    text = page(client, cast.coordinator, "zzyzx").content.decode()
    for words in ("Nothing was found", "people supported", "words in requests", "in every state", "R12"):
        assert words in text


def test_nothing_typed_says_what_can_be_found(client: Client, cast: Cast) -> None:
    assert "Type a name, a school" in page(client, cast.ast, "  ").content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "\0",
        "%",
        "_",
        "'; drop table",
        "R99999999999",
        "\\",
        "&",
        "’",
        "x" * 5000,
        "R0",
        "٣٤",
    ],
)
def test_hostile_words_are_words(client: Client, cast: Cast, text: str) -> None:
    RequestFactory(host=cast.host)
    answer = page(client, cast.coordinator, text)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert "Fernleigh" not in answer.content.decode()


def test_more_than_fit_lead_to_the_list_that_has_them_all(client: Client, cast: Cast) -> None:
    RequestFactory.create_batch(7, host=cast.host, status=RequestStatus.DECLINED, ending="no_days")
    answer = page(client, cast.coordinator, "fernleigh")
    text = answer.content.decode()
    assert "See all 7 requests" in text
    [more] = [g.hits.more for g in answer.context["groups"] if g.kind.noun == "requests"]
    assert "<strong>7 requests</strong>" in client.get(more).content.decode()


@pytest.mark.parametrize("who", ["coordinator", "officer", "host_head", "home_head", "ast", "consultant", "chair"])
def test_a_search_takes_twelve_queries_for_any_number_of_rows(client: Client, cast: Cast, who: str) -> None:
    with_person(cast)
    OutreachRequest.objects.update(need="Fernleigh wants more.")
    client.force_login(getattr(cast, who))
    client.get("/")
    counts = []
    for batch in (0, 30):
        SchoolFactory.create_batch(batch, head_name="Mr F Fernleigh")
        for asked in RequestFactory.create_batch(batch, host=cast.host, need="Fernleigh wants more."):
            MatchFactory(request=asked, post=cast.post, proposed_by=cast.coordinator)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("search"), {"q": "fernleigh"}).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[1] <= 12


def test_school_without_a_list_of_its_own_does_not_name_one(cast: Cast) -> None:
    for group in search.groups(cast.host_head, "fernleigh"):
        if group.kind.noun == "schools":
            assert group.hits.more == ""
    assert School.objects.visible_to(cast.host_head).count() == 1


def test_words_for_finding() -> None:
    assert is_named("Ms Siân O’Neill", "oneill sian")
    assert not is_named("Ms Siân O’Neill", "neill")
    assert [number_in(word, "R") for word in ("R00012", "r12", "12", "P12", "Rx", "²")] == [
        12,
        12,
        12,
        None,
        None,
        None,
    ]
    assert subjects_called("computing") == ["ict"]

"""What somebody wrote, as its reader may read it: with the names of the people supported, or without (section G)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test import RequestFactory as Asked
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import audit, emails, protected, shown, timeline
from placements.matching.models import Match
from placements.overview.reads.placements import history
from placements.placement.models import Placement
from placements.placement.permissions import can_see_names
from placements.requests.filters import RequestFilter
from placements.requests.models import OutreachRequest, RequestedStaff
from tests.cast import Cast
from tests.factories import RequestFactory

pytestmark = pytest.mark.django_db

WHO = ("coordinator", "administrator", "officer", "consultant", "host_head", "home_head", "outsider", "ast", "chair")
KNOW = {"coordinator", "administrator", "host_head", "ast"}
NAME = "Quillan Zanderbeck"


@pytest.fixture
def placement(cast: Cast) -> Placement:
    """Of which the aims name somebody who is asked for and supported."""
    found = cast.placement(focus="Help Mrs Zanderbeck with fractions")
    found.request.staff.create(name=NAME, selection="self", head_agrees=True)
    found.supported.create(name=NAME, kind="teacher", selection="self")
    found.objectives.create(number=1, text="Quillan plans alone", baseline="B", criterion="C", evidence="E")
    return found


def fresh(placement: Placement) -> Placement:
    return Placement.objects.with_people().prefetch_related("objectives", "supported").get(pk=placement.pk)


@pytest.mark.parametrize("who", WHO)
def test_section_g_names_are_for_host_head_ast_and_office(cast: Cast, placement: Placement, who: str) -> None:
    read = shown.shown_to(getattr(cast, who), fresh(placement))
    objective, person = read.objectives.all()[0], read.supported.all()[0]
    if who in KNOW:
        assert (read.focus, objective.text, person.name) == (placement.focus, "Quillan plans alone", NAME)
    else:
        assert read.focus == "Help a colleague with fractions"
        assert objective.text == "A colleague plans alone", "what was fetched with it is shown alike"
        assert person.name == "Q.Z."


@pytest.mark.parametrize("who", WHO)
def test_section_g_the_two_ways_of_asking_who_knows_agree(cast: Cast, placement: Placement, who: str) -> None:
    user = getattr(cast, who)
    assert (placement.request_id in protected.known_to(user, {placement.request_id})) is can_see_names(user, placement)


def test_a_row_that_is_shown_without_names_is_never_saved(cast: Cast, placement: Placement) -> None:
    with pytest.raises(TypeError, match="fetch it again"):
        shown.shown_to(cast.home_head, fresh(placement)).save()
    shown.shown_to(cast.host_head, fresh(placement)).save()
    assert "Zanderbeck" in fresh(placement).focus


def test_a_text_that_was_left_as_it_was_read_keeps_its_names() -> None:
    stored, read = "For Mrs Zanderbeck\nand others", "For a colleague\nand others"
    assert shown.kept(stored, read, "For a colleague\r\nand others", field="note") == stored
    assert shown.kept(stored, stored, "For nobody", field="note") == "For nobody", "whoever read it whole may change it"


def test_thirty_cases_cost_any_reader_one_query_and_the_office_none(cast: Cast) -> None:
    for _ in range(30):
        asked = RequestFactory(host=cast.host, created_by=cast.host_head, staff=False, need="Zanderbeck asks")
        asked.staff.create(name=NAME, selection="self", head_agrees=True)
    rows = list(OutreachRequest.objects.all())
    for user, queries in ((cast.coordinator, 0), (cast.officer, 1), (cast.host_head, 1), (cast.home_head, 1)):
        user.schools_as("headteacher")  # the roles are known from now on
        with CaptureQueriesContext(connection) as asked_for:
            read = shown.all_shown_to(user, rows)
        assert len(asked_for) == queries, user
        assert len(read) == 30
    assert {row.need for row in rows} == {"A colleague asks"}


@pytest.mark.parametrize("who", ["coordinator", "officer", "consultant"])
def test_r_16_2_a_search_does_not_find_a_name_that_its_reader_may_not_know(cast: Cast, who: str) -> None:
    asked = RequestFactory(
        host=cast.host, created_by=cast.host_head, staff=False, need="Mrs Zanderbeck needs fractions"
    )
    RequestedStaff.objects.create(request=asked, name=NAME, selection="self", head_agrees=True)

    def found(words: str) -> bool:
        request: Any = Asked().get("/")
        request.user = getattr(cast, who)
        rows = RequestFilter({"q": words, "group": "all"}, OutreachRequest.objects.all(), request=request).qs
        return bool(rows.filter(pk=asked.pk))

    assert found("fractions")
    assert found("fernleigh FRACTIONS")
    assert found("zanderbeck") is (who == "coordinator")
    assert found("fractions zander") is (who == "coordinator")


def test_history_keeps_back_the_name_of_somebody_who_was_entered_later(cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, staff=False)
    audit.record("request: answers changed", asked, by=cast.host_head, reason="Mrs Zanderbeck joins")
    RequestedStaff.objects.create(request=asked, name=NAME, selection="self", head_agrees=True)

    def told(user: Any) -> str:
        return str(timeline.events(asked, reader=user, verbs=["request: answers changed"])[0]["text"])

    assert told(cast.consultant) == "A colleague joins"
    assert told(cast.coordinator) == "Mrs Zanderbeck joins"


@pytest.mark.parametrize("who", WHO)
def test_section_g_a_message_tells_what_was_typed_by_the_role_at_the_address(
    cast: Cast, placement: Placement, who: str
) -> None:
    to = emails.Reader.of(getattr(cast, who))
    facts = {"placement": placement, "on": date(2026, 10, 9), "party": who, "agenda": [], "peer": ""}
    Placement.objects.filter(pk=placement.pk).update(meeting_place="In Mrs Zanderbeck’s room")
    placement.refresh_from_db()
    template = "placements/agreement/emails/preliminary-meeting.txt"
    _, text = emails.render(template, to=to, authority=cast.policy, **facts)
    assert ("Zanderbeck" in text) is (who in KNOW)
    assert ("In a colleague’s room" in text) is (who not in KNOW)


def test_section_g_the_office_reads_names_at_its_address_and_a_school_without_account_does_not(
    cast: Cast, placement: Placement
) -> None:
    assert shown.teller_at(cast.policy.office_email, placement)("Mrs Zanderbeck") == "Mrs Zanderbeck"
    assert shown.teller_at("office@fernleigh.example", placement)("Mrs Zanderbeck") == "A colleague"


def test_section_g_a_form_sent_with_a_mistake_comes_back_without_names(
    cast: Cast, placement: Placement, client: Client
) -> None:
    asked = placement.request
    OutreachRequest.objects.filter(pk=asked.pk).update(need="Mrs Zanderbeck needs fractions", status="proposed")
    Match.objects.filter(request=asked).update(status="proposed")
    client.force_login(cast.home_head)
    page = client.post(reverse("placements:match_home", args=[placement.match_id]), {"reply": ""}).content.decode()
    assert "A colleague needs fractions" in page
    assert "Zanderbeck" not in page


def test_section_g_a_note_that_the_home_head_left_alone_keeps_the_name_for_others(
    cast: Cast, placement: Placement, client: Client
) -> None:
    Placement.objects.filter(pk=placement.pk).update(cover_note="Mrs Zanderbeck comes over", cover=("supply",))
    client.force_login(cast.home_head)
    url = reverse("placements:cover", args=[placement.pk])
    page = client.get(url)
    assert "A colleague comes over" in page.content.decode()
    sent = {"cover": ["supply"], "note": "A colleague comes over"}
    assert client.post(url, sent).status_code == 302
    assert fresh(placement).cover_note == "Mrs Zanderbeck comes over"


@pytest.mark.parametrize(
    ("page", "field", "column", "more"),
    [("cover", "note", "cover_note", {"cover": ["supply"]}), ("visit_waive", "reason", "visit_waived_reason", {})],
)
def test_section_g_a_home_head_who_changes_a_text_shown_without_names_is_told_what_to_do(
    cast: Cast, placement: Placement, client: Client, page: str, field: str, column: str, more: dict[str, Any]
) -> None:
    stored = "Mrs Zanderbeck comes over"
    Placement.objects.filter(pk=placement.pk).update(status="active", cover=("supply",), **{column: stored})
    url = reverse(f"placements:{page}", args=[placement.pk])
    client.force_login(cast.home_head)
    assert "A colleague comes over" in client.get(url).content.decode()
    answer = client.post(url, {**more, field: "A colleague comes over."})
    assert answer.status_code == 200
    told = answer.content.decode()
    assert "Leave the text as it was, and ask the co-ordinator to change it" in told
    assert "A colleague comes over." in told, "what was typed is still there"
    assert "Zanderbeck" not in told
    assert getattr(fresh(placement), column) == stored
    client.force_login(cast.coordinator)
    client.post(url, {**more, field: "Nobody comes over"})
    assert getattr(fresh(placement), column) == "Nobody comes over", "the office reads the names, and may take them out"


def test_history_keeps_the_names_of_who_acted_and_who_monitors(cast: Cast, placement: Placement) -> None:
    """Somebody supported, who was entered later, is called as the co-ordinator is."""
    surname = cast.coordinator.name.split()[-1]
    texts = {"monitor": cast.coordinator.name, "focus": f"Plan with Mrs {surname}"}
    audit.record("terms: focus, monitor", placement, by=cast.coordinator, after=texts)
    audit.record("request: answers changed", placement.request, by=cast.coordinator, reason=f"Mrs {surname} joins")
    placement.request.staff.create(name=f"Tibble {surname}", selection="self", head_agrees=True)

    told = timeline.events(placement.request, reader=cast.consultant, verbs=["request: answers changed"])[0]
    assert (told["by"], told["text"]) == (cast.coordinator.name, "A colleague joins")
    event = next(e for e in history(placement, cast.home_head) if e.title.startswith("Terms"))
    assert event.by == cast.coordinator.name
    assert {now for _, _, now in event.changes} == {cast.coordinator.name, "Plan with a colleague"}

"""Review meetings: a day, who was there, what was decided, and actions with owners (R-11.4)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.problems import Refused
from evaluation.meetings import actions
from evaluation.meetings.models import MeetingAction
from evaluation.meetings.rules import Agreed
from placements.placement.models import Meeting, Placement, PlannedReview
from tests.cast import Cast

pytestmark = pytest.mark.django_db

HELD = date(2026, 11, 24)
DUE = date(2026, 11, 27)
ROOM = Agreed("Free the hall on Tuesdays", "host_head", DUE)
TOLD: dict[str, Any] = {"held_on": HELD, "present": ["host_head", "ast"], "notes": "The plan stands."}


@pytest.fixture
def placement(placement: Placement) -> Placement:
    """Opened early in the term, not on the day on which the tests' clock stands."""
    Placement.objects.filter(pk=placement.pk).update(created_at="2026-10-01T09:00Z")
    placement.refresh_from_db()
    return placement


def recorded(cast: Cast, placement: Placement, **other: Any) -> Meeting:
    told = {**TOLD, "actions": [ROOM], "by": cast.coordinator, **other}
    return actions.record(placement=placement, **told)


def test_r_11_4_a_meeting_saved_has_actions_with_owners_and_days(cast: Cast, placement: Placement) -> None:
    meeting = recorded(cast, placement)
    assert (meeting.kind, meeting.host_head_present, meeting.staff_present) == ("review", True, False)
    [action] = MeetingAction.objects.all()
    assert (action.owner, action.due_on, action.done_on) == ("host_head", DUE, None)
    assert recorded(cast, placement) == meeting
    assert MeetingAction.objects.count() == 1, "sent twice is one meeting"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_on": date(2026, 12, 1), "actions": []}, "held_on"),
        ({"held_on": date(2025, 11, 24)}, "held_on"),
        ({"present": ["ast"]}, "present"),
        ({"notes": "  "}, "notes"),
        ({"actions": [Agreed(), Agreed("Free the hall", "", DUE)]}, "owner_2"),
        ({"actions": [Agreed("Free the hall", "ast", None)]}, "due_1"),
        ({"actions": [Agreed("", "ast", DUE)]}, "text_1"),
        ({"actions": [Agreed("Free the hall", "ast", date(2026, 11, 1))]}, "due_1"),
    ],
)
def test_r_11_4_what_is_missing_is_said_at_its_field(
    cast: Cast, placement: Placement, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        recorded(cast, placement, **wrong)
    assert [p.field for p in refused.value.problems] == [field]
    assert not Meeting.objects.filter(kind="review").exists()


def test_r_11_4_on_the_page_from_the_record_to_the_tick(client: Client, cast: Cast, placement: Placement) -> None:
    client.force_login(cast.coordinator)
    url = reverse("evaluation:meeting_record", args=[placement.pk])
    sent = {
        **TOLD,
        "held_on": HELD.isoformat(),
        "text_1": "Free the hall on Tuesdays",
        "owner_1": "host_head",
        "due_1": DUE.isoformat(),
    }
    refused = client.post(url, {**sent, "owner_1": ""}).content.decode()
    assert 'href="#id_owner_1"' in refused
    done = client.post(url, sent, follow=True).content.decode()
    assert "The plan stands." in done
    assert "There: host headteacher, AST." in done
    client.force_login(cast.host_head)
    assert "Do what was agreed at a review meeting, and tick it off" in client.get("/").content.decode()
    [action] = MeetingAction.objects.all()
    tick = reverse("evaluation:action_done", args=[action.pk])
    client.post(tick)
    client.post(tick)
    action.refresh_from_db()
    assert (action.done_on, action.done_by) == (HELD, cast.host_head)
    assert "Do what was agreed" not in client.get("/").content.decode()
    client.post(reverse("evaluation:action_open", args=[action.pk]))
    action.refresh_from_db()
    assert action.done_on is None


def test_only_its_owner_or_the_office_ticks_an_action_off(cast: Cast, placement: Placement) -> None:
    recorded(cast, placement)
    action = MeetingAction.objects.get()
    for user in (cast.ast, cast.home_head, cast.consultant, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.tick(action=action, by=user)
    assert actions.tick(action=action, by=cast.administrator).done_by == cast.administrator
    with pytest.raises(Refused, match="stays on record"):
        actions.drop(action=action, by=cast.coordinator)


def test_a_record_is_changed_and_actions_come_and_go(client: Client, cast: Cast, placement: Placement) -> None:
    meeting = recorded(cast, placement)
    client.force_login(cast.ast)
    change = reverse("evaluation:meeting_change", args=[meeting.pk])
    assert "The plan stands." in client.get(change).content.decode()
    client.post(
        change, {**TOLD, "held_on": HELD.isoformat(), "notes": "The plan changes.", "present": ["ast", "staff"]}
    )
    meeting.refresh_from_db()
    assert (meeting.notes, meeting.host_head_present, meeting.staff_present) == ("The plan changes.", False, True)
    add = reverse("evaluation:meeting_action", args=[meeting.pk])
    assert "Enter what is to be done" in client.post(add, {}).content.decode()
    client.post(add, {"text_1": "Order the books", "owner_1": "ast", "due_1": "2026-12-01"})
    assert list(MeetingAction.objects.values_list("text", flat=True)) == [ROOM.text, "Order the books"]
    client.post(reverse("evaluation:action_remove", args=[MeetingAction.objects.first().pk]))  # type: ignore[union-attr]
    assert MeetingAction.objects.get().text == "Order the books"


def test_the_preliminary_meeting_is_shown_and_not_changed_here(
    client: Client, cast: Cast, placement: Placement
) -> None:
    client.force_login(cast.coordinator)
    page = client.get(reverse("evaluation:meetings", args=[placement.pk])).content.decode()
    assert "Preliminary meeting, 5 October 2026" in page
    preliminary = placement.meetings.get()
    assert client.get(reverse("evaluation:meeting_change", args=[preliminary.pk])).status_code == 404


def test_g_home_head_and_consultant_read_no_names(client: Client, cast: Cast, placement: Placement) -> None:
    recorded(cast, placement, notes="Juno Pettifer plans on.", actions=[Agreed("Ask Sorrel", "ast", DUE)])
    url = reverse("evaluation:meetings", args=[placement.pk])
    for user in (cast.home_head, cast.consultant):
        client.force_login(user)
        page = client.get(url).content.decode()
        assert "A colleague plans on." in page
        assert "Pettifer" not in page
        assert "Sorrel" not in page
    for user, status in ((cast.outsider, 404), (cast.officer, 403), (cast.chair, 404)):
        client.force_login(user)
        assert client.get(url).status_code == status


def test_a_planned_meeting_without_a_record_is_asked_for(client: Client, cast: Cast, placement: Placement) -> None:
    PlannedReview.objects.create(placement=placement, kind="review_meeting", on=date(2026, 11, 20))
    for user in (cast.coordinator, cast.ast):
        client.force_login(user)
        assert "Record the review meeting" in client.get("/").content.decode()
    recorded(cast, placement)
    assert "Record the review meeting" not in client.get("/").content.decode()


def test_the_page_costs_the_same_for_one_and_for_many(client: Client, cast: Cast, placement: Placement) -> None:
    client.force_login(cast.coordinator)
    recorded(cast, placement)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("evaluation:meetings", args=[placement.pk])).status_code == 200
        counts.append(len(queries))
        for number in range(29):
            recorded(cast, placement, notes=f"Decision {number}", actions=[ROOM, ROOM])
    assert counts[0] == counts[1]

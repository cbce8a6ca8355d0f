"""What the co-ordinator decides, what the head sees of it, and how a request is taken back."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.problems import Refused
from placements.matching.lifecycle import MatchStatus
from placements.requests import reads as requests
from placements.requests.actions import asking as actions
from placements.requests.actions import decisions
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from schools.register.models import SchoolStatus
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory
from tests.placements.requests.asking import PAGES, errors, url

pytestmark = pytest.mark.django_db

DECISIONS: dict[str, dict[str, Any]] = {
    "return": {"questions": "Which year groups, and what have you tried?"},
    "wait": {
        "ending": "no_days",
        "note": "",
        "look_again_on_day": "11",
        "look_again_on_month": "1",
        "look_again_on_year": "2027",
    },
    "decline": {"ending": "no_expertise", "note": "Nobody here teaches the harp."},
    "refer": {"where": "The music consultant will ring you."},
    "realism": {"realism": "Two people and six days, with planning done together."},
}


@pytest.fixture
def coordinator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.coordinator)
    return client


@pytest.fixture
def asked(cast: Cast) -> OutreachRequest:
    return RequestFactory(host=cast.host, created_by=cast.host_head)


@pytest.mark.parametrize(
    ("decision", "status"),
    [("return", "returned"), ("wait", "waiting"), ("decline", "declined"), ("refer", "referred")],
)
def test_n2_each_decision_moves_the_request_and_tells_the_head(
    coordinator: Client, cast: Cast, asked: OutreachRequest, decision: str, status: str
) -> None:
    page = url(f"request_{decision}", asked.pk)
    assert coordinator.get(page).status_code == 200
    assert coordinator.post(page, DECISIONS[decision])["Location"] == url("request_detail", asked.pk)
    asked.refresh_from_db()
    assert asked.status == status
    message = Message.objects.get()
    assert message.to_email == cast.host_head.email
    assert asked.reference in message.subject
    assert "Juno" not in message.body
    assert "None" not in message.body
    coordinator.post(page, DECISIONS[decision])
    assert Message.objects.count() == 1
    assert Transition.objects.about(asked).count() == 1


@pytest.mark.parametrize("decision", list(DECISIONS))
def test_a_decision_without_its_reason_is_refused(coordinator: Client, asked: OutreachRequest, decision: str) -> None:
    response = coordinator.post(url(f"request_{decision}", asked.pk), {})
    assert response.status_code == 200
    assert response.context["form"].errors
    asked.refresh_from_db()
    assert asked.status == RequestStatus.SUBMITTED


@pytest.mark.parametrize("decision", [*DECISIONS, "take_up"])
def test_r_3_3_nobody_but_the_coordinator_decides(
    client: Client, cast: Cast, asked: OutreachRequest, decision: str
) -> None:
    for nobody in (cast.administrator, cast.officer, cast.consultant, cast.host_head, cast.outsider, cast.ast):
        client.force_login(nobody)
        assert client.post(url(f"request_{decision}", asked.pk), DECISIONS.get(decision, {})).status_code == 403
    with pytest.raises(PermissionDenied):
        decisions.decline(request=asked, by=cast.administrator, ending="policy", note="No")
    asked.refresh_from_db()
    assert asked.status == RequestStatus.SUBMITTED
    assert asked.realism == ""


def test_taking_up_is_one_move(coordinator: Client, asked: OutreachRequest) -> None:
    for _ in range(2):
        coordinator.post(url("request_take_up", asked.pk))
    asked.refresh_from_db()
    assert asked.status == RequestStatus.UNDER_REVIEW
    assert Transition.objects.about(asked).count() == 1


def test_r_6_2_a_vague_request_goes_back_and_the_head_sees_the_questions_changes_and_resends(
    coordinator: Client, cast: Cast, asked: OutreachRequest
) -> None:
    coordinator.post(url("request_return", asked.pk), DECISIONS["return"])
    coordinator.force_login(cast.host_head)
    for page in ("request_detail", "request_check"):
        assert "what have you tried?" in coordinator.get(url(page, asked.pk)).content.decode()
    clearer = {**PAGES["aims"], "task": "Years 5 and 6; we tried a workshop."}
    assert coordinator.post(url("request_step", asked.pk, "aims"), clearer).status_code == 302
    [event] = AuditEvent.objects.about(asked).filter(verb="request: answers changed")
    assert event.after["task"] == "Years 5 and 6; we tried a workshop."
    assert event.before["task"] == asked.task
    assert coordinator.post(url("request_check", asked.pk)).status_code == 302
    asked.refresh_from_db()
    assert asked.status == RequestStatus.SUBMITTED
    assert Message.objects.filter(kind="request-sent").count() == 1


def test_r_6_15_the_head_sees_reason_and_date_of_a_waiting_request(
    coordinator: Client, cast: Cast, asked: OutreachRequest
) -> None:
    coordinator.post(url("request_wait", asked.pk), DECISIONS["wait"])
    coordinator.force_login(cast.host_head)
    page = coordinator.get(url("request_detail", asked.pk)).content.decode()
    assert "No AST has days left in the weeks asked for" in page
    assert "11 January 2027" in page
    assert "Look again 11 Jan 2027" in coordinator.get(url("requests")).content.decode()
    [message] = Message.objects.all()
    assert "11 January 2027" in message.body


def test_r_6_15_a_date_to_look_again_lies_ahead(coordinator: Client, asked: OutreachRequest) -> None:
    said = {**DECISIONS["wait"], "look_again_on_year": "2026"}
    assert "look_again_on" in errors(coordinator.post(url("request_wait", asked.pk), said))


def test_r_1_9_referring_closes_the_request(coordinator: Client, cast: Cast, asked: OutreachRequest) -> None:
    coordinator.post(url("request_refer", asked.pk), DECISIONS["refer"])
    assert not OutreachRequest.objects.open().exists()
    coordinator.force_login(cast.host_head)
    assert "music consultant" in coordinator.get(url("request_detail", asked.pk)).content.decode()


def test_r_6_9_a_flagged_request_needs_the_coordinators_statement(
    coordinator: Client, cast: Cast, asked: OutreachRequest
) -> None:
    SchoolStatus.objects.create(
        school=cast.host, kind="programme", name="national_challenge", starts_on=date(2026, 9, 1)
    )
    assert [p.rule for p in requests.realism_problems(asked, today=today())] == ["R-6.9"]
    assert "No match is agreed until" in coordinator.get(url("request_detail", asked.pk)).content.decode()
    coordinator.post(url("request_realism", asked.pk), DECISIONS["realism"])
    asked.refresh_from_db()
    assert asked.realism_by == cast.coordinator
    assert requests.realism_problems(asked, today=today()) == []
    assert AuditEvent.objects.about(asked).filter(verb="request: aims found realistic").exists()


def test_withdrawing_takes_back_the_match_and_unsent_messages(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status=RequestStatus.PROPOSED)
    match = MatchFactory(request=asked, post=cast.post)
    client.force_login(cast.host_head)
    assert "taken back" not in client.get(url("request_withdraw", asked.pk)).content.decode().lower()
    assert "An AST has been asked already" in client.get(url("request_withdraw", asked.pk)).content.decode()
    client.post(url("request_withdraw", asked.pk), {"ending": "timing", "note": ""})
    asked.refresh_from_db()
    match.refresh_from_db()
    assert (asked.status, asked.ending, match.status) == (
        RequestStatus.WITHDRAWN,
        "timing",
        MatchStatus.CANCELLED,
    )
    assert Message.objects.get().kind == "request-withdrawn-office"
    assert client.post(url("request_withdraw", asked.pk), {"ending": "timing"}).status_code == 200
    assert Transition.objects.about(asked).count() == 1


def test_withdrawing_cancels_what_is_queued_about_it(cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head)
    decisions.wait(request=asked, by=cast.coordinator, ending="no_days", note="", look_again_on=date(2027, 1, 11))
    actions.withdraw(request=asked, by=cast.host_head, ending="not_needed")
    assert Message.objects.get(kind="request-waiting").status == MessageStatus.CANCELLED


def test_withdrawing_needs_a_reason_and_an_agreed_match_stays(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status=RequestStatus.AGREED)
    client.force_login(cast.host_head)
    assert "ending" in errors(client.post(url("request_withdraw", asked.pk), {}))
    with pytest.raises(Refused):
        actions.withdraw(request=asked, by=cast.host_head, ending="timing")


def test_r_6_7_only_the_outcome_is_kept_when_a_request_ends(cast: Cast, client: Client) -> None:
    for end in (
        lambda it: decisions.decline(request=it, by=cast.coordinator, ending="policy", note="No."),
        lambda it: decisions.refer(request=it, by=cast.coordinator, where="The consultant"),
        lambda it: actions.withdraw(request=it, by=cast.host_head, ending="timing"),
    ):
        asked = RequestFactory(host=cast.host, created_by=cast.host_head)
        asked.staff.update(situation="some")
        OutreachRequest.objects.filter(pk=asked.pk).update(realism="Six days", realism_by=cast.coordinator)
        end(asked)
        assert asked.staff.get().situation == ""
        asked.refresh_from_db()
        assert (asked.realism, asked.realism_by) == ("", None)
    draft = actions.start_again(last=asked, by=cast.host_head)
    assert [p.code for p in requests.problems_of(draft, today=today()) if p.field == "people"] == ["missing"]


def test_r_1_2_a_school_about_to_leave_a_category_may_begin_to_ask(cast: Cast) -> None:
    row = SchoolStatus.objects.create(
        school=cast.host, kind="category", name="special_measures", starts_on=date(2026, 1, 1)
    )
    with pytest.raises(Refused):
        actions.start(host=cast.host, by=cast.host_head)
    row.ends_on = date(2026, 10, 30)
    row.save()
    assert actions.start(host=cast.host, by=cast.host_head).pk


def test_r_6_9_the_statement_of_realism_is_in_the_story(coordinator: Client, asked: OutreachRequest) -> None:
    coordinator.post(url("request_realism", asked.pk), DECISIONS["realism"])
    page = coordinator.get(url("request_detail", asked.pk)).content.decode()
    assert "Request: aims found realistic" in page
    assert "Begun" in page


def test_r_6_9_only_coordinators_read_why_the_aims_are_realistic(
    client: Client, cast: Cast, asked: OutreachRequest
) -> None:
    why = "She finds order hard, so two lessons a week"
    decisions.state_realism(request=asked, by=cast.coordinator, statement=why)
    for reader, reads, told in (
        (cast.coordinator, True, True),
        (cast.host_head, False, True),
        (cast.administrator, False, False),
    ):
        client.force_login(reader)
        page = client.get(url("request_detail", asked.pk)).content.decode()
        assert ("aims found realistic" in page) is told, reader
        assert (why in page) is reads, reader


@pytest.mark.parametrize(("route", "then"), [("online", "draft"), ("direct", "awaiting_confirmation")])
def test_r_20_13_a_head_takes_back_what_nobody_has_taken_up(client: Client, cast: Cast, route: str, then: str) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="submitted", route=route)
    client.force_login(cast.host_head)
    assert "Take it back to change it" in client.get(url("request_detail", asked.pk)).content.decode()

    client.post(url("request_unsend", asked.pk))

    asked.refresh_from_db()
    assert (asked.status, asked.confirmed_by, asked.submitted_at) == (then, None, None)
    [told] = Message.objects.filter(kind="request-taken-back-office")
    assert asked.reference in told.subject


def test_r_20_13_not_once_the_coordinator_has_taken_it_up(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="submitted")
    decisions.take_up(request=asked, by=cast.coordinator)
    client.force_login(cast.host_head)
    page = client.post(url("request_unsend", asked.pk), follow=True).content.decode()
    assert "no longer possible" in page
    asked.refresh_from_db()
    assert asked.status == "under_review"

"""The preliminary meeting and the ten items."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import strip_tags
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.agreement.actions import fulfilment, progress, protocol
from placements.agreement.rules.items import agree_problems
from placements.agreement.rules.protocol import Answer, ProtocolRows, settle
from placements.placement.lifecycle import ReviewKind
from placements.placement.models import Placement, PlannedReview
from placements.supported.models import SupportedStaff
from tests.cast import Cast
from tests.placements import stories

TODAY = date(2026, 10, 6)
EVALUATIONS = [(ReviewKind.SCHOOL_EVALUATION, TODAY), (ReviewKind.FINAL_EVALUATION, date(2026, 12, 1))]


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def messages_of(number: int, people: Sequence[SupportedStaff] = (), reviews: Any = (), **terms: Any) -> list[str]:
    dated = [PlannedReview(kind=kind, on=on) for kind, on in reviews]
    rows = ProtocolRows(Placement(**terms), people, dated)
    return [p.message for p in agree_problems(number, rows) if not p.warning]


@pytest.mark.django_db
def test_r_8_0_calling_the_meeting_sends_agenda_and_role_to_everybody(cast: Cast) -> None:
    placement = stories.opened(cast)
    SupportedStaff.objects.filter(name="Juno Pettifer").update(email="juno@marlshire.example")

    protocol.call_meeting(placement=placement, on=date(2026, 10, 12), place="3:45pm, library", by=cast.coordinator)

    sent = Message.objects.filter(kind="preliminary-meeting")
    assert {m.to_email for m in sent} == {
        cast.host_head.email,
        cast.ast.email,
        cast.coordinator.email,
        "juno@marlshire.example",
    }
    assert all(m.attachments.count() == 2 for m in sent)
    assert not any("Pettifer" in m.subject + m.body for m in sent)
    assert placement.role_statement_sent_on == TODAY
    assert placement.protocol.get(number=1).fulfilment == "fulfilled"


@pytest.mark.django_db
def test_r_8_0_an_absence_needs_the_coordinators_consent(cast: Cast) -> None:
    placement = stories.opened(cast)
    present = ("host_head", "ast", "coordinator")

    with pytest.raises(Refused, match="without the supported staff"):
        protocol.hold_meeting(placement=placement, held_on=TODAY, present=present, by=cast.coordinator)
    with pytest.raises(Refused, match="co-ordinator has to record"):
        protocol.hold_meeting(placement=placement, held_on=TODAY, present=present, consent="Ill", by=cast.administrator)
    meeting = protocol.hold_meeting(
        placement=placement, held_on=TODAY, present=present, consent="Both were ill", by=cast.coordinator
    )

    assert (meeting.staff_present, meeting.absence_consent) == (False, "Both were ill")
    assert placement.status == "preliminary_held"


@pytest.mark.django_db
def test_r_8_0_a_meeting_cannot_lie_in_the_future(cast: Cast) -> None:
    placement = stories.opened(cast)

    with pytest.raises(Refused, match="today or in the past"):
        protocol.hold_meeting(
            placement=placement, held_on=date(2026, 10, 7), present=stories.EVERYBODY, by=cast.coordinator
        )

    placement.refresh_from_db()
    assert placement.status == "planned"


@pytest.mark.django_db
def test_r_8_0_no_item_is_answered_before_the_meeting(cast: Cast) -> None:
    placement = stories.opened(cast)

    with pytest.raises(Refused, match="cannot be changed now"):
        protocol.save_item(placement=placement, number=8, by=cast.host_head)


@pytest.mark.django_db
def test_r_8_1_p1_is_not_fulfilled_before_the_role_statement_is_sent(cast: Cast) -> None:
    placement = stories.met(cast)

    with pytest.raises(Refused, match="role statement was sent"):
        fulfilment.mark(placement=placement, number=1, state="fulfilled", by=cast.coordinator)
    protocol.send_role_statement(placement=placement, by=cast.coordinator)

    assert placement.protocol.get(number=1).fulfilled_on == TODAY


@pytest.mark.django_db
def test_r_8_2_one_of_two_met_leaves_one_meeting_outstanding(cast: Cast) -> None:
    placement = stories.signed(cast)
    first, _ = placement.supported.all()

    problems = progress.record_circulation(
        placement=placement, by=cast.host_head, circulated_on=TODAY, met={first.pk: TODAY}
    )

    item = placement.protocol.get(number=2)
    assert item.fulfilment == "ongoing"
    assert "p2" not in {p.code for p in problems}
    assert placement.supported.filter(first_met_on=None).count() == 1


@pytest.mark.django_db
def test_r_8_2_circulation_cannot_lie_in_the_future(cast: Cast) -> None:
    placement = stories.met(cast)

    with pytest.raises(Refused):
        progress.record_circulation(placement=placement, by=cast.host_head, circulated_on=date(2026, 10, 7))


@pytest.mark.django_db
def test_r_8_3_the_notice_fulfils_p3_with_date_and_addressee(cast: Cast, client: Any) -> None:
    placement = stories.signed(cast)

    assert placement.protocol.get(number=3).fulfilled_on == TODAY
    client.force_login(cast.coordinator)
    page = client.get(reverse("placements:placement_item", args=[placement.pk, 3])).content.decode()
    said = " ".join(strip_tags(page).split())
    assert f"Notice sent to {cast.host.chair_name} on 6 October 2026." in said
    assert "Has it been done? Fulfilled, 6 October 2026" in said


def test_r_8_4_evaluation_dates_are_needed() -> None:
    found = messages_of(4)
    assert any("first evaluation" in m for m in found)
    assert any("final evaluation" in m for m in found)
    assert messages_of(4, reviews=EVALUATIONS) == []


def test_r_8_4_a_recommended_person_is_willing() -> None:
    person = SupportedStaff(name="A", selection="head", willing_to_develop=True, willing_to_continue=False)
    assert any("recommended" in m for m in messages_of(4, people=[person], reviews=EVALUATIONS))


@pytest.mark.django_db
def test_r_8_5_without_the_home_heads_consent_p5_is_agreed_with_their_action(cast: Cast) -> None:
    placement = stories.met(cast)

    item = protocol.save_item(placement=placement, number=5, by=cast.host_head, **stories.item_answers()[5])

    assert (item.agreement, item.action_owner) == ("with_action", "home_head")
    assert item.action_due == date(2026, 11, 17)
    protocol.agree_visit(placement=placement, by=cast.home_head)
    item.refresh_from_db()
    assert item.agreement == "agreed"


@pytest.mark.django_db
def test_r_8_5_only_the_home_head_consents(cast: Cast) -> None:
    placement = stories.met(cast)

    for person in (cast.host_head, cast.coordinator, cast.outsider):
        with pytest.raises(PermissionDenied):
            protocol.agree_visit(placement=placement, by=person)


def test_r_8_5_a_waived_visit_needs_no_consent() -> None:
    placement = Placement(day_shape="Two lessons", visit_waived_reason="The schools share a site")
    assert settle(5, placement, Answer("agreed"), today=TODAY).agreement == "agreed"
    assert agree_problems(5, ProtocolRows(placement)) == []


def test_r_8_6_review_meetings_are_dated() -> None:
    assert messages_of(6)
    span = {"starts_on": date(2026, 11, 3), "ends_on": date(2027, 2, 9)}
    meeting = ReviewKind.REVIEW_MEETING
    assert messages_of(6, reviews=[(meeting, date(2026, 12, 1))], **span) == []
    assert "between 3 November 2026" in messages_of(6, reviews=[(meeting, date(2027, 3, 1))], **span)[0]


def test_r_8_7_notice_is_agreed() -> None:
    assert messages_of(7)
    assert messages_of(7, notice_days=5) == []


@pytest.mark.django_db
def test_r_8_8_the_clause_on_later_links_is_in_the_contract(cast: Cast) -> None:
    placement = stories.issued(cast)
    assert placement.protocol.get(number=8).agreement == "agreed"
    text = words(documents.pdf(stories.in_force(placement).document))
    assert "Links afterwards" in text
    assert "the schools may stay in touch informally if both wish" in text


def test_r_8_9_a_day_is_reserved_for_review() -> None:
    assert "outreach day" in messages_of(9, focus="Aims")[0]
    assert messages_of(9, focus="Aims", reviews=[(ReviewKind.RESERVED_DAY, TODAY)]) == []


@pytest.mark.django_db
def test_confirming_needs_all_ten_and_the_coordinator(cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    with pytest.raises(PermissionDenied):
        protocol.confirm_protocol(placement=placement, by=cast.administrator)
    protocol.save_item(placement=placement, number=8, by=cast.ast, agreement="not_discussed")
    with pytest.raises(Refused, match="P8"):
        protocol.confirm_protocol(placement=placement, by=cast.coordinator)
    protocol.save_item(placement=placement, number=8, by=cast.ast)

    protocol.confirm_protocol(placement=placement, by=cast.coordinator)

    assert placement.status == "protocol_agreed"
    pack = Message.objects.get(kind="protocol-circulation")
    assert pack.to_email == cast.host_head.email
    assert pack.attachments.count() == 1


@pytest.mark.django_db
def test_reopening_lets_items_be_changed_again(cast: Cast) -> None:
    placement = stories.ready(cast)
    with pytest.raises(Refused, match="reopen"):
        protocol.save_item(placement=placement, number=7, by=cast.ast, notice_days=3)

    protocol.reopen_protocol(placement=placement, by=cast.coordinator, reason="Notice is too long")
    protocol.save_item(placement=placement, number=7, by=cast.ast, notice_days=3)

    placement.refresh_from_db()
    assert placement.notice_days == 3


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["home_head", "outsider", "chair", "officer"])
def test_only_parties_work_on_the_items(cast: Cast, who: str) -> None:
    placement = stories.met(cast)

    with pytest.raises(PermissionDenied):
        protocol.save_item(placement=placement, number=8, by=getattr(cast, who))

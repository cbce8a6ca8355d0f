"""How a placement ends before its time: by either party, undone before its start, taken back (R-8.14, R-20.13)."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.documents import Document
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.days import ledger
from placements.days.actions import days
from placements.endings.actions import early, hooks
from placements.matching import actions as matching
from tests.cast import Cast
from tests.factories import RequestFactory
from tests.placements import stories
from tests.placements.active import active, elsewhere
from tests.placements.endings import ends

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def test_r_8_14_the_host_ends_early_and_unused_days_return(cast: Cast, clock: Any) -> None:
    placement = stories.active(cast)
    day = days.plan_day(placement=placement, on=date(2026, 11, 3), days=Decimal(1), by=cast.ast)
    days.plan_day(placement=placement, on=date(2026, 11, 10), days=Decimal(1), by=cast.ast)
    before = ledger.balance(cast.post, cast.year).remaining
    clock.move_to("2026-11-03 16:00:00Z")
    days.deliver_day(day=day, on=day.on, days=day.days, venue=day.venue, by=cast.ast)

    early.end_early(
        placement=placement,
        by=cast.host_head,
        ended_on=date(2026, 11, 3),
        category="staffing",
        reason="Staffing changed",
    )

    placement.refresh_from_db()
    assert placement.status == "ended_early"
    assert ledger.balance(cast.post, cast.year).remaining == before + 5
    assert placement.outreach_days.filter(status="cancelled", cancelled_by="host").count() == 1
    told = set(Message.objects.filter(kind="placement-ended").values_list("to_email", flat=True))
    assert {cast.ast.email, cast.home_head.email, cast.coordinator.email, cast.host.chair_email} <= told


def test_r_8_14_either_party_alone_and_nobody_else(cast: Cast) -> None:
    placement = stories.active(cast)

    with pytest.raises(PermissionDenied):
        early.end_early(
            placement=placement, by=cast.home_head, ended_on=date(2026, 10, 6), category="time", reason="No cover"
        )
    early.end_early(
        placement=placement, by=cast.ast, ended_on=date(2026, 10, 6), category="staffing", reason="New post elsewhere"
    )

    assert placement.status == "ended_early"


@pytest.mark.parametrize(
    ("ended_on", "reason", "field"),
    [(date(2026, 10, 7), "Because", "ended_on"), (date(2026, 10, 6), "  ", "ended_reason")],
)
def test_r_8_14_an_early_end_has_a_day_and_a_reason(cast: Cast, ended_on: date, reason: str, field: str) -> None:
    placement = stories.active(cast)

    with pytest.raises(Refused) as refused:
        early.end_early(placement=placement, by=cast.host_head, ended_on=ended_on, category="other", reason=reason)

    assert [p.field for p in refused.value.problems] == [field]


def test_the_coordinator_says_who_ended_it(cast: Cast) -> None:
    placement = stories.active(cast)

    with pytest.raises(Refused, match="who ended"):
        early.end_early(
            placement=placement,
            by=cast.coordinator,
            ended_on=date(2026, 10, 6),
            category="other",
            reason="Told by phone",
        )
    early.end_early(
        placement=placement,
        by=cast.coordinator,
        ended_on=date(2026, 10, 6),
        category="other",
        reason="Told by phone",
        side="host",
    )

    assert AuditEvent.objects.about(placement).filter(reason="Told by phone", by=cast.coordinator).exists()


def test_abandoning_gives_the_days_back_and_stops_the_post(cast: Cast) -> None:
    placement = stories.issued(cast)
    version = stories.in_force(placement)

    early.abandon(placement=placement, by=cast.coordinator, reason="The school has closed its Year 6 class")

    assert placement.status == "closed"
    assert ledger.placement_sums(placement)["contract"] == 0
    assert not Message.objects.about(version).filter(status="queued").exists()


def test_only_the_coordinator_abandons_and_only_before_the_start(cast: Cast, clock: Any) -> None:
    placement = stories.active(cast)

    with pytest.raises(PermissionDenied):
        early.abandon(placement=placement, by=cast.host_head, reason="Changed our minds")
    clock.move_to("2026-11-03 09:00:00Z")
    with pytest.raises(Refused, match="has begun"):
        early.abandon(placement=placement, by=cast.coordinator, reason="Changed our minds")


def test_r_8_14_an_end_before_the_last_delivered_day_is_refused_clearly(cast: Cast, clock: Any) -> None:
    placement = active(cast)
    ends.held(cast, clock, placement, date(2026, 11, 3))
    clock.move_to("2026-11-05 09:00:00Z")

    with pytest.raises(Refused, match=r"held on 3 November 2026\. Enter that date or a later one"):
        ends.ended(cast, placement, date(2026, 11, 2))

    placement.refresh_from_db()
    assert (placement.status, placement.ended_on) == ("active", None)
    assert ledger.placement_sums(placement)["contract"] == 6


def test_r_8_14_a_party_may_end_it_in_the_last_fortnight_too(cast: Cast, clock: Any) -> None:
    placement = ends.evaluated(cast, clock)
    assert ends.ended(cast, placement, ends.LAST).status == "ended_early"


def test_r_15_5_the_notice_says_the_kind_of_reason_and_nobodys_words(cast: Cast, clock: Any) -> None:
    placement = active(cast)
    ends.held(cast, clock, placement, date(2026, 11, 3))
    ends.ended(cast, placement, date(2026, 11, 3))

    notice = Document.objects.get(kind="end-notice")
    assert notice.facts["category"] == "The school’s priorities have changed"
    assert [Decimal(notice.facts[name]) for name in ("days", "used", "unused")] == [6, 1, 5]
    assert not any(name in str(notice.facts) for name in ("Juno", "Pettifer", "Sorrel", "moves class"))
    for message in Message.objects.filter(kind="placement-ended"):
        assert list(message.attachments.all()) == [notice]
        assert "priorities have changed" in message.body
        assert "Juno" not in message.body


@pytest.mark.paper
def test_r_15_5_the_notice_is_printed_on_one_page(cast: Cast, clock: Any) -> None:
    placement = active(cast)
    ends.held(cast, clock, placement, date(2026, 11, 3))
    ends.ended(cast, placement, date(2026, 11, 3))

    pages = PdfReader(BytesIO(documents.pdf(Document.objects.get(kind="end-notice")))).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    for words in ("Notice of an early end", "3 November 2026", "The host school", "5 days", "priorities have changed"):
        assert words in text


def test_r_8_14_the_evaluation_is_still_asked_for(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(hooks, "on_ended_early", [lambda placement: asked.append(placement.pk)])
    placement = ends.ended(cast, active(cast), date(2026, 10, 6))
    assert asked == [placement.pk]


def test_a_mistaken_end_is_taken_back_with_its_days(cast: Cast, clock: Any) -> None:
    placement = active(cast)
    ends.held(cast, clock, placement, date(2026, 11, 3))
    ends.ended(cast, placement, date(2026, 11, 3))
    with pytest.raises(PermissionDenied):
        early.take_back(placement=placement, by=cast.host_head, reason="I meant another school")

    early.take_back(placement=placement, by=cast.coordinator, reason="Another school was meant")

    assert (placement.status, placement.ended_on, placement.ended_category) == ("active", None, "")
    assert ledger.placement_sums(placement)["contract"] == 6
    told = set(Message.objects.filter(kind="placement-taken-back").values_list("to_email", flat=True))
    assert {cast.ast.email, cast.host_head.email, cast.host.chair_email} <= told
    ends.ended(cast, placement, date(2026, 11, 3))
    assert Message.objects.filter(kind="placement-ended", to_email=cast.ast.email).count() == 2


def test_an_end_is_not_taken_back_after_a_month_or_when_its_days_are_promised(cast: Cast, clock: Any) -> None:
    placement = ends.ended(cast, active(cast), date(2026, 10, 6))
    clock.move_to("2026-11-06 09:00:00Z")
    with pytest.raises(Refused, match="more than 30 days ago"):
        early.take_back(placement=placement, by=cast.coordinator, reason="Another school was meant")
    clock.move_to("2026-11-05 09:00:00Z")
    elsewhere(cast, days=ledger.balance(cast.post, cast.year).remaining)
    with pytest.raises(Refused):
        early.take_back(placement=placement, by=cast.coordinator, reason="Another school was meant")
    placement.refresh_from_db()
    assert placement.status == "ended_early"


def test_an_end_before_it_was_active_is_taken_back_to_signed(cast: Cast) -> None:
    placement = stories.signed(cast)
    ends.ended(cast, placement, date(2026, 10, 6))
    assert early.take_back(placement=placement, by=cast.coordinator, reason="A mistake").status == "signed"


def test_r_20_13_closed_before_the_start_the_request_is_in_the_queue_again_in_its_place(
    cast: Cast, client: Client
) -> None:
    placement = stories.signed(cast)
    sent = placement.request.submitted_at
    waiting = RequestFactory(
        host=cast.elsewhere, created_by=cast.outsider, status="submitted", submitted_at=sent + timedelta(days=1)
    )
    Message.objects.filter(kind="chair-notice").update(status="sent", sent_at=sent)
    client.force_login(cast.coordinator)
    queue = reverse("placements:queue")
    assert placement.request.reference not in client.get(queue).content.decode()

    client.post(reverse("placements:placement_abandon", args=[placement.pk]), {"reason": "The class has closed"})

    placement.refresh_from_db()
    asked = placement.request
    assert (placement.status, asked.status, asked.submitted_at) == ("closed", "under_review", sent)
    page = client.get(queue).content.decode()
    assert page.index(asked.reference) < page.index(waiting.reference)
    assert ledger.placement_sums(placement)["contract"] == 0
    assert (placement.match.status, asked.days_open) == ("undone", asked.days)
    told = {m.to_email: m.body for m in Message.objects.filter(kind="placement-abandoned")}
    assert told.keys() >= {cast.host_head.email, cast.home_head.email, cast.ast.email, cast.host.chair_email}
    assert "open again, with its place in the queue" in told[cast.host_head.email]


def test_r_20_13_planned_days_are_called_off_and_the_same_ast_can_be_asked_again(cast: Cast) -> None:
    placement = stories.active(cast)
    days.plan_day(placement=placement, on=date(2026, 11, 3), days=Decimal(1), by=cast.ast)

    early.abandon(placement=placement, by=cast.coordinator, reason="The class has closed")

    assert not placement.outreach_days.counting().exists()
    assert ledger.balance(cast.post, cast.year).remaining == ledger.balance(cast.post, cast.year).budget
    again = matching.propose(request=placement.request, post=cast.post, days=Decimal(6), by=cast.coordinator)
    assert again.status == "proposed"


def test_r_20_13_twice_is_refused_and_changes_nothing(cast: Cast) -> None:
    placement = stories.issued(cast)
    early.abandon(placement=placement, by=cast.coordinator, reason="The class has closed")
    with pytest.raises(Refused, match="no longer possible"):
        early.abandon(placement=placement, by=cast.coordinator, reason="The class has closed")
    placement.request.refresh_from_db()
    assert placement.request.status == "under_review"

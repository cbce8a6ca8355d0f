"""Placements already under way are taken in mid-year, and go on like any other (R-17.4)."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astcoord.core import documents
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from evaluation.evaluations.actions import asking as evaluations
from evaluation.reviews import actions as reviews
from evaluation.summaries.reads.boards import boards
from evaluation.summaries.reads.placements import summary
from placements.agreement.actions import priorities
from placements.balances.reads.years import year_page
from placements.changes.actions import asking, deciding
from placements.days import ledger
from placements.days.actions import days as day_actions
from placements.days.models import LedgerEntry, OutreachDay
from placements.endings.actions import completing, early
from placements.matching.models import Match
from placements.matching.reads.promises import open_among
from placements.placement.models import Placement
from placements.taken_in import actions, reads
from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear, Term
from schools.calendar.years import default_year
from tests.cast import Cast
from tests.factories import PlacementFactory, PriorityFactory
from tests.placements.taken_in.entered import AIMS, agreed, entered

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def refused(cast: Cast, **changes: Any) -> str:
    with pytest.raises(Refused) as refusal:
        entered(cast, **changes)
    assert not Placement.objects.exists(), "nothing is half stored"
    return str(refusal.value)


def test_r_17_4_of_6_agreed_and_2_used_the_balance_shows_2_used_and_4_contracted(cast: Cast, client: Client) -> None:
    placement = entered(cast)
    balance = ledger.balance(cast.post, cast.year)
    assert (balance.contracted, balance.delivered, balance.to_come, balance.promised) == (6, 2, 0, 0)
    assert balance.remaining == balance.budget - 6
    (line,) = year_page(cast.post, cast.year, today()).placements
    assert (line.delivered, line.left) == (2, 4)
    client.force_login(cast.coordinator)
    page = words(client.get(reverse("placements:balance", args=[cast.post.pk])))
    assert "2 days used, 4 days still contracted" in page
    assert "2 days of this before this system, without dates" in page
    assert not OutreachDay.objects.exists(), "no day is made up"
    assert placement.status == "active"


def test_r_17_4_it_is_marked_and_its_record_stands_for_the_contract(cast: Cast, client: Client) -> None:
    placement = entered(cast)
    assert placement.taken_in_on == today()
    assert [each.text for each in placement.objectives.all()] == list(AIMS)
    for user in (cast.coordinator, cast.host_head, cast.home_head, cast.ast):
        client.force_login(user)
        page = words(client.get(placement.get_absolute_url()))
        assert "Agreed before this system" in page
        assert "2 days were used by then" in page
        assert "What was agreed before this system" in page
        assert "Sign as" not in page
        record = words(client.get(reverse("placements:contract", args=[placement.pk])))
        assert "It was signed on paper on 8 September 2026" in record
        assert "Not recorded here" in record
        assert "Still to sign" not in record
    client.force_login(cast.coordinator)
    assert "Agreed before this system" in words(client.get(reverse("placements:placement_list")))
    pdf = client.get(reverse("placements:contract_pdf", args=[placement.pk, 1]))
    assert pdf["Content-Type"] == "application/pdf"
    missing = words(client.get(reverse("placements:placement_missing", args=[placement.pk])))
    assert "role statement" not in missing
    protocol = words(client.get(reverse("placements:placement_protocol", args=[placement.pk])))
    assert "the ten items were not gone through here" in protocol


def test_r_17_4_nobody_is_asked_for_what_was_settled_before(cast: Cast, client: Client) -> None:
    placement = entered(cast)
    for user in (cast.host_head, cast.home_head, cast.ast, cast.coordinator):
        client.force_login(user)
        page = words(client.get(reverse("home")))
        for task in ("Give the protocol", "Say how classes are covered", "Sign the contract", "Agree the ten items"):
            assert task not in page
    client.force_login(cast.home_head)
    assert reverse("placements:cover", args=[placement.pk]) in client.get(placement.get_absolute_url()).content.decode()
    match = placement.match
    assert client.get(reverse("placements:match_home", args=[match.pk])).status_code == 404
    assert cast.host.name not in words(client.get(reverse("placements:answers_awaited")))
    client.force_login(cast.coordinator)
    assert client.get(reverse("placements:match", args=[match.pk])).status_code == 404
    asked = words(client.get(reverse("placements:request_detail", args=[placement.request_id])))
    assert "was agreed before this system" in asked


def test_r_17_4_heads_and_ast_are_told_once(cast: Cast) -> None:
    entered(cast)
    entered(cast)
    told = Message.objects.filter(kind="placement-taken-in")
    assert sorted(told.values_list("to_email", flat=True)) == sorted(
        person.email for person in (cast.host_head, cast.home_head, cast.ast)
    )
    body = told.get(to_email=cast.ast.email).body
    assert "6 days" in body
    assert "2 days of it are entered as used already" in body


def test_r_17_4_the_same_again_is_the_one_that_is_there_and_other_figures_are_refused(cast: Cast) -> None:
    placement = entered(cast)
    assert entered(cast) == placement
    with pytest.raises(Refused, match="entered with another days used and last day"):
        entered(cast, used=Decimal(3), ends_on=date(2027, 3, 1))
    assert Placement.objects.count() == 1
    assert LedgerEntry.objects.filter(placement=placement).count() == 3
    other = entered(cast, host=cast.elsewhere)
    assert other.pk != placement.pk


def test_r_17_4_one_that_was_made_here_is_not_made_again(cast: Cast) -> None:
    here = cast.placement(starts_on=date(2026, 9, 15), ends_on=date(2027, 2, 9))
    with pytest.raises(Refused, match=f"{here.reference} is this placement, and was made in this system"):
        entered(cast)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"used": Decimal(7)}, "7 days used are more than 6 days agreed"),
        ({"days": Decimal("6.1")}, "in quarters"),
        ({"days": Decimal(0)}, "more than 0"),
        ({"used": Decimal("0.3")}, "in quarters"),
        ({"ends_on": date(2026, 9, 1)}, "same as or after the first day"),
        ({"ends_on": date(2026, 9, 20)}, "has passed"),
        ({"starts_on": date(2026, 12, 1)}, "No days can be used before the first day"),
        ({"starts_on": date(2024, 9, 1)}, "in post only from 1 September 2025"),
        ({"starts_on": date(2026, 4, 20)}, "how many of 2 days used fell in this year"),
        ({"used_this_year": Decimal(1)}, "leave days used this school year empty"),
        ({"agreed_on": date(2027, 1, 1)}, "must be today or in the past"),
        ({"aims": ()}, "Enter the aims"),
        ({"aims": ("A" * 1001,)}, "shorten them"),
        ({"subject": ""}, "Enter the subject"),
        ({"days": Decimal(60)}, "give the reason for going beyond the year"),
    ],
)
def test_r_17_4_what_cannot_be_is_refused_with_what_to_do(cast: Cast, changes: dict[str, Any], said: str) -> None:
    assert said in refused(cast, **changes)


def test_r_17_4_own_school_closed_school_and_a_post_that_is_over_are_refused(cast: Cast) -> None:
    assert "is Wren Castellow’s own school" in refused(cast, host=cast.home)
    cast.host.status = "closed"
    cast.host.save()
    assert "is closed" in refused(cast)
    cast.post.ends_on = date(2026, 12, 31)
    cast.post.save()
    assert "only until 31 December 2026" in refused(cast, host=cast.elsewhere)


def test_r_17_4_without_a_stored_policy_it_says_so(cast: Cast) -> None:
    Policy.objects.all().delete()
    assert "policy has not been set up" in refused(cast)


def test_r_4_11_beyond_the_year_only_with_a_reason(cast: Cast) -> None:
    placement = entered(cast, days=Decimal(60), beyond="Agreed by the head of service.")
    assert ledger.balance(cast.post, cast.year).remaining < 0
    event = AuditEvent.objects.about(placement).get(verb="placement entered: agreed before this system")
    assert event.reason == "Agreed by the head of service."
    assert "aims" not in event.after


def test_r_17_4_begun_last_year_each_year_bears_what_was_used_in_it(cast: Cast) -> None:
    spring = {"starts_on": date(2026, 4, 20), "days": Decimal(8), "used": Decimal(5), "used_this_year": Decimal(1)}
    assert "not in the calendar" in refused(cast, **spring)
    save_year(default_year("2025-26"), by=None)
    before = AcademicYear.objects.get(slug="2025-26")
    placement = entered(cast, **spring)
    last, now = ledger.balance(cast.post, before), ledger.balance(cast.post, cast.year)
    assert (last.delivered, now.delivered) == (4, 1)
    assert last.contracted + now.contracted == 8
    assert last.contracted >= 4
    assert now.to_come == last.to_come == 0
    completing.open_final_evaluation(placement=placement, by=cast.coordinator)
    assert completing.days_used(placement) == 5


def test_r_17_4_days_without_a_date_are_neither_to_come_nor_free(cast: Cast) -> None:
    entered(cast)
    (promise,) = open_among(Match.objects.filter(post=cast.post))
    assert (promise.uncontracted, promise.undated) == (0, 16), "four days have no date yet, in quarters"


def test_r_17_4_it_runs_on_by_days_and_diary_up_to_what_is_left(cast: Cast, client: Client) -> None:
    placement = entered(cast)
    tuesdays = [date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 24)]
    for on in tuesdays:
        day_actions.plan_day(placement=placement, on=on, days=Decimal(1), by=cast.ast)
    with pytest.raises(Refused):
        day_actions.plan_day(placement=placement, on=date(2026, 12, 1), days=Decimal(1), by=cast.ast)
    assert ledger.balance(cast.post, cast.year).to_come == 4
    client.force_login(cast.ast)
    page = words(client.get(reverse("evaluation:placement_diary", args=[placement.pk])))
    assert "2 days were used before this system, without dates here" in page
    assert "Missing" not in page


def test_r_17_4_reviews_evaluations_and_summaries_go_on(cast: Cast) -> None:
    placement = entered(cast)
    term = Term.objects.get(starts_on__lte=today(), ends_on__gte=today())
    made = reviews.open_review(placement=placement, term=term, today=today())
    assert made.placement == placement
    form = evaluations.ask(
        placement=placement, kind="interim", whom=evaluations.school(placement), opens=today(), on=today()
    )
    assert [each.asked_of for each in form] == ["host_head"]
    told = summary(placement, today())
    assert (told.agreed, told.used) == (6, 2)
    (given,) = next(board for board in boards(term) if board.school == cast.home).given
    assert (given.delivered, given.schools) == (2, 1)


def test_r_17_4_it_is_extended_by_an_addendum_that_cites_the_paper(cast: Cast) -> None:
    placement = entered(cast)
    amendment = asking.ask_extension(
        placement=placement, by=cast.host_head, ends_on=date(2027, 3, 23), days=Decimal(8), reason="Two more units."
    )
    deciding.offer(amendment=amendment, by=cast.coordinator)
    amendment.refresh_from_db()
    facts = amendment.version.document.facts
    assert facts["amends"] == {"number": 1, "on": "2026-09-08", "sha256": "", "before": "signed"}
    assert ["Days", "6 days", "8 days"] in facts["changes"]
    assert documents.pdf(amendment.version.document)
    for party in ("host_head", "ast", "coordinator", "home_head"):
        deciding.sign(amendment=amendment, version_number=2, party=party, by=getattr(cast, party), declared=True)
    placement.refresh_from_db()
    assert (placement.days, placement.ends_on) == (8, date(2027, 3, 23))
    balance = ledger.balance(cast.post, cast.year)
    assert (balance.contracted, balance.delivered) == (8, 2)
    assert entered(cast) == placement, "the file says what it said, and changes nothing"


def test_r_8_12_no_change_leaves_less_than_was_used_before(cast: Cast) -> None:
    placement = entered(cast, used=Decimal(4))
    with pytest.raises(Refused, match="4 days have been given already"):
        asking.propose_change(placement=placement, by=cast.coordinator, reason="Less time.", days=Decimal(3))


def test_r_17_4_it_ends_early_with_what_was_used_and_the_rest_goes_back(cast: Cast) -> None:
    placement = entered(cast)
    early.end_early(
        placement=placement,
        by=cast.host_head,
        ended_on=today(),
        reason="The teacher is leaving.",
        category="staffing",
    )
    balance = ledger.balance(cast.post, cast.year)
    assert (balance.contracted, balance.delivered) == (2, 2)


def test_r_17_4_a_mistake_is_taken_back_while_nothing_has_happened(cast: Cast, client: Client) -> None:
    before = ledger.balance(cast.post, cast.year)
    placement = entered(cast)
    client.force_login(cast.coordinator)
    page = client.post(
        reverse("placements:placement_undo_taking_in", args=[placement.pk]), {"reason": "Wrong school."}, follow=True
    )
    assert "It has been taken back" in words(page)
    placement.refresh_from_db()
    assert (placement.status, placement.days_before) == ("closed", 0)
    assert ledger.balance(cast.post, cast.year) == before
    assert not open_among(Match.objects.filter(post=cast.post))
    assert not Message.objects.filter(kind="placement-entered-by-mistake").exists(), "nobody had been told yet"
    again = entered(cast)
    assert again.pk != placement.pk
    with pytest.raises(Refused):
        actions.undo(placement=placement, by=cast.coordinator, reason="Twice.")


def test_r_17_4_who_was_told_hears_that_it_was_a_mistake(cast: Cast) -> None:
    placement = entered(cast)
    Message.objects.filter(kind="placement-taken-in", to_email=cast.host_head.email).update(
        status="sent", sent_at=timezone.now()
    )
    actions.undo(placement=placement, by=cast.coordinator, reason="Wrong school.")
    told = Message.objects.filter(kind="placement-entered-by-mistake")
    assert [each.to_email for each in told] == [cast.host_head.email]


def test_r_17_4_once_work_is_written_here_it_is_ended_and_not_taken_back(cast: Cast, client: Client) -> None:
    placement = entered(cast)
    day_actions.plan_day(placement=placement, on=date(2026, 11, 3), days=Decimal(1), by=cast.ast)
    with pytest.raises(Refused, match="outreach days"):
        actions.undo(placement=placement, by=cast.coordinator, reason="Wrong.")
    client.force_login(cast.coordinator)
    page = client.get(placement.get_absolute_url()).content.decode()
    assert reverse("placements:placement_undo_taking_in", args=[placement.pk]) not in page
    assert reverse("placements:placement_abandon", args=[placement.pk]) not in page
    usual = PlacementFactory()
    assert "was made in this system" in str(reads.undo_problems(usual)[0])


def test_r_17_4_only_the_coordinator_enters_and_takes_back(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.take_in(agreed=agreed(cast), by=cast.administrator)
    placement = entered(cast)
    with pytest.raises(PermissionDenied):
        actions.undo(placement=placement, by=cast.administrator, reason="No.")


def test_r_17_4_the_rule_that_a_block_begins_with_a_half_term_is_not_asked_of_what_stands(cast: Cast) -> None:
    Policy.objects.update(placement_pattern="block")
    placement = entered(cast)
    asking.ask_extension(
        placement=placement, by=cast.host_head, ends_on=date(2027, 3, 25), days=Decimal(6), reason="More weeks."
    )
    other = entered(cast, host=cast.elsewhere)
    with pytest.raises(Refused, match="first of a half-term"):
        asking.propose_change(
            placement=other, by=cast.coordinator, reason="Later.", starts_on=date(2026, 10, 20), weekday=1
        )


def test_r_14_1_the_office_says_which_priorities_it_serves_although_it_is_under_way(cast: Cast, client: Client) -> None:
    placement = entered(cast)
    wanted = PriorityFactory()
    client.force_login(cast.coordinator)
    at = reverse("placements:placement_priorities", args=[placement.pk])
    assert at in client.get(placement.get_absolute_url()).content.decode()
    priorities.link(placement=placement, by=cast.coordinator, chosen=[wanted])
    assert list(placement.priorities.all()) == [wanted]
    assert placement.contracts.count() == 1, "what was agreed stands"

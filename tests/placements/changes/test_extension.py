"""An extension is asked for, agreed, signed as an addendum; budget and cap are asked again (R-8.15, R-13.1, R-15.5)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from astcoord.core import documents
from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.agreement.actions import terms
from placements.changes import reads
from placements.changes.actions import deciding
from placements.changes.models import Amendment
from placements.days import ledger
from placements.days.actions import days
from placements.endings.actions import early
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements import stories
from tests.placements.active import elsewhere
from tests.placements.agreement.test_contract_policy import adopt
from tests.placements.changes.changing import LATER, ask, offered, signed_by, started

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

FIRST = date(2026, 11, 3)


@pytest.fixture
def placement(cast: Cast) -> Placement:
    """Six Tuesdays from 3 November to 9 February, signed and active."""
    return stories.active(cast)


def contracted(placement: Placement) -> Decimal:
    return ledger.placement_sums(placement)["contract"]


def test_r_8_15_asked_by_a_party_agreed_by_the_co_ordinator_signed_by_all_it_comes_into_force(
    cast: Cast, placement: Placement
) -> None:
    amendment = ask(cast, placement)
    assert (amendment.status, placement.contracts.count()) == ("asked", 1)
    deciding.offer(amendment=amendment, by=cast.coordinator)
    for party in stories.PARTIES[:-1]:
        signed_by(cast, amendment, party)
    placement.refresh_from_db()
    assert (placement.days, placement.status) == (Decimal(6), "active")  # the contract in force stands meanwhile
    signed_by(cast, amendment, stories.PARTIES[-1])
    placement.refresh_from_db()
    amendment.refresh_from_db()
    assert (placement.days, placement.ends_on, placement.status) == (Decimal(9), LATER, "active")
    assert (amendment.status, stories.in_force(placement).number) == ("in_force", 2)
    assert contracted(placement) == Decimal(9)
    assert reads.final_evaluation(placement) == LATER


def test_r_8_15_without_the_co_ordinators_yes_nothing_is_signed(cast: Cast, placement: Placement) -> None:
    amendment = ask(cast, placement)
    for person in (cast.host_head, cast.ast, cast.home_head, cast.administrator):
        with pytest.raises(PermissionDenied):
            deciding.offer(amendment=amendment, by=person)
    with pytest.raises(Refused, match="Waiting for the co-ordinator"):
        deciding.sign(amendment=amendment, version_number=2, party="ast", by=cast.ast, declared=True)
    deciding.refuse(amendment=amendment, by=cast.coordinator, reason="Another school comes first.")
    placement.refresh_from_db()
    assert (placement.days, placement.contracts.count(), contracted(placement)) == (Decimal(6), 1, Decimal(6))


def test_r_8_15_who_is_no_party_cannot_ask(cast: Cast, placement: Placement) -> None:
    for person in (cast.home_head, cast.outsider, cast.chair):
        with pytest.raises(PermissionDenied):
            ask(cast, placement, by=person)


@pytest.mark.parametrize("who", ["host_head", "ast"])
def test_r_8_15_an_extension_nobody_has_budget_for_is_refused_at_once(
    cast: Cast, placement: Placement, who: str
) -> None:
    other = elsewhere(cast)
    ledger.set_days_under_contract(other, Decimal(30), by=cast.coordinator, reason="a long one")
    with pytest.raises(Refused) as refused:
        ask(cast, placement, by=getattr(cast, who))
    assert {p.rule for p in refused.value.problems} == {"R-4.11"}
    assert ("8 days left" in str(refused.value)) == (who == "ast")  # a host hears nothing of other schools
    assert not Amendment.objects.exists()


def test_r_8_15_beyond_the_year_only_with_the_co_ordinators_reason(cast: Cast, placement: Placement) -> None:
    amendment = ask(cast, placement)
    ledger.set_days_under_contract(elsewhere(cast), Decimal(32), by=cast.coordinator, reason="a long one")
    with pytest.raises(Refused, match="left this year"):
        deciding.offer(amendment=amendment, by=cast.coordinator)
    assert placement.contracts.count() == 1
    deciding.offer(amendment=amendment, by=cast.coordinator, overdraw_reason="The board has agreed to it.")
    assert placement.contracts.count() == 2


def test_r_8_15_the_cap_is_asked_again_beside_other_schools(cast: Cast, placement: Placement) -> None:
    second = elsewhere(cast, days=Decimal(20), ends_on=date(2027, 3, 31))
    wednesday = FIRST + timedelta(days=1)
    for week in range(20):
        on = wednesday + timedelta(weeks=week)
        if on <= date(2027, 3, 24) and days.day_book(second, on, on).fits(days.DayUse(on, Decimal(1))):
            days.plan_day(placement=second, on=on, days=Decimal(1), by=cast.ast)
    with pytest.raises(Refused) as refused:
        ask(cast, placement)
    assert {p.rule for p in refused.value.problems} == {"R-4.3"}


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"ends_on": date(2027, 2, 2), "days": Decimal(7)}, "ends after 12 February 2027"),
        ({"ends_on": LATER, "days": Decimal(5)}, "for 6 days already"),
        ({"ends_on": date(2027, 2, 12), "days": Decimal(6)}, "a later last day, more days, or both"),
        ({"ends_on": LATER, "days": Decimal(60)}, "Between these dates there are"),
        ({"ends_on": LATER, "days": Decimal(9), "reason": " "}, "Say why"),
    ],
)
def test_r_8_15_what_is_no_extension_is_refused_with_what_to_do(
    cast: Cast, placement: Placement, terms: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        ask(cast, placement, **terms)
    assert not Amendment.objects.exists()


def test_r_8_12_of_two_changes_at_once_the_second_is_refused(cast: Cast, placement: Placement) -> None:
    amendment = ask(cast, placement)
    with pytest.raises(Refused, match="not settled yet"):
        ask(cast, placement, by=cast.ast)
    amendment.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        amendment.save(force_insert=True)


def test_r_8_15_its_days_are_held_while_it_waits_and_go_back_when_it_is_refused(
    cast: Cast, placement: Placement
) -> None:
    amendment = offered(cast, placement)
    assert contracted(placement) == Decimal(9)
    assert days.day_book(placement, FIRST, FIRST).contracted == Decimal(6)
    signed_by(cast, amendment, "ast")
    deciding.refuse(amendment=amendment, by=cast.host_head, reason="We have no room in spring.")
    placement.refresh_from_db()
    assert contracted(placement) == Decimal(6)
    assert stories.in_force(placement).number == 1
    assert "We have no room" not in "".join(Message.objects.values_list("body", flat=True))
    assert ask(cast, placement).status == "asked"  # and it may be asked again


def test_r_8_15_who_asked_takes_it_back(cast: Cast, placement: Placement) -> None:
    amendment = offered(cast, placement)
    with pytest.raises(PermissionDenied):
        deciding.withdraw(amendment=amendment, by=cast.ast, reason="Not mine")
    deciding.withdraw(amendment=amendment, by=cast.host_head, reason="Not needed any more.")
    with pytest.raises(Refused):
        signed_by(cast, amendment, "ast")


def test_r_8_14_an_early_end_takes_back_what_was_proposed(cast: Cast, placement: Placement) -> None:
    amendment = offered(cast, placement)
    early.end_early(placement=placement, by=cast.host_head, ended_on=today(), reason="Staffing", category="staffing")
    amendment.refresh_from_db()
    assert (amendment.status, contracted(placement)) == ("withdrawn", Decimal(0))


def test_r_20_13_a_placement_undone_before_its_start_takes_back_what_was_proposed(
    cast: Cast, placement: Placement
) -> None:
    amendment = offered(cast, placement)
    early.abandon(placement=placement, by=cast.coordinator, reason="The school has closed a class.")
    amendment.refresh_from_db()
    assert (amendment.status, contracted(placement)) == ("withdrawn", Decimal(0))


def test_r_13_1_the_chair_hears_of_an_extension_and_all_parties_of_every_step(cast: Cast, placement: Placement) -> None:
    cast.host.chair_name, cast.host.chair_email = "Petra Underhill", "petra@marlshire.example"
    cast.host.save()
    amendment = offered(cast, placement)
    told = set(Message.objects.filter(kind="amendment-asked").values_list("to_email", flat=True))
    assert told == {cast.host_head.email, cast.home_head.email, cast.ast.email, cast.coordinator.email}
    assert not Message.objects.filter(kind="extension-notice").exists()
    for party in stories.PARTIES:
        signed_by(cast, amendment, party)
    notice = Message.objects.get(kind="extension-notice")
    assert notice.to_email == "petra@marlshire.example"
    assert "9 days altogether, until 9 March 2027" in notice.body
    assert "Ambleforth" not in notice.body + notice.subject
    assert Message.objects.filter(kind="amendment-in-force").count() == 4


def test_r_15_5_an_extension_of_version_2_cites_version_2_when_printed(cast: Cast, quick_print: None) -> None:
    placement = stories.signed(cast)
    terms.save_terms(placement=placement, by=cast.coordinator, days=Decimal(7))  # version 2, before the start
    stories.sign(cast, placement, *stories.PARTIES)
    started(cast, placement)
    amendment = offered(cast, placement)
    paper = documents.pdf(amendment.version.document).decode()
    assert "version 3" in paper
    assert "addendum to <strong>version 2</strong>" in paper
    assert "7 days" in paper
    assert "9 days" in paper
    assert amendment.cites.sha256 in paper


def test_r_16_1_an_extension_keeps_the_policy_of_the_contract_it_extends(cast: Cast, placement: Placement) -> None:
    newer = adopt(cast, weekly_outreach_cap=Decimal("0.5"))
    amendment = ask(cast, placement)
    assert any("Today’s policy allows 0.5 days" in str(p) for p in reads.problems_of(amendment, date(2026, 10, 12)))
    amendment = deciding.offer(amendment=amendment, by=cast.coordinator)
    assert amendment.version.policy == cast.policy != newer

"""The terms of a contract: the calendar, the block pattern, the year’s days, the printed papers."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from astcoord.core.presets import settings_of
from astcoord.core.problems import Refused
from placements.agreement.actions import contracts, protocol, terms
from placements.agreement.rules.contracts import Calendar, cover_warnings, terms_problems
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.placement.models import Placement
from tests.cast import Cast
from tests.factories import PriorityFactory
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

HALF_TERMS = (
    (date(2026, 9, 1), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)),
)


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def block(starts_on: date, ends_on: date) -> list[str]:
    asked = Placement(days=Decimal(6), weekday=1, starts_on=starts_on, ends_on=ends_on)
    calendar = Calendar(teaching_days=10, half_terms=HALF_TERMS)
    return [p.message for p in terms_problems(asked, Policy(placement_pattern="block"), calendar) if not p.warning]


def test_r_4_4_a_block_starts_and_ends_with_half_terms() -> None:
    assert block(starts_on=date(2026, 11, 2), ends_on=date(2026, 12, 18)) == []
    (message,) = block(starts_on=date(2026, 11, 3), ends_on=date(2026, 12, 18))
    assert "2 November 2026 or 4 January 2027" in message
    (message,) = block(starts_on=date(2026, 11, 2), ends_on=date(2026, 12, 16))
    assert "23 October 2026 or 18 December 2026" in message


def test_r_4_4_leeds_refuses_a_start_off_the_boundary(cast: Cast) -> None:
    placement = stories.met(cast)
    Policy.objects.create(valid_from=date(2026, 10, 1), **settings_of("leeds"))

    with pytest.raises(Refused, match="first of a half-term"):
        terms.save_terms(placement=placement, by=cast.host_head, starts_on=date(2026, 11, 10))


def test_r_4_4_a_block_begins_with_dates_that_its_own_rule_accepts(cast: Cast) -> None:
    Policy.objects.create(valid_from=date(2026, 10, 1), **settings_of("leeds"))
    placement = stories.met(cast, wanted_from=date(2026, 11, 10), wanted_until=date(2027, 3, 5))
    assert (placement.starts_on, placement.ends_on) == (date(2027, 1, 4), date(2027, 2, 12))
    with pytest.raises(Refused) as refused:
        terms.save_terms(placement=placement, by=cast.host_head, starts_on=date(2026, 11, 10))
    assert "Choose 2 November 2026 or 4 January 2027." in str(refused.value)
    terms.save_terms(placement=placement, by=cast.host_head, days=5)  # what it began with is right


def test_r_4_4_a_block_of_several_half_terms_is_renewable_by_whole_ones(cast: Cast) -> None:
    Policy.objects.create(valid_from=date(2026, 10, 1), **settings_of("leeds"))
    placement = stories.met(cast, wanted_from=date(2026, 11, 1), wanted_until=date(2027, 2, 26))
    assert (placement.starts_on, placement.ends_on) == (date(2026, 11, 2), date(2027, 2, 12))
    terms.save_terms(placement=placement, by=cast.host_head, ends_on=date(2027, 3, 25))


def test_r_8_11_the_dates_hold_enough_school_days(cast: Cast) -> None:
    placement = stories.met(cast)

    with pytest.raises(Refused, match="Tuesdays in term"):
        terms.save_terms(placement=placement, by=cast.ast, ends_on=date(2026, 11, 24))


def test_r_4_11_terms_beyond_the_years_remainder_are_refused(cast: Cast) -> None:
    elsewhere = stories.opened(cast)
    other = stories.ready(cast)
    LedgerEntry.objects.create(
        post=cast.post, year=cast.year, kind="contract", days=34, on=date(2026, 9, 7), placement=elsewhere
    )

    with pytest.raises(Refused, match="4 days left"):
        contracts.issue(placement=other, by=cast.coordinator)
    assert not other.contracts.exists()

    version = contracts.issue(placement=other, by=cast.coordinator, overdraw_reason="Agreed with the home head")
    assert version.number == 1
    assert AuditEvent.objects.about(other).filter(reason="Agreed with the home head").exists()


def test_r_4_12_supply_and_head_are_warned_of() -> None:
    assert [p.code for p in cover_warnings(["supply", "head"])] == ["cover-supply", "cover-head"]
    assert cover_warnings(["extra_day"]) == []


def test_r_8_11_no_contract_without_objectives(cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    terms.remove_objective(objective=placement.objectives.get(), by=cast.host_head)
    protocol.confirm_protocol(placement=placement, by=cast.coordinator)

    with pytest.raises(Refused, match="at least one objective"):
        contracts.issue(placement=placement, by=cast.coordinator)
    placement.refresh_from_db()
    assert placement.status == "protocol_agreed"


@pytest.mark.paper
def test_r_8_11_an_issued_contract_states_everything(cast: Cast) -> None:
    served = PriorityFactory(reference="EDP 2", name="Raise standards in mathematics")
    placement = stories.issued(cast, priorities=[served])
    version = stories.in_force(placement)

    text = words(documents.pdf(version.document))

    for part in (
        "Fernleigh Primary School",
        "Hollowbrook School",
        "Wren Castellow",
        "Marlshire County Council",
        "version 1",
        "6 days",
        "3 November 2026",
        "Tuesdays",
        stories.OBJECTIVE["baseline"],
        stories.OBJECTIVE["criterion"],
        stories.OBJECTIVE["evidence"],
        "Frees both teachers",
        "Part of: EDP 2 Raise standards in mathematics",
        "J.P.",
        "Write references",
        "17 November 2026",
        "may end this contract early",
        "The host school",  # and not who there keeps a paper: the home head signs the same text (section G)
    ):
        assert part in text, part
    assert "Pettifer" not in text
    assert ledger.placement_sums(placement)["contract"] == 6
    assert {m.to_email for m in Message.objects.filter(kind="contract-issued")} == {
        cast.host_head.email,
        cast.ast.email,
        cast.coordinator.email,
        cast.home_head.email,
    }


@pytest.mark.paper
def test_r_16_1_a_contract_signed_under_croydon_is_unchanged_by_a_newer_policy(cast: Cast) -> None:
    placement = stories.signed(cast)
    version = stories.in_force(placement)
    before = documents.pdf(version.document)
    Policy.objects.create(
        valid_from=date(2026, 10, 1), authority_name="Another County", **{**settings_of("leeds"), "pm_support": "none"}
    )

    version = stories.in_force(placement)

    assert documents.pdf(version.document) == before
    assert version.policy == cast.policy
    text = words(documents.pdf(version.signed_document))
    assert "Marlshire County Council" in text
    assert "Another County" not in text


def test_days_given_back_when_the_contract_shrinks(cast: Cast) -> None:
    placement = stories.issued(cast)
    assert ledger.balance(cast.post, cast.year).remaining == 32

    terms.save_terms(placement=placement, by=cast.coordinator, days=Decimal("2.5"))

    assert ledger.balance(cast.post, cast.year).remaining == Decimal("35.5")


@pytest.mark.paper
def test_r_15_4_blank_draft_issued_and_signed(cast: Cast, client: Any) -> None:
    placement = stories.ready(cast)
    client.force_login(cast.host_head)
    draft_url = reverse("placements:contract_draft_pdf", args=[placement.pk])

    blank, draft = words(client.get(f"{draft_url}?blank").content), words(client.get(draft_url).content)
    assert "Fernleigh" not in blank
    assert "Signed:" in blank
    assert "Draft" in draft
    assert "Fernleigh" in draft

    contracts.issue(placement=placement, by=cast.coordinator)
    placement.refresh_from_db()
    stories.sign(cast, placement, *stories.PARTIES)
    url = reverse("placements:contract_pdf", args=[placement.pk, 1])
    issued, signed = words(client.get(f"{url}?issued").content), words(client.get(url).content)
    assert "Draft" not in issued
    assert "Signed online" not in issued
    signatures = signed.split("Signed online, version 1 ")[1]
    for party in stories.PARTIES:
        assert f"{stories.signer(cast, party).name} " in signatures
    assert signatures.count("6 October 2026, 10:0") == len(stories.PARTIES)  # British Summer Time

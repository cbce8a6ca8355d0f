"""Contracts: terms, issue, signatures, new versions."""

import hashlib
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from placements.agreement.actions import contracts, protocol, terms
from placements.days import ledger
from tests.cast import Cast
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


@pytest.mark.paper
def test_r_8_12_four_signatures_with_name_time_and_version(cast: Cast) -> None:
    placement = stories.issued(cast)
    version = stories.in_force(placement)
    stories.sign(cast, placement, "host_head", "ast", "coordinator")
    assert placement.status == "awaiting_signatures"

    stories.sign(cast, placement, "home_head")

    version.refresh_from_db()
    assert placement.status == "signed"
    text = words(documents.pdf(version.signed_document))
    for name in ("Rowan Oakhanger", "Wren Castellow", "Bryony Quill", "Tamsin Ashgrove"):
        assert name in text
    assert "6 October 2026, 10:0" in text  # British Summer Time
    assert "version 1" in text
    assert version.sha256 in text.replace(" ", "")


@pytest.mark.paper
def test_r_8_12_the_hash_signed_is_the_hash_of_the_stored_pdf(cast: Cast) -> None:
    placement = stories.signed(cast)
    version = stories.in_force(placement)

    stored = hashlib.sha256(documents.pdf(version.document)).hexdigest()

    assert {s.sha256 for s in version.signatures.all()} == {stored} == {version.sha256}


def test_r_8_12_changed_days_void_all_signatures(client: Client, cast: Cast) -> None:
    placement = stories.signed(cast)

    terms.save_terms(placement=placement, by=cast.coordinator, days=Decimal(5))

    placement.refresh_from_db()
    version = stories.in_force(placement)
    assert (placement.status, version.number, version.signatures.count()) == ("contract_issued", 2, 0)
    assert placement.contracts.get(number=1).signatures.count() == 4
    assert ledger.placement_sums(placement)["contract"] == 5
    assert "days" in version.change
    again = Message.objects.about(version).get(to_email=cast.host_head.email)
    assert "version 2" in again.subject
    assert "no longer count" in again.body
    client.force_login(cast.ast)
    page = client.get(placement.get_absolute_url()).content.decode()
    assert "Contract issued, nobody has signed yet" in page
    assert "<strong>Your turn:</strong> Sign as AST." in page


def test_r_8_12_a_signature_on_an_old_version_is_refused_with_what_to_do(cast: Cast) -> None:
    placement = stories.issued(cast)
    terms.save_terms(placement=placement, by=cast.coordinator, days=Decimal(5))

    with pytest.raises(Refused, match="Read version 2 and sign that one"):
        contracts.sign(placement=placement, version_number=1, party="host_head", by=cast.host_head, declared=True)
    assert not stories.in_force(placement).signatures.exists()


def test_r_8_12_one_signature_per_party(cast: Cast) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "ast")

    with pytest.raises(Refused, match="signed already"):
        stories.sign(cast, placement, "ast")


@pytest.mark.parametrize(
    ("party", "who"),
    [("host_head", "home_head"), ("home_head", "host_head"), ("ast", "host_head"), ("coordinator", "administrator")],
)
def test_r_8_12_nobody_signs_for_another_party(cast: Cast, party: str, who: str) -> None:
    placement = stories.issued(cast)

    with pytest.raises(PermissionDenied):
        contracts.sign(placement=placement, version_number=1, party=party, by=getattr(cast, who), declared=True)


def test_r_8_12_the_declaration_is_needed(cast: Cast) -> None:
    placement = stories.issued(cast)

    with pytest.raises(Refused, match="Tick the declaration"):
        contracts.sign(placement=placement, version_number=1, party="ast", by=cast.ast, declared=False)


def test_r_8_12_issuing_twice_makes_no_second_version(cast: Cast) -> None:
    placement = stories.issued(cast)

    with pytest.raises(Refused, match="gone out already"):
        contracts.issue(placement=placement, by=cast.coordinator)
    assert placement.contracts.count() == 1


def test_r_8_12_saving_the_same_terms_again_changes_nothing(cast: Cast) -> None:
    placement = stories.signed(cast)

    terms.save_terms(placement=placement, by=cast.coordinator, days=Decimal(6), focus=placement.focus)
    protocol.save_item(placement=placement, number=8, by=cast.coordinator, note="Said again")

    placement.refresh_from_db()
    assert (placement.status, placement.contracts.count()) == ("signed", 1)


def test_r_8_12_a_signed_contract_is_changed_by_the_coordinator_alone(cast: Cast) -> None:
    placement = stories.signed(cast)

    for person in (cast.host_head, cast.ast, cast.administrator):
        with pytest.raises(PermissionDenied):
            terms.save_terms(placement=placement, by=person, days=Decimal(5))


CHANGES = st.sampled_from(
    [
        {"days": Decimal("5.5")},
        {"starts_on": date(2026, 11, 10)},
        {"ends_on": date(2027, 2, 2)},
        {"weekday": 2},
        {"day_share": Decimal("0.5")},
        {"notice_days": 4},
        {"day_shape": "One lesson and a long talk"},
        {"focus": "Something else"},
        {"host_expectations": "More time"},
        {"ast_expectations": "Fewer lessons"},
        {"work_types": ("model_lesson",)},
        {"subject": "science"},
    ]
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=CHANGES)
def test_r_8_12_any_change_of_a_term_voids_the_signatures(cast_signed: Any, change: dict[str, Any]) -> None:
    cast, placement = cast_signed
    before = placement.contracts.count()
    placement.refresh_from_db()
    if all(getattr(placement, name) == value for name, value in change.items()):
        return
    if "day_share" in change:
        change = {**change, "days": Decimal(5)}

    terms.save_terms(placement=placement, by=cast.coordinator, **change)

    placement.refresh_from_db()
    assert placement.status == "contract_issued"
    assert placement.contracts.count() == before + 1
    assert not stories.in_force(placement).signatures.exists()
    stories.sign(cast, placement, *stories.PARTIES)


@pytest.fixture
def cast_signed(cast: Cast) -> Any:
    return cast, stories.signed(cast)


def test_r_8_12_a_changed_objective_and_a_changed_review_date_void_too(cast: Cast) -> None:
    placement = stories.signed(cast)
    terms.change_objective(objective=placement.objectives.get(), by=cast.coordinator, criterion="Eight in ten by July.")
    assert placement.contracts.count() == 2
    with pytest.raises(Refused, match="at least one objective"):
        terms.remove_objective(objective=placement.objectives.get(), by=cast.coordinator)

    protocol.save_item(
        placement=placement, number=6, by=cast.coordinator, reviews={"review_meeting": [date(2027, 1, 12)]}
    )

    assert placement.contracts.count() == 3


def test_c21_a_policy_with_fewer_signatories_is_signed_by_those(cast: Cast) -> None:
    placement = stories.ready(cast)
    Policy.objects.create(
        valid_from=date(2026, 10, 1), authority_name="Marlshire", signatories=("host_head", "ast", "coordinator")
    )
    contracts.issue(placement=placement, by=cast.coordinator)

    with pytest.raises(Refused, match="needs no signature"):
        stories.sign(cast, placement, "home_head")
    stories.sign(cast, placement, "host_head", "ast", "coordinator")

    assert placement.status == "signed"

"""Papers and contract versions that the database keeps as they are (R-8.12): the same on SQLite and on PostgreSQL."""

import hashlib
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from astcoord.core import documents, fixed
from astcoord.core.models.documents import Document
from placements.agreement.models import ContractVersion
from tests.cast import Cast
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
TWO_ROLES = "permission denied"


def refused(rows: Any, **changes: Any) -> bool:
    """Whether the database refuses to update these rows, or without changes to delete them."""
    try:
        with transaction.atomic():
            rows.update(**changes) if changes else rows._raw_delete(rows.db)
    except (IntegrityError, ProgrammingError) as error:
        return "as they are" in str(error) or TWO_ROLES in str(error)
    return False


@pytest.fixture
def version(cast: Cast) -> ContractVersion:
    """One that everybody has signed."""
    return stories.in_force(stories.active(cast))


def rows_of(document: Document) -> Any:
    return Document.objects.filter(pk=document.pk)


def test_r_8_12_what_is_signed_never_changes_in_any_column(version: ContractVersion) -> None:
    documents.pdf(version.signed_document)
    other = documents.freeze("notice", title="Another", facts={})
    for paper in (version.document, version.signed_document):
        assert paper.stands
        data = documents.pdf(paper)
        for change in (
            {"facts": {"days": "99"}},
            {"title": "Another title"},
            {"pdf": data + b"\n"},
            {"pdf": data + b"\n", "sha256": hashlib.sha256(data + b"\n").hexdigest()},
            {"pdf": None, "sha256": ""},
            {"facts": {}, "pdf": None, "sha256": ""},
            {"stands": False},
            {"kind": "letter"},
            {"created_at": timezone.now()},
            {"about_id": other.pk},
        ):
            assert refused(rows_of(paper), **change), change
        assert refused(rows_of(paper))


def test_r_8_12_a_contract_version_never_changes_its_text_hash_or_party(version: ContractVersion) -> None:
    other = documents.freeze("contract", title="Another", facts={}, stands=True)
    rows = ContractVersion.objects.filter(pk=version.pk)
    for change in (
        {"sha256": "0" * 64},
        {"document": other},
        {"signed_document": other},
        {"signed_document": None},
        {"number": 9},
        {"agreed_before": True},
        {"issued_at": timezone.now()},
        {"beside": True},
    ):
        assert refused(rows, **change), change
    assert refused(rows)
    now = timezone.now()
    assert not refused(rows, superseded_at=now)
    assert refused(rows, superseded_at=None), "what another has replaced does not come back"


def test_what_nobody_signs_loses_names_with_its_bytes_and_nothing_else(db: None, template: Any) -> None:
    template("notice", "<html lang=en-GB><title>{{ title }}</title><p>To {{ to }}</p></html>")
    paper = documents.freeze("notice", title="Notice", facts={"to": "Ms Kestrel"})
    documents.pdf(paper)
    rows = rows_of(paper)
    assert refused(rows, facts={"to": "Nobody"}), "bytes that say something else would stay"
    assert refused(rows, pdf=b"%PDF-other", sha256=hashlib.sha256(b"%PDF-other").hexdigest())
    assert refused(rows, kind="letter")
    assert refused(rows)
    documents.forget_names(paper, ["Ms Kestrel"])
    assert rows.get().facts == {"to": "A colleague"}
    assert documents.pdf(rows.get())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no SHA-256")
def test_bytes_go_in_with_their_own_sha_256_only(db: None) -> None:
    paper = documents.freeze("notice", title="Notice", facts={})
    assert refused(rows_of(paper), pdf=b"%PDF", sha256="0" * 64)
    assert not refused(rows_of(paper), pdf=b"%PDF", sha256=hashlib.sha256(b"%PDF").hexdigest())


def test_names_are_never_taken_out_of_what_people_sign(version: ContractVersion) -> None:
    before = version.document.facts
    documents.forget_names(version.document, [version.placement.host.name])
    version.document.refresh_from_db()
    assert version.document.facts == before


def test_a_column_that_is_not_named_never_changes() -> None:
    """Whoever adds a column to a paper or a contract need not think of it."""
    for model in (Document, ContractVersion):
        condition = fixed.allowed_change("postgresql", model)
        for field in model._meta.concrete_fields:
            named = field.column in fixed.changeable(model)
            assert (f"NEW.{field.column} IS NOT DISTINCT FROM OLD.{field.column}" in condition) or named

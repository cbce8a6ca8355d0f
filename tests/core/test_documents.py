"""Printed documents: what stays the same, what a screen reader finds, and what is refused."""

import hashlib
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pikepdf
import pytest
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.documents import Document

ON = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
HEAD = '{% extends "documents/base.html" %}{% load documents %}'


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def tags(data: bytes) -> list[tuple[str, str]]:
    """Every tag of the document in reading order, with its scope if it has one."""
    found: list[tuple[str, str]] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node.S), str(node.get("/A", {}).get("/Scope", ""))))
            walk(node.get("/K"))

    with pikepdf.open(io.BytesIO(data)) as pdf:
        walk(pdf.Root.StructTreeRoot.K)
    return found


@pytest.fixture
def letter(template):
    template(
        "letter",
        HEAD
        + "{% block content %}<h1>{{ title }}</h1><p>{{ number }} ASTs from {{ starts|day }} at {{ cost|pounds }}.</p>"
        '{% include "documents/_table.html" with caption="Expertise" head=head rows=rows %}'
        '{% include "documents/_facts.html" with rows=pairs %}{% endblock %}',
    )
    return {
        "number": 23,
        "starts": date(2026, 9, 1),
        "cost": Decimal("11638.00"),
        "addressee": {"lines": ["The Headteacher", "Oakfield School"]},
        "head": ["Subject", "ASTs"],
        "rows": [["Mathematics", "3"], ["Music", "1"]],
        "pairs": [["Home school", "Oakfield School"]],
        "letterhead": {"authority": "Marlshire County Council", "address": ["County Hall"], "colour": "#0f5c5c"},
    }


def test_states_the_facts(letter):
    text = words(documents.preview("letter", title="Help this term", facts=letter, on=ON))
    assert "Marlshire County Council" in text
    assert "The Headteacher" in text
    assert "23 ASTs from 1 September 2026 at £11,638." in text
    assert "Page 1 of 1" in text


def test_the_same_facts_give_the_same_bytes(letter):
    first = documents.preview("letter", title="Help this term", facts=letter, on=ON)
    assert documents.preview("letter", title="Help this term", facts=letter, on=ON) == first
    assert documents.preview("letter", title="Help this term", facts={**letter, "number": 24}, on=ON) != first


def test_a_screen_reader_finds_title_language_and_headers(letter):
    data = documents.preview("letter", title="Help this term", facts=letter, on=ON)
    pdf = pikepdf.open(io.BytesIO(data))
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Help this term"
        assert metadata["pdfuaid:part"] == "1"
    assert {"/H1", "/P", "/Table", "/Caption", "/TH", "/TD"} <= {kind for kind, _ in tags(data)}
    scopes = [scope for kind, scope in tags(data) if kind == "/TH"]
    assert scopes == ["/Column", "/Column", "/Row", "/Row", "/Row"]


def test_what_runs_along_every_page_is_not_read_out(letter):
    data = documents.preview("letter", title="Help", facts={**letter, "rows": [["Music", "1"]] * 60}, on=ON)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        owners = [entry for entry in pdf.Root.StructTreeRoot.ParentTree.Nums if isinstance(entry, pikepdf.Array)]
        assert len(owners) == len(pdf.pages) > 1
        for page, owned in zip(pdf.pages, owners, strict=True):
            marks = [i for i in pikepdf.parse_content_stream(page) if str(i.operator) == "BDC"]
            running = [m for m in marks if str(m.operands[0]) == "/Artifact" and "/Type" in m.operands[1]]
            content = [int(m.operands[1].MCID) for m in marks if "/MCID" in m.operands[1]]
            assert content
            assert len(running) == 2  # the authority's name, and the page's number
            assert all(owned[mark] is not None for mark in content)


def test_fonts_are_embedded(letter):
    pdf = pikepdf.open(io.BytesIO(documents.preview("letter", title="Help", facts=letter, on=ON)))
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(f.DescendantFonts[0].FontDescriptor.keys()) for f in fonts)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<html><head><title>x</title></head><body><p>x</p></body></html>", "en-GB"),
        ('<html lang="en-GB"><head></head><body><p>x</p></body></html>', "title"),
        ('<html lang="en-GB"><head><title> </title></head><body><p>x</p></body></html>', "title"),
        ('<html lang="en-GB"><head><title>x</title></head><body><img src="x.png"></body></html>', "alt"),
    ],
)
def test_refuses_what_a_screen_reader_could_not_use(template, source, reason):
    template("bare", source)
    with pytest.raises(documents.Unprintable, match=reason):
        documents.preview("bare", title="x", facts={}, on=ON)


@pytest.mark.parametrize(
    "address",
    ["https://marlshire.example/crest.png", "http://127.0.0.1:9/x.png", "file:///etc/passwd", "../../../manage.py"],
)
def test_reaches_neither_the_network_nor_other_files(template, address):
    template("greedy", HEAD + '{% block content %}<h1>x</h1><img alt="" src="' + address + '">{% endblock %}')
    with pytest.raises(documents.Unprintable, match="may not fetch"):
        documents.preview("greedy", title="x", facts={}, on=ON)


def test_a_link_is_printed_and_not_followed(template):
    template(
        "linked",
        HEAD
        + '{% block content %}<h1>x</h1><ul><li>See <a href="https://ast.marlshire.example/r/">the form</a></li></ul>'
        "{% endblock %}",
    )
    data = documents.preview("linked", title="x", facts={}, on=ON)
    assert {"/L", "/LI", "/Link"} <= {kind for kind, _ in tags(data)}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (link,) = pdf.pages[0].Annots
        assert str(link.A.URI) == "https://ast.marlshire.example/r/"


def test_text_from_people_is_only_text(template):
    template("said", HEAD + "{% block content %}<h1>{{ title }}</h1><p>{{ said }}</p>{% endblock %}")
    data = documents.preview(
        "said", title="A & B", facts={"said": "<img src=https://marlshire.example/x.png> & so on"}, on=ON
    )
    assert "<img src=https://marlshire.example/x.png> & so on" in words(data)


@pytest.mark.django_db
class TestStored:
    def test_facts_are_frozen_as_text(self, letter):
        document = documents.freeze("letter", title="Help", facts=letter)
        assert document.facts["starts"] == "2026-09-01"
        assert document.facts["cost"] == "11638.00"
        assert document.facts == Document.objects.get(pk=document.pk).facts

    def test_is_printed_on_first_use_and_kept(self, letter, template):
        document = documents.freeze("letter", title="Help", facts=letter)
        assert not document.sha256
        data = documents.pdf(document)
        template("letter", "the template has changed since")
        again = Document.objects.get(pk=document.pk)
        assert documents.pdf(again) == data
        assert documents.fingerprint(again) == hashlib.sha256(data).hexdigest()

    def test_whoever_prints_second_gets_the_stored_bytes(self, letter):
        document = documents.freeze("letter", title="Help", facts=letter)
        slower = Document.objects.get(pk=document.pk)
        data = documents.pdf(document)
        assert documents.pdf(slower) == data
        assert slower.sha256 == document.sha256

    def test_a_fingerprint_prints_if_need_be(self, letter):
        document = documents.freeze("letter", title="Help", facts=letter)
        assert documents.fingerprint(document) == hashlib.sha256(documents.pdf(document)).hexdigest()

    def test_lists_leave_the_bytes_where_they_are(self, letter):
        documents.pdf(documents.freeze("letter", title="Help", facts=letter))
        assert "pdf" in Document.objects.get().get_deferred_fields()

    def test_downloads_as_a_file(self, letter):
        response = documents.download(documents.freeze("letter", title="Help at St Anne’s", facts=letter))
        assert response["Content-Disposition"] == 'attachment; filename="help-at-st-annes.pdf"'
        assert response["Content-Type"] == "application/pdf"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response.content.startswith(b"%PDF-1.7")

    def test_the_letterhead_is_the_policy_in_force(self, policy_in_force):
        assert documents.letterhead()["letterhead"] == {
            "authority": "Marlshire County Council",
            "address": ["County Hall", "Marlton"],
            "email": "ast@marlshire.example",
            "phone": "",
            "contact": "",
            "hours": "",
            "word": "LA",
            "department": "DCSF",
            "colour": "#0f5c5c",
        }


def test_names_of_wales_poland_and_arabia_are_printed(letter):
    facts = letter | {"addressee": {"lines": ["Ffŵl-Siân Ŷŵ", "Łucja Żółć-Świątek", "ليلى الحسن"]}}
    assert documents.preview("letter", title="Help", facts=facts, on=ON).startswith(b"%PDF")


def test_a_sign_that_no_font_has_is_named_and_no_box_is_printed(letter):
    facts = letter | {"addressee": {"lines": ["Ada \U0001d4f0\ue999 Penhaligon"]}}
    with pytest.raises(documents.MissingSigns, match=r"U\+E999"):
        documents.preview("letter", title="Help", facts=facts, on=ON)
    assert documents.preview("letter", title="Help", facts=letter, on=ON).startswith(b"%PDF")


@pytest.mark.django_db
def test_a_page_says_which_signs_a_paper_lacks(client, cast, monkeypatch):
    def fail(html):
        raise documents.MissingSigns(["\ue999", "\ue999"])

    monkeypatch.setattr(documents, "_print", fail)
    client.force_login(cast.coordinator)
    answer = client.get(reverse("placements:request_pdf", args=[cast.placement().request.pk]))
    assert answer.status_code == 422
    assert answer.content.decode().count("U+E999") == 1

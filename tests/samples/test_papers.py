"""Every paper that the service prints, with invented facts, for the office alone (R-15, R-18.2)."""

import io
from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.documents import Document
from astcoord.samples import papers
from tests.cast import Cast
from tests.schools.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


OF_A_CONTRACT = ("agreed-before", "contract-addendum")
"""Their facts are a whole contract's, of which they say what counts."""


def sentences(facts: Any) -> Iterator[str]:
    """What stands in the facts in so many words."""
    if isinstance(facts, str) and " " in facts and "\n" not in facts:
        yield facts
    elif isinstance(facts, dict | list):
        for each in facts.values() if isinstance(facts, dict) else facts:
            yield from sentences(each)


def test_the_office_finds_every_paper_and_nobody_else_does(cast: Cast) -> None:
    shown = signed_in(cast.coordinator).get(reverse("samples")).content.decode()
    for kind in papers.kinds():
        assert f'href="{reverse("sample_paper", args=[kind])}"' in shown
    assert {path.stem for path in papers.HERE.glob("*.json")} == set(papers.kinds()), "one file for each template"
    assert signed_in(cast.coordinator).get(reverse("sample_paper", args=["base"])).status_code == 404
    assert signed_in(cast.ast).get(reverse("sample_paper", args=["contract"])).status_code == 403


def test_each_paper_says_its_facts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(documents, "_print", lambda html: made.append(html) or b"%PDF")
    client = signed_in(cast.coordinator)
    for kind in papers.kinds():
        answer = client.get(reverse("sample_paper", args=[kind]))
        assert answer["Content-Type"] == "application/pdf"
        found = set(sentences(papers.facts(kind)["facts"]))
        said = [words for words in found if escape(words, quote=True) in made[-1]]
        least = 0.15 if kind in OF_A_CONTRACT else 0.7
        assert len(said) >= least * len(found) > 0, f"{kind}: its template says little of its facts, take them anew"
        assert cast.policy.authority_name in made[-1]
    assert not Document.objects.exists(), "nothing is kept by looking"


def test_a_letter_with_room_for_a_crest_is_one_page(cast: Cast) -> None:
    for kind in ("availability-letter", "chair-notice", "end-notice", "secondment-outcome", "forum-report"):
        _, data = papers.printed(kind)
        assert len(PdfReader(io.BytesIO(data)).pages) == 1, kind

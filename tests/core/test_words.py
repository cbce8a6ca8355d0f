"""The scheme's own words (R-19.1)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template import engines
from django.template.loader import get_template
from django.test import Client
from django.utils.text import capfirst

from astcoord.core import documents, policy, wording, words
from astcoord.core.models.policy import Policy
from astcoord.core.presets import settings_of
from astcoord.core.words import STANDARD, Later, Word, Words, put, say, say_later
from tests.cast import Cast

SLE = Words(
    role=Word("specialist leader of education", "specialist leaders of education"),
    short=Word("SLE", "SLEs"),
    authority="hub",
    coordinator=Word("manager", "managers"),
    placement=Word("engagement", "engagements"),
)
COACH = Words(role=Word("subject coach", "subject coaches"), short=Word("coach", "coaches"))
SCHOOL_TO_SCHOOL = {
    "role_word": "specialist leader of education / specialist leaders of education",
    "role_short": "SLE / SLEs",
    "authority_word": "hub",
    "coordinator_word": "manager / managers",
    "placement_word": "engagement / engagements",
}


@pytest.mark.parametrize(
    ("ours", "sle", "coach"),
    [
        ("Choose an AST", "Choose an SLE", "Choose a coach"),
        ("An AST has a day. ASTs come.", "An SLE has a day. SLEs come.", "A coach has a day. Coaches come."),
        ("the AST’s day, all ASTs’ days", "the SLE’s day, all SLEs’ days", "the coach’s day, all coaches’ days"),
        (
            "An Advanced Skills Teacher (AST) of Fernleigh",
            "A specialist leader of education (SLE) of Fernleigh",
            "A subject coach (coach) of Fernleigh",
        ),
        ("<dt>Advanced Skills Teacher</dt>", "<dt>Specialist leader of education</dt>", "<dt>Subject coach</dt>"),
        ("an\n  AST", "an\n  SLE", "a\n  coach"),
        ("The authority seeks a placement", "The hub seeks an engagement", "The authority seeks a placement"),
        ("Placements end. A co-ordinator", "Engagements end. A manager", "Placements end. A co-ordinator"),
        ("AST co-ordinator", "SLE manager", "Coach co-ordinator"),
    ],
)
def test_r_19_1_a_text_of_ours_is_said_with_its_article_capital_and_plural(ours: str, sle: str, coach: str) -> None:
    assert (put(ours, STANDARD), put(ours, SLE), put(ours, COACH)) == (ours, sle, coach)


@pytest.mark.parametrize(
    "other",
    [
        "ASTON and FAST",
        '<a href="/placements/1" class="a-placement placement">',
        "local authority code",
        "Rows of other authorities",
        "placements.Placement",
        "ast_days",
    ],
)
def test_what_is_no_word_of_the_scheme_stays(other: str) -> None:
    assert put(other, SLE) == other


def test_a_plural_that_ends_in_no_s_gets_one_with_its_apostrophe() -> None:
    people = Words(short=Word("lead person", "lead people"))
    assert put("all ASTs’ days", people) == "all lead people’s days"


def test_words_are_asked_for_once_and_only_when_one_is_said() -> None:
    asked = []

    def source() -> Words:
        asked.append(1)
        return SLE

    with words.scope(source):
        assert not asked
        assert (say("An AST"), say("Two ASTs")) == ("An SLE", "Two SLEs")
        assert len(asked) == 1


def test_what_is_said_before_there_is_a_scope_is_said_when_it_is_shown() -> None:
    label = say_later("Choose an AST")
    made = capfirst(say_later("choose an AST")) + " now"
    assert isinstance(say("An AST"), Later)
    assert f"{label}" == "Choose an AST"
    with words.scope(lambda: SLE):
        assert [f"{label}", str(label), label + "!", "– " + label, label.upper()] == [
            *("Choose an SLE", "Choose an SLE", "Choose an SLE!", "– Choose an SLE", "CHOOSE AN SLE")
        ]
        assert str(made) == "Choose an SLE now"
        assert label == "Choose an AST", "to whatever looks it up it is what we wrote"
        assert {label: 1}["Choose an AST"] == 1
        assert words.said({"x": [label]}) == {"x": ["Choose an SLE"]}


def test_numbers_take_the_scheme_s_own_plural() -> None:
    with words.scope(lambda: SLE):
        assert wording.counted(3, "Advanced Skills Teacher") == "3 specialist leaders of education"
        assert wording.counted(1, "AST") == "1 SLE"


@pytest.fixture
def page(template: Callable[[str, str], None]) -> Callable[..., str]:
    def rendered(source: str, **facts: Any) -> str:
        template("page", source)
        return str(get_template("documents/page.html").render(facts))

    return rendered


def test_r_19_1_a_template_says_its_own_text_and_leaves_what_people_typed(page: Callable[..., str]) -> None:
    source = (
        "{% if yes %}An AST{% endif %} of {{ school }}: {{ note|default:'no AST yet' }}, "
        "{{ none|default:'no AST yet' }}"
        "{% with heading='Placements' %}{{ heading }}{% endwith %}{% if kind == 'placement' %}!{% endif %}"
    )
    with words.scope(lambda: SLE):
        said = page(source, yes=True, school="ASTON <AST>", note="our old AST", kind="placement")
    assert said == "An SLE of ASTON &lt;AST&gt;: our old AST, no SLE yetEngagements!"


def test_a_template_in_the_standard_words_says_what_stands_there(page: Callable[..., str]) -> None:
    assert page("An AST of {{ school }}", school="Fernleigh") == "An AST of Fernleigh"


def test_the_engines_of_pages_and_of_emails_compile_so() -> None:
    for engine in engines.all():
        assert type(engine.engine.template_loaders[0]).__module__ == "astcoord.core.templates"


@pytest.mark.parametrize("word", ["SLE", "SLE /", "/ SLEs", "SLE, SLEs", "<b>SLE</b> / SLEs", "R&D lead / R&D leads"])
def test_r_19_1_a_word_without_its_plural_is_refused(word: str) -> None:
    new = Policy(valid_from=date(2026, 9, 1), **{**settings_of("croydon"), "role_short": word})
    with pytest.raises(ValidationError) as refused:
        new.clean_fields()
    assert list(refused.value.message_dict) == ["role_short"]
    assert "Give its plural" in str(refused.value)


def test_the_kinds_of_local_authority_leave_it_an_authority() -> None:
    assert Policy(authority_word="LA").words == STANDARD
    assert Policy(authority_word="trust").words.authority == "trust"


def test_r_19_1_a_page_is_in_the_scheme_s_words(cast: Cast, client: Client) -> None:
    Policy.objects.update(**SCHOOL_TO_SCHOOL)
    cast.host.name = "The AST School"
    cast.host.save()
    client.force_login(cast.coordinator)
    html = client.get("/").content.decode()
    assert "SLE" in html
    assert "ASTs" not in html


@pytest.mark.django_db
def test_r_19_1_a_frozen_paper_keeps_the_words_of_its_day(template: Callable[[str, str], None]) -> None:
    template(
        "letter",
        '<html lang="en-GB"><head><title>{{ title }}</title></head><body><h1>An AST of {{ school }}</h1></body></html>',
    )
    then = documents.freeze("letter", title="Letter", facts={"school": "Fernleigh"})
    with words.scope(lambda: SLE):
        now = documents.freeze("letter", title="Letter", facts={"school": "Fernleigh"})
        assert documents.words_of(then) == STANDARD
    assert documents.words_of(now) == SLE
    assert documents.fingerprint(then) != documents.fingerprint(now)
    assert then.facts == {"school": "Fernleigh"}


@pytest.mark.django_db
def test_a_page_is_shown_though_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError  # noqa: PLC0415

    def away(*_: object) -> Policy:
        raise OperationalError

    monkeypatch.setattr(policy, "in_force", away)
    with policy.own_words():
        assert say("An AST") == "An AST"

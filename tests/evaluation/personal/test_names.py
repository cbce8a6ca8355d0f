"""No supported person's name reaches governors through a text (R-13.2), and what else summaries may not say."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from astcoord.core.names import COLLEAGUE, PARTICLES, ROLES, TITLES, names_somebody, without_names
from astcoord.core.suppression import members_of_staff
from evaluation.reviews.wording import CONTRIBUTION, sole_cause_claims

NAMES = ["Juno Pettifer", "Siân O’Hara-Lyle", "Mr R. Castellow", "Will Mark"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Juno Pettifer plans each unit.", "A colleague plans each unit."),
        ("Work with JUNO  PETTIFER on units", "Work with a colleague on units"),
        ("Coach Mrs Pettifer. Juno leads.", "Coach a colleague. A colleague leads."),
        ("Juno’s class and Pettifer's books", "A colleague’s class and a colleague's books"),
        ("Pettifer Juno", "A colleague"),
        ("Ms J. Pettifer leads", "A colleague leads"),
        ("with Sian O'Hara Lyle", "with a colleague"),
        ("with SIÂN", "with a colleague"),
        ("with Sia\u0302n today", "with a colleague today"),
        ("with Dr Castellow", "with a colleague"),
        ("Juno and Siân plan", "A colleague and a colleague plan"),
        ("Junotown is a place", "Junotown is a place"),
        ("Pupils explain their method.", "Pupils explain their method."),
        ("", ""),
    ],
)
def test_r_13_2_names_become_a_colleague(text: str, told: str) -> None:
    assert without_names(text, NAMES) == told
    assert names_somebody(text, NAMES) == (text != told)


def test_a_description_in_the_box_for_a_name_changes_nothing() -> None:
    text = "The teacher plans with the year team."
    assert without_names(text, ["Teacher A", "Year team", ""]) == text
    assert without_names("Mrs Head leads", ["Mrs Head"]) == "A colleague leads"


name_part = st.text(string.ascii_letters + "éüßñøÅ", min_size=3, max_size=12)
DROPPED = TITLES | PARTICLES | ROLES


@given(
    first=name_part,
    last=name_part,
    before=st.text(max_size=30),
    between=st.sampled_from([" ", "  ", "\u00a0", "-", " M. "]),
    after=st.text(max_size=30),
    change=st.sampled_from([str, str.upper, str.lower, str.title]),
)
def test_r_13_2_no_name_survives_whatever_surrounds_it(
    first: str, last: str, before: str, between: str, after: str, change: object
) -> None:
    assume(not {first.lower(), last.lower()} & DROPPED)
    name = f"{first} {last}"
    text = f"{before} {change(first)}{between}{change(last)} {after}"  # type: ignore[operator]
    told = without_names(text, [name])
    assert not names_somebody(told.replace(COLLEAGUE, "·").replace(COLLEAGUE.capitalize(), "·"), [name])
    assert COLLEAGUE in told.lower()


@given(st.text(max_size=200), st.lists(name_part, max_size=4))
def test_any_text_with_any_names_is_survived(text: str, names: list[str]) -> None:
    assert isinstance(without_names(text, names), str)
    assert without_names(text, []) == text


@given(st.text(max_size=120))
def test_texts_without_names_stay_as_they_are(text: str) -> None:
    assume(not names_somebody(text, NAMES))
    assert without_names(text, NAMES) == text


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "No members"), (1, "Fewer than 3"), (2, "Fewer than 3"), (3, "3 members"), (12, "12 members")],
)
def test_g_small_groups_are_not_counted_out(count: int, told: str) -> None:
    assert members_of_staff(count).startswith(told)


def test_r_11_11_sole_causes_are_sent_back() -> None:
    for claim in ("Results rose solely because of the AST", "entirely due to outreach", "It is only thanks to her"):
        assert [p.rule for p in sole_cause_claims(claim, field="summary")] == ["R-11.11"]
    for fine in ("Results rose, and the outreach contributed", "This is partly due to outreach", ""):
        assert sole_cause_claims(fine, field="summary") == []
    assert "one contribution among other factors" in CONTRIBUTION

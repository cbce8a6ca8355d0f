"""A thousand invented names, each mentioned in every way that people have (section G)."""

import unicodedata
from collections.abc import Iterator

import pytest

from astcoord.core.names import COLLEAGUE, names_somebody, without_names, without_whole_names
from tests.core.names.invented import SYLLABLES, Invented, invented

NAMES = list(invented(each=52))


def ways(name: Invented) -> Iterator[tuple[str, str]]:
    """The ways in which a text may mention somebody."""
    given, surname, whole = name.given, name.surname, name.whole
    yield from [("whole", whole), ("given", given), ("surname", surname), ("swapped", f"{surname}, {given}")]
    yield from [("swapped", f"{surname} {given}"), ("by a title", f"Mrs {surname}"), ("title", f"dr. {whole}")]
    for invisible in "\u200b\u00ad\u200f\u2060":
        yield "invisible signs", invisible.join(whole)
        yield "an invisible sign", f"{whole[:1]}{invisible}{whole[1:]}"
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        yield form, unicodedata.normalize(form, whole)
        yield form, unicodedata.normalize(form, surname)
    yield "joined", f"{given}_{surname}"
    yield "joined", f"{given}-{surname}"
    yield "an address", f"{given}.{surname}@marlshire.example"
    if name.has_case:
        yield from [("capitals", whole.upper()), ("small", whole.lower()), ("small", surname.lower())]
        yield from [("joined", f"{given}{surname}"), ("joined", f"{given}{surname}".lower())]
        g, s = _first(given), _first(surname)
        yield from [("initials", f"{g}.{s}."), ("initials", f"{g}. {s}"), ("initials", f"{g} {s}")]
        yield from [("initial", f"{g}. {surname}"), ("initial", f"{surname} {g}"), ("initial", f"{g}{surname}")]


def _first(word: str) -> str:
    """The first letter with its accents, in one sign where there is one."""
    return unicodedata.normalize("NFC", word)[0]


def test_there_are_a_thousand_in_nineteen_scripts_and_more() -> None:
    assert len({name.whole for name in NAMES}) > 1000
    assert len(SYLLABLES) >= 19


@pytest.mark.parametrize("script", SYLLABLES)
def test_r_13_2_no_name_of_a_thousand_survives_in_any_way_of_mentioning_it(script: str) -> None:
    for name in (each for each in NAMES if each.script == script):
        for way, mention in ways(name):
            for ending in ("", "’s", "'") if way in {"whole", "given", "surname", "initials"} else ("",):
                told = without_names(f"today {mention}{ending} lesson", [name.whole])
                fine = {f"today {COLLEAGUE}{ending} lesson", f"today {COLLEAGUE} lesson"}
                assert told in fine, (name, way, mention, told)


@pytest.mark.parametrize("script", SYLLABLES)
def test_no_whole_name_of_a_thousand_survives_in_a_message(script: str) -> None:
    for name in (each for each in NAMES if each.script == script):
        for way, mention in ways(name):
            if way in {"given", "surname", "by a title", "initials"} or mention.casefold() in name.surname.casefold():
                continue
            if unicodedata.normalize("NFKC", mention) == unicodedata.normalize("NFKC", name.surname):
                continue
            told = without_whole_names(f"today {mention} lesson", [name.whole])
            assert told == f"today {COLLEAGUE} lesson", (name, way, mention, told)


def test_one_invented_name_is_not_found_in_a_text_about_another() -> None:
    """Of those that share no syllable, by what is written in full."""
    for first, second in zip(NAMES, NAMES[7:], strict=False):
        if first.script != second.script:
            assert not names_somebody(f"today {second.whole} planned", [first.whole]), (first, second)

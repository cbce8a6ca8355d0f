"""How rows are found by words: by the search in the header, and by the lists behind what it finds (R-17.8, R-20.1)."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Window
from django.urls import reverse

from astcoord.core import personal_data
from astcoord.core.name_keys import MOST_WORDS, name_key, starts_a_word
from astcoord.core.search import MOST, Hit, Hits
from astcoord.core.shown import found_in_texts

if TYPE_CHECKING:
    from staff.accounts.models import User


def found_by(
    rows: QuerySet[Any],
    user: "User",
    text: str,
    columns: Sequence[str],
    also: Callable[[str], Q] | None = None,
) -> Any:
    """The rows of which each word of `text` stands in one of the columns, or which `also` finds by it.

    Of a name's key it is the start of a word, however that is written (R-17.8). Of a text that may name somebody
    supported it is what the reader may read; three queries at most.
    """
    words = text.split()[:MOST_WORDS]
    free = [column for column in columns if column in personal_data.of(rows.model).may_name]
    texts = found_in_texts(user, rows, free, words) if free else {}
    for word in words:
        somewhere = texts.get(word, Q())
        for column in set(columns) - set(free):
            named = column.endswith("name_key")
            somewhere |= starts_a_word(column, word) if named else Q(**{f"{column}__icontains": word})
        rows = rows.filter(somewhere | also(word) if also else somewhere)
    return rows


def is_named(name: str, text: str) -> bool:
    """Whether each word of `text` begins a word of a name that has no key in the database (R-17.8).

    >>> is_named("Ms Siân O’Neill", "sian oneill")
    True
    """
    key = name_key(name)
    return all(f" {word}" in key for word in name_key(text).split()[:MOST_WORDS])


def number_in(word: str, letter: str) -> int | None:
    """The number that a word is, with its letter or without: R00012, r12, 12.

    >>> number_in("R00012", "R"), number_in("12", "R"), number_in("P12", "R")
    (12, 12, None)
    """
    digits = word[1:] if word[:1].upper() == letter else word
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def numbered(letter: str) -> Callable[[str], Q]:
    """The row whose number a word is."""

    def by_number(word: str) -> Q:
        number = number_in(word, letter)
        return Q() if number is None else Q(pk=number)

    return by_number


def first(rows: QuerySet[Any], hit: Callable[[Any], Hit], more: str = "") -> Hits:
    """The first of the rows, and how many there are; one query."""
    found = list(rows.annotate(found_in_all=Window(Count("pk")))[:MOST])
    return Hits([hit(row) for row in found], found[0].found_in_all if found else 0, more)


def list_url(page: str, /, **query: str) -> str:
    """A list with its filters set."""
    return f"{reverse(page)}?{urlencode(query)}"

"""Whoever types a supported person's name into a text that others read is told so, once (section G).

A form cannot know which of its answers end in such a text, but the models say it (`personal_data.may_name`). So a
form's action runs `watched`: just before a row is written with an answer that names one of its case's people, all stops
with `NamesSomebody`. Only for those who may know these names: for anybody else the warning would be a way of guessing.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from astcoord.core import personal_data, protected
from astcoord.core.names import names_somebody

typist: ContextVar[Any] = ContextVar("typist", default=None)
"""Who is signed in and sent what is being answered; set by the middleware."""


class NamesSomebody(Exception):
    """Nothing was written. `said` has the names in each answer, by its field; `stored` were to be kept in that row."""

    def __init__(self, said: Mapping[str, list[str]], stored: set[str]) -> None:
        self.said, self.stored = said, stored
        super().__init__(f"{len(said)} answers name somebody")


@dataclass(frozen=True)
class Watch:
    """The answers of one form, by field, that nobody has been asked about yet."""

    by: Any
    answers: Mapping[str, str]

    def look(self, row: Any) -> None:
        """Stop where `row` is about to keep an answer that names somebody of its case."""
        declared = personal_data.of(row)
        if not declared.may_name or declared.case == personal_data.ABOUT:
            return  # what is about some other row is a copy, which is cleaned as it is written
        stored = [text for column in declared.may_name if isinstance(text := getattr(row, column), str) and text]
        kept = {field for field, answer in self.answers.items() if any(answer in text for text in stored)}
        case = personal_data.case_of(row) if kept else None
        may_know = case is not None and case in protected.known_to(self.by, {case})
        names = protected.names_about(row) if may_know else []
        said = {field: [n for n in names if names_somebody(text, [n])] for field, text in self.answers.items()}
        if any(said[field] for field in kept):
            raise NamesSomebody({field: people for field, people in said.items() if people}, kept)


_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(answers: Mapping[str, str]) -> Iterator[None]:
    """For as long as a form's action runs: NamesSomebody as soon as it would write one of these that names somebody."""
    by = typist.get()
    if not answers or by is None or not by.is_authenticated:
        yield
        return
    token = _watch.set(Watch(by, answers))
    try:
        yield
    finally:
        _watch.reset(token)


def about_to_write(*rows: Any) -> None:
    """Called before each row is saved; by hand where many are written in one statement."""
    if watch := _watch.get():
        for row in rows:
            watch.look(row)

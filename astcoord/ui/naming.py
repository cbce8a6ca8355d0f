"""A form that names somebody says so to whoever typed it, once: then it is sent again, or changed (section G).

It warns and stops nobody. What was typed stays on the form; the second sending says of which answers it knows that.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.db import transaction
from django.utils.html import format_html
from django.utils.safestring import SafeString

from astcoord.core.named import NamesSomebody, watched
from astcoord.core.problems import Problem, Refused
from astcoord.core.wording import listed
from astcoord.ui.kept import TOLD

T = TypeVar("T")


class Telling:
    """Mix into a form: the hidden field that says of which answers its sender has been told."""

    _names_told: frozenset[str] = frozenset()

    @property
    def names_told(self) -> frozenset[str]:
        """The fields of which this form said already, when it was drawn, that they name somebody."""
        sent = self.data.get(self.add_prefix(TOLD), "") if self.is_bound else ""  # type: ignore[attr-defined]
        return self._names_told | {name for name in sent.split() if name in self.fields}  # type: ignore[attr-defined]

    @property
    def names_field(self) -> SafeString | str:
        """That field; "" while there is nothing to tell."""
        names = " ".join(sorted(self.names_told))
        hidden = '<input type="hidden" name="{}" value="{}" autocomplete="off">'
        return format_html(hidden, self.add_prefix(TOLD), names) if names else ""  # type: ignore[attr-defined]


def told_once(form: Any, run: Callable[[], T]) -> T:
    """Run an action with a form's answers. Refused, with nothing written, where they name somebody for the first time.

    What it was refused for otherwise is refused as ever.
    """
    answers = _answers(form)
    if not answers:
        return run()
    refused = None
    try:
        with transaction.atomic(), watched(answers):
            try:
                return run()
            except Refused as refusal:
                refused = refusal  # what the action leaves behind when it refuses, stays
    except NamesSomebody as found:
        said = {field: found.said[field] for field in found.said if field in found.stored or _is_long(form, field)}
        form._names_told = form.names_told | said.keys()
        raise Refused(Problem(_words(people), field, code="names") for field, people in said.items()) from found
    raise refused


def _answers(form: Any) -> dict[str, str]:
    """What was typed now, and not told of yet."""
    if not isinstance(form, Telling):
        return {}
    fields = [name for name in form.changed_data if name not in form.names_told]  # type: ignore[attr-defined]
    said = {name: form.cleaned_data.get(name) for name in fields}  # type: ignore[attr-defined]
    return {name: text for name, text in said.items() if isinstance(text, str) and text}


def _is_long(form: Any, field: str) -> bool:
    return isinstance(form.fields[field].widget, forms.Textarea)


def _words(people: list[str]) -> str:
    return (
        f"This names {listed(people)}. Readers who may not know supported staff by name, such as the home school and "
        "officers, see “a colleague” in its place. Send it again to keep it, or change it"
    )

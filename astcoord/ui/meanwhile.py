"""A form that changes what is there does not undo what somebody else has changed meanwhile (R-17.10).

It is drawn with a signed digest of each value that it showed (`SHOWN`). When it is sent, a field that was left as drawn
takes the value of today; a field that somebody else has changed to something else comes back with both values, and what
is sent then has been decided. A field counts as a whole, also one of many ticks. See docs/decisions/0018.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString

from astcoord.core.wording import listed
from astcoord.ui.kept import SHOWN

SALT = "astcoord.ui.meanwhile"
CHANGED = "This was changed after you opened the page. Keep what you wrote or enter what was saved, then save again"

Said = list[str]
"""A field's value as a browser sends it: one text, several for ticks and for the boxes of a date, none for no tick."""


class Meanwhile:
    """Mix into a form. `edits` says that what it begins with is stored, and is changed by it.

    True of itself for a model form with a stored row. `suggested` names fields that begin with a suggestion all the
    same, such as today's date: they are taken as they are sent.
    """

    edits: bool = False
    suggested: ClassVar[frozenset[str]] = frozenset()

    _shown: Mapping[str, str] | None = None
    _clashes: Mapping[str, Said] = {}

    @property
    def shown(self) -> SafeString | str:
        """The hidden field; "" where the form changes nothing that is there."""
        if not self._edits_stored():
            return ""
        if self.is_bound:  # type: ignore[attr-defined]
            _ = self.errors  # type: ignore[attr-defined]  # what was sent is weighed first
        digests = {name: _digest(name, now) for name, now in self._now()} | dict(
            self._shown or self._shown_then() or {}
        )
        name, value = self.add_prefix(SHOWN), signing.dumps(digests, salt=SALT, compress=True)  # type: ignore[attr-defined]
        return format_html('<input type="hidden" name="{}" value="{}" autocomplete="off">', name, value)

    def weigh(self) -> None:
        """Before the form is cleaned: put today's values where nothing was touched, and note the clashes."""
        self._clashes = {}
        shown = self._shown_then()
        if shown is None:
            return
        data: Any = self.data.copy()  # type: ignore[has-type]
        clashes, known, touched = {}, dict(shown), self.touched()
        for name, now in self._now():
            if name not in shown or shown[name] == (digest := _digest(name, now)):
                continue
            known[name] = digest  # sent again, it has been seen
            if name not in touched:
                self._put(data, name, now)
            elif self._sent(name) != now:
                clashes[name] = now
        self.data, self._shown, self._clashes = data, known, clashes

    def touched(self) -> set[str]:
        """The fields that were sent otherwise than they were drawn, by what the form says of itself."""
        shown = self._shown_then() or {}
        known = {name for name, _ in self._now() if name in shown}
        return {name for name in known if shown[name] != _digest(name, self._sent(name))}

    def show_clashes(self) -> None:
        """After the form is cleaned: both values at each field that two people have changed."""
        for name, now in self._clashes.items():
            said = format_html("What was saved meanwhile: {}", _words(self.fields[name], now))  # type: ignore[attr-defined]
            self[name].help_text = said  # type: ignore[index]
            self.add_error(name, ValidationError(CHANGED, code="meanwhile"))  # type: ignore[attr-defined]

    def _edits_stored(self) -> bool:
        instance = getattr(self, "instance", None)
        return self.edits or (instance is not None and not instance._state.adding)

    def _shown_then(self) -> dict[str, str] | None:
        """What the form says that it showed; None where it does not say, or not in our hand."""
        sent = self.data.get(self.add_prefix(SHOWN)) if self._edits_stored() else None  # type: ignore[attr-defined]
        if not sent:
            return None
        try:
            found: dict[str, str] = signing.loads(sent, salt=SALT)
        except signing.BadSignature:
            return None
        return found

    def _now(self) -> Iterator[tuple[str, Said]]:
        """Each field that can be left as it is, with its stored value."""
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            kept_out = field.disabled or field.widget.is_hidden or isinstance(field, forms.FileField)
            if not kept_out and name not in self.suggested:
                yield name, _as_sent(field, self.get_initial_for_field(field, name))  # type: ignore[attr-defined]

    def _sent(self, name: str) -> Said:
        field = self.fields[name]  # type: ignore[attr-defined]
        raw = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))  # type: ignore[attr-defined]
        return _texts(field, raw)

    def _put(self, data: Any, name: str, now: Said) -> None:
        """Write a value into what was sent, in the names that its boxes have."""
        widget: Any = self.fields[name].widget  # type: ignore[attr-defined]
        at = self.add_prefix(name)  # type: ignore[attr-defined]
        if isinstance(widget, forms.MultiWidget):
            for suffix, text in zip(widget.widgets_names, now, strict=True):  # type: ignore[attr-defined]
                data[at + suffix] = text
        elif isinstance(data, QueryDict):
            data.setlist(at, now)
        else:
            data[at] = now if _is_many(widget) else "".join(now)


def _is_many(widget: forms.Widget) -> bool:
    return bool(getattr(widget, "allow_multiple_selected", False))


def _as_sent(field: forms.Field, value: Any) -> Said:
    """What a browser sends of a field that was drawn with `value` and left alone."""
    widget = field.widget
    if isinstance(widget, forms.MultiWidget):
        return _texts(field, widget.decompress(value))
    if isinstance(widget, forms.CheckboxInput):
        return _texts(field, bool(value))
    value = field.prepare_value(value)
    if isinstance(field, forms.ChoiceField):
        return _texts(field, _chosen(field, value))
    return _texts(field, widget.format_value(value))  # type: ignore[attr-defined]


def _chosen(field: forms.ChoiceField, value: Any) -> Any:
    """Of what is stored, what is among the choices; a plain list shows its first where nothing is."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        rows: Any = field.queryset
        return rows.filter(pk__in=value).values_list("pk", flat=True) if value else []
    if isinstance(field, forms.ModelChoiceField):
        return value
    offered = [each for each, _ in _flat(field.choices)]
    if _is_many(field.widget):
        return [each for each in value or () if str(each) in offered]
    first = offered[0] if offered and isinstance(field.widget, forms.Select) else None
    return value if str(value) in offered else first


def _texts(field: forms.Field, value: Any) -> Said:
    """Texts without what a browser adds or takes away: spaces around them, and its kind of line ends."""
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(field.widget, forms.MultiWidget):
        return [_text(part) for part in value]
    if _is_many(field.widget):
        return sorted(_text(each) for each in value or ())
    return [_text(value)]


def _text(value: Any) -> str:
    return "" if value is None else "\n".join(str(value).strip().splitlines())


def _digest(name: str, said: Said) -> str:
    return salted_hmac(SALT, json.dumps([name, said])).hexdigest()[:16]


def _words(field: forms.Field, said: Said) -> str:
    """A value for people: choices by their labels."""
    if isinstance(field.widget, forms.MultiWidget):
        return " ".join(said).strip() or "nothing"
    labels = dict(_flat(getattr(field, "choices", ())))
    words = [labels.get(each, each) for each in said if each]
    if isinstance(field.widget, forms.CheckboxInput):
        return "ticked" if said else "not ticked"
    return f"“{listed(words)}”" if words else "nothing"


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)

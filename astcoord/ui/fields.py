"""A bound field as a GOV.UK component: the only place where Django's widgets meet the design system."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from astcoord.ui import components
from astcoord.ui.dates import PARTS, DateInput

Params = dict[str, Any]

DRAWN_OTHERWISE = {"class", "rows", "cols", "maxlength", "aria-describedby", "placeholder", "step", "min", "max"}
OWN_PARAMETERS = ("autocomplete", "inputmode", "spellcheck")
INPUT_EXTRAS: dict[str, Params] = {
    "email": {"autocomplete": "email", "spellcheck": False},
    "tel": {"autocomplete": "tel"},
    "number": {"type": "text", "inputmode": "numeric"},
    "search": {"type": "search"},
}


@dataclass(frozen=True)
class Options:
    """How a field is drawn; what a template or a layout may say."""

    label_size: str = "s"
    legend_size: str = ""
    page_heading: bool = False
    hide_label: bool = False
    optional: bool = True
    inline: bool = False
    small: bool = False
    classes: str = ""
    prefix: str = ""
    suffix: str = ""
    rows: int = 0
    max_words: int = 0
    hints: Mapping[str, str] = field(default_factory=dict)
    conditional: Mapping[str, str] = field(default_factory=dict)
    exclusive: str = ""

    @property
    def size(self) -> str:
        return self.legend_size or self.label_size


def render(bound: BoundField, **options: Any) -> SafeString:
    """The field with label, hint, error and value; `options` as in `Options`, beside those in the form's `drawn`."""
    if bound.is_hidden:
        return mark_safe(str(bound))
    form = bound.form
    options = {**getattr(form, "drawn", {}).get(bound.name, {}), **options}
    options.setdefault("hints", getattr(form, "hints", {}).get(bound.name, {}))
    options.setdefault("conditional", getattr(form, "conditional", {}).get(bound.name, {}))
    options.setdefault("exclusive", getattr(form, "exclusive", {}).get(bound.name, ""))
    chosen = Options(**options)
    for widget_class, draw in RENDERERS:
        if isinstance(bound.field.widget, widget_class):
            return draw(bound, chosen)
    return _input(bound, chosen)


def error_link(bound: BoundField, error: Any = None) -> str:
    """The id that an error summary links to: the first box that is wrong, or the first choice."""
    if isinstance(bound.field.widget, DateInput):
        parts = (getattr(error, "params", None) or {}).get("parts", (0,))
        return f"{bound.auto_id}-{PARTS[parts[0]]}"
    return bound.auto_id


def error_items(form: forms.BaseForm) -> list[Params]:
    """All errors of a form for the summary, in the order of its fields, each with its link."""
    visible = form.visible_fields()
    first = f"#{error_link(visible[0])}" if visible else "#main-content"
    items = [{"text": text, "href": first} for text in form.non_field_errors()]
    for bound in [*form.hidden_fields(), *visible]:
        for error in bound.errors.as_data():
            href = first if bound.is_hidden else f"#{error_link(bound, error)}"
            items += [{"text": text, "href": href} for text in error.messages]
    return items


def _common(bound: BoundField) -> Params:
    params: Params = {}
    if bound.help_text:
        params["hint"] = {"html": conditional_escape(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(str(error) for error in bound.errors)}
    return params


def _label_text(bound: BoundField, options: Options) -> str:
    """What may stay empty says so; what may stay empty only for now says until when (`HouseWording.needed_when`)."""
    if not options.optional or bound.field.required:
        return str(bound.label)
    when = getattr(bound.form, "needed_when", {}).get(bound.name, "optional")
    return f"{bound.label} ({when})" if when else str(bound.label)


def _labelled(bound: BoundField, options: Options) -> Params:
    classes = "govuk-visually-hidden" if options.hide_label else f"govuk-label--{options.size}"
    label = {"text": _label_text(bound, options), "classes": classes, "isPageHeading": options.page_heading}
    return {"id": bound.auto_id, "name": bound.html_name, "label": label, **_common(bound)}


def _legend(bound: BoundField, options: Options) -> Params:
    classes = "govuk-visually-hidden" if options.hide_label else f"govuk-fieldset__legend--{options.size}"
    legend = {"text": _label_text(bound, options), "classes": classes, "isPageHeading": options.page_heading}
    return {"fieldset": {"legend": legend}, **_common(bound)}


def _attributes(bound: BoundField) -> Params:
    given = {**bound.field.widget.attrs}
    if bound.field.disabled:
        given["disabled"] = True
    kept = {k: v for k, v in given.items() if k not in DRAWN_OTHERWISE and v not in (None, False)}
    return {key: "" if value is True else str(value) for key, value in kept.items()}


def _choices(bound: BoundField, options: Options) -> SafeString:
    several = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    value = bound.value()
    chosen = {str(v) for v in value or ()} if several else {"" if value is None else str(value)}
    kind = "checkboxes" if several else "radios"
    classes = [
        options.classes,
        "govuk-radios--inline" if options.inline and not several else "",
        f"govuk-{kind}--small" if options.small else "",
    ]
    params = {
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "items": _choice_items(bound, options, chosen),
        "classes": " ".join(filter(None, classes)),
        **_legend(bound, options),
    }
    return components.render(kind, params)


def _choice_items(bound: BoundField, options: Options, chosen: set[str]) -> list[Params]:
    items: list[Params] = []
    for value, text in _flat(bound.field.choices):  # type: ignore[attr-defined]
        if value == "":
            continue
        item: Params = {"value": value, "text": text, "checked": value in chosen}
        if not items:
            item["id"] = bound.auto_id  # so that the error summary's link lands on the first choice
        if value in options.hints:
            item["hint"] = {"text": options.hints[value]}
        if value in options.conditional:
            item["conditional"] = {"html": _inner(bound, options.conditional[value])}
        if value == options.exclusive:
            item["behaviour"] = "exclusive"
            items += [{"divider": "or"}] * bool(items)
        items.append(item)
    return items


def _inner(bound: BoundField, name: str) -> SafeString:
    form = bound.form
    if hasattr(form, "rendered_fields"):
        form.rendered_fields.add(name)  # crispy would draw it again
    return render(form[name], label_size="s", optional=False)


def _flat(choices: Any) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for value, text in choices:
        if isinstance(text, list | tuple):
            pairs += [(str(v), str(t)) for v, t in text]
        else:
            pairs.append((str(value if value is not None else ""), str(text)))
    return pairs


def _checkbox(bound: BoundField, options: Options) -> SafeString:
    item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value()), "id": bound.auto_id}
    classes = f"{options.classes} {'govuk-checkboxes--small' if options.small else ''}".strip()
    params = {"idPrefix": bound.auto_id, "name": bound.html_name, "items": [item], "classes": classes}
    return components.render("checkboxes", {**params, **_common(bound)})


def _date(bound: BoundField, options: Options) -> SafeString:
    widget: Any = bound.field.widget
    value = bound.value()
    values = value if isinstance(value, list | tuple) else widget.decompress(value)
    wrong: set[int] = set()
    for error in bound.errors.as_data():
        wrong |= set((error.params or {}).get("parts", (0, 1, 2)))
    items = [
        {
            "id": f"{bound.auto_id}-{part}",
            "name": f"{bound.html_name}_{part}",
            "label": part.title(),
            "value": "" if values[index] is None else str(values[index]),
            "inputmode": None if part == "month" else "numeric",
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if index in wrong else ""),
        }
        for index, part in enumerate(PARTS)
    ]
    return components.render("date-input", {"id": bound.auto_id, "items": items, **_legend(bound, options)})


def _select(bound: BoundField, options: Options) -> SafeString:
    value = bound.value()
    values = value if isinstance(value, list | tuple) else [value]
    chosen = {"" if v is None else str(v) for v in values}
    also = getattr(bound.field.widget, "also", {})
    items = [
        {
            "value": code,
            "text": text or "Select one",
            "selected": code in chosen,
            "attributes": {"data-also": " ".join(also[code])} if code in also else {},
        }
        for code, text in _flat(bound.field.choices)  # type: ignore[attr-defined]
    ]
    for item in items:
        if item["value"] == "" and set(str(item["text"])) <= {"-"}:
            item["text"] = "Select one"
    params = {**_labelled(bound, options), "items": items, "classes": options.classes}
    attributes = _attributes(bound)
    if getattr(bound.field.widget, "allow_multiple_selected", False):
        attributes["multiple"] = ""
    return components.render("select", {**params, "attributes": attributes})


def _file(bound: BoundField, options: Options) -> SafeString:
    params = {**_labelled(bound, options), "attributes": _attributes(bound), "classes": options.classes}
    return components.render("file-upload", params)


def _textarea(bound: BoundField, options: Options) -> SafeString:
    limit = getattr(bound.field, "max_length", None)
    params = {
        **_labelled(bound, options),
        "value": "" if bound.value() is None else str(bound.value()),
        "rows": str(options.rows or 5),
        "classes": options.classes,
        "attributes": _attributes(bound),
    }
    if options.max_words:
        return components.render("character-count", {**params, "maxwords": options.max_words})
    if limit:
        return components.render("character-count", {**params, "maxlength": limit, "threshold": 75})
    return components.render("textarea", params)


def _password(bound: BoundField, options: Options) -> SafeString:
    autocomplete = bound.field.widget.attrs.get("autocomplete", "current-password")
    params = {**_labelled(bound, options), "classes": options.classes, "autocomplete": autocomplete}
    return components.render("password-input", params)


def _input(bound: BoundField, options: Options) -> SafeString:
    kind = getattr(bound.field.widget, "input_type", "text")
    attributes = _attributes(bound)
    widget = bound.field.widget
    value = bound.value()
    params: Params = {
        **_labelled(bound, options),
        "value": "" if value is None else str(widget.format_value(value) or ""),
        "classes": options.classes or _natural_width(bound),
        "type": kind,
        **INPUT_EXTRAS.get(kind, {}),
        **{key: attributes.pop(key) for key in OWN_PARAMETERS if key in attributes},
    }
    if options.prefix:
        params["prefix"] = {"text": options.prefix}
    if options.suffix:
        params["suffix"] = {"text": options.suffix}
    return components.render("input", {**params, "attributes": attributes})


def _natural_width(bound: BoundField) -> str:
    """Boxes as wide as what goes into them (GOV.UK style)."""
    if isinstance(bound.field, forms.IntegerField):
        return "govuk-input--width-5"
    limit = getattr(bound.field, "max_length", None)
    return "govuk-input--width-10" if limit and limit <= 12 else ""


RENDERERS: list[tuple[type | tuple[type, ...], Callable[[BoundField, Options], SafeString]]] = [
    ((forms.CheckboxSelectMultiple, forms.RadioSelect), _choices),
    (forms.CheckboxInput, _checkbox),
    (DateInput, _date),
    (forms.Select, _select),
    (forms.FileInput, _file),
    (forms.Textarea, _textarea),
    (forms.PasswordInput, _password),
]

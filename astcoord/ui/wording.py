"""The house's words for what is wrong in a form: made from the label, unless the field brings its own."""

import re
from typing import Any

from django import forms
from django.forms.utils import pretty_name

ASK_WHAT = re.compile(r"^(?:what|which|who)(?: is| are|’s|'s) (?:the |this |that )?", re.IGNORECASE)
EMAIL = "Enter an email address in the correct format, like name@example.com"
WEB = "Enter a web address in the correct format, like https://www.example.com"
CHOOSERS = (forms.ChoiceField, forms.ModelChoiceField, forms.FileField)


A_DAY = re.compile(r"(first |last )?day( of| on|$)")
"""One asks for “the day of the visit”, and not for “day of the visit”."""


def lower_first(text: str) -> str:
    """`text` inside a sentence: "School name" → "school name", but "AST" and "URN" as they are."""
    first = text.split(" ", 1)[0]
    if len(first) > 1 and first[1:] != first[1:].lower():
        return text
    return text[:1].lower() + text[1:]


def noun_of(label: str) -> str:
    """What a label asks for: "Start date" → "start date", "What is your name?" → "your name"."""
    plain = label.strip().rstrip(":").strip()
    if not plain.endswith("?"):
        return lower_first(plain)
    plain = plain.rstrip("?").strip()
    asked = ASK_WHAT.match(plain)
    if asked:
        return plain[asked.end() :]
    if plain.lower().startswith(("how many ", "how much ")):
        return lower_first(plain)
    return f"an answer to “{label.strip()}”"


def apply(name: str, field: forms.Field, *, noun: str = "") -> None:
    """Replace those error messages of `field` that are still Django's own by the house's."""
    label = str(field.label or pretty_name(name))
    noun = noun or noun_of(label)
    subject = label if "?" not in label else noun[:1].upper() + noun[1:]
    stock = _stock_messages(type(field))
    for code, message in _messages(field, noun, subject, label).items():
        if field.error_messages.get(code) == stock.get(code):
            field.error_messages[code] = message


def _stock_messages(kind: type[forms.Field]) -> dict[str, Any]:
    stock: dict[str, Any] = {}
    for parent in reversed(kind.__mro__):
        stock.update(getattr(parent, "default_error_messages", {}))
    return stock


def _messages(field: forms.Field, noun: str, subject: str, label: str) -> dict[str, str]:
    noun, subject, label = (text.replace("%", "%%") for text in (noun, subject, label))
    asked = f"the {noun}" if A_DAY.match(noun) else noun
    messages = {
        "required": f"{'Select' if isinstance(field, CHOOSERS) else 'Enter'} {asked}",
        "max_length": f"{subject} must be %(limit_value)d characters or fewer",
        "min_length": f"{subject} must be %(limit_value)d characters or more",
        "min_value": f"{subject} must be %(limit_value)s or more",
        "max_value": f"{subject} must be %(limit_value)s or less",
        "unique": f"{subject} is already in use",
        "null_characters_not_allowed": f"{subject} must not include invisible characters",
    }
    messages.update(_messages_by_kind(field, noun, subject, label))
    messages["required"] = messages["required"].replace("%%", "%")  # Django never fills this one in
    return messages


def _messages_by_kind(field: forms.Field, noun: str, subject: str, label: str) -> dict[str, str]:
    for kinds, words in KINDS:
        if isinstance(field, kinds):
            texts = {"noun": noun, "subject": subject, "label": label}
            return {code: text.format_map(texts) for code, text in words.items()}
    return {}


FROM_LIST = "Select {noun} from the list"
TOO_LONG = "{subject} has too many digits"
KINDS: list[tuple[tuple[type[forms.Field], ...], dict[str, str]]] = [
    ((forms.BooleanField,), {"required": "Tick “{label}” to continue"}),
    (
        (forms.DecimalField, forms.FloatField),
        {
            "invalid": "{subject} must be a number, like 2.5",
            "max_digits": TOO_LONG,
            "max_whole_digits": TOO_LONG,
            "max_decimal_places": "{subject} must have %(max)s decimal places or fewer",
        },
    ),
    ((forms.IntegerField,), {"invalid": "{subject} must be a whole number"}),
    ((forms.EmailField,), {"invalid": EMAIL}),
    ((forms.URLField,), {"invalid": WEB}),
    (
        (forms.FileField,),
        {
            "invalid": "Select {noun} again",
            "missing": "Select {noun}",
            "empty": "The selected file is empty",
            "invalid_extension": "The selected file must be one of these: %(allowed_extensions)s",
        },
    ),
    (
        (forms.ChoiceField, forms.ModelChoiceField),
        {"invalid_choice": FROM_LIST, "invalid_list": FROM_LIST, "invalid_pk_value": FROM_LIST},
    ),
    ((forms.TimeField,), {"invalid": "{subject} must be a real time, like 2:30pm or 14:30"}),
    ((forms.DateField, forms.DateTimeField), {"invalid": "{subject} must be a real date"}),
]
"""The first kind that fits speaks."""
